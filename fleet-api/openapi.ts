import type { Api } from './context.ts'
import { liveChanges } from './schemas/depot.ts'

export type ApiDocument = ReturnType<Api['getOpenAPI31Document']>

const DESCRIPTION = `Zaryad runs the charging of an electric bus depot: it talks OCPP to the chargers, knows the timetable and decides which vehicle draws how much power when.

Sign in with \`Authorization: Bearer KEY\` (the server's \`ADMIN_KEY\`), or with \`POST /api/v1/session\` for a cookie. Names carry their units; energy is in Wh, power in W, money in millionths of a euro, instants in ISO 8601 UTC. What is not known is null, never 0. Lists come in pages: pass \`next\` back as \`cursor\`. Errors are \`application/problem+json\` (RFC 9457).`

/** The OpenAPI 3.1 document of everything that the app serves. Needs no database. */
export function apiDocument(app: Api, version: string): ApiDocument {
  app.openAPIRegistry.register('LiveChanges', liveChanges)
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Zaryad',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Sites', description: 'Depots: limits, bays, power' },
      { name: 'Stations', description: 'Chargers, and what to ask of them' },
      { name: 'Vehicles', description: 'Buses and other vehicles' },
      { name: 'Timetable', description: 'Blocks and who drives them' },
      { name: 'Plans', description: 'Who charges when, and why' },
      { name: 'Charging', description: 'Sessions and meter readings' },
      { name: 'Alerts', description: 'What needs somebody' },
      { name: 'Tokens', description: 'Cards and identifiers' },
      { name: 'Prices', description: 'What energy costs' },
      { name: 'Live', description: 'The live stream' },
      { name: 'System', description: 'The installation itself' },
    ],
  })
}

/** How callers may prove themselves. */
export function registerSecurity(app: Api): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'The server’s ADMIN_KEY.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'zaryad_session',
    description: 'From POST /api/v1/session. What changes something must come from the server’s own pages.',
  })
}
