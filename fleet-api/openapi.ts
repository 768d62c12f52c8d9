import type { Api } from './context.ts'
import { liveChanges } from './schemas/depot.ts'

export type ApiDocument = ReturnType<Api['getOpenAPI31Document']>

const DESCRIPTION = `Zaryad runs the charging of an electric bus depot: it talks OCPP to the chargers, knows the timetable and decides which vehicle draws how much power when.

Programs send \`Authorization: Bearer KEY\`: an API key of \`POST /api/v1/keys\`, or the server's \`ADMIN_KEY\`. People sign in with \`POST /api/auth/sign-in/email\` (\`{ email, password }\`), with a passkey, or through the identity provider that is set up, and get a cookie; \`GET /api/v1/me\` says what you may. Names carry their units; energy is in Wh, power in W, money in millionths of a euro, instants in ISO 8601 UTC. What is not known is null, never 0. JSON answers carry an \`ETag\`: send it back as \`If-None-Match\`, and what has not changed is answered 304. Lists come in pages: pass \`next\` back as \`cursor\`. Errors are \`application/problem+json\` (RFC 9457): \`title\`, \`detail\` and \`errors\` in the language of \`Accept-Language\` (en, bg, uk), \`code\` and \`values\` the same in all.`

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
      { name: 'Arrivals', description: 'Stops, and when buses come to them: open to all' },
      { name: 'Feeds', description: 'GTFS-Realtime, SIRI, and whose timetables they are: open to all' },
      { name: 'Plans', description: 'Who charges when, and why' },
      { name: 'Charging', description: 'Sessions and meter readings' },
      { name: 'Alerts', description: 'What needs somebody' },
      { name: 'Faults', description: 'What drivers report, with photos' },
      { name: 'Tokens', description: 'Cards and identifiers' },
      { name: 'Prices', description: 'What energy costs' },
      { name: 'Reports', description: 'Energy, cost and carbon, as JSON and as files' },
      { name: 'Webhooks', description: 'Other systems that are told what happens' },
      { name: 'Places', description: 'Chargers, car parks, stops and more: where there is room, and how far it is' },
      { name: 'OCPI', description: 'Our chargers for roaming partners, OCPI 2.2.1' },
      { name: 'Live', description: 'The live stream' },
      { name: 'Imports', description: 'Files that people hand in: timetables, fleets, prices' },
      { name: 'People', description: 'People, their rights, and machines’ keys' },
      { name: 'System', description: 'The installation itself' },
    ],
  })
}

/** How callers may prove themselves. */
export function registerSecurity(app: Api): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, or the server’s ADMIN_KEY.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'user', {
    type: 'apiKey',
    in: 'cookie',
    name: 'zaryad.session_token',
    description:
      'From POST /api/auth/sign-in/email and the other ways to sign in; `__Secure-zaryad.session_token` over TLS. What changes something must come from the server’s own pages.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'zaryad_session',
    description: 'From POST /api/v1/session. What changes something must come from the server’s own pages.',
  })
}
