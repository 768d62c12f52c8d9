import { createRoute } from '@hono/zod-openapi'
import { siteNames } from '../../db/views/sites.ts'
import type { Api, AppContext } from '../context.ts'
import { jsonAnswer, OPEN_TO_ALL } from '../route-parts.ts'
import { info } from '../schemas/depot.ts'

const getInfo = createRoute({
  method: 'get',
  path: '/api/v1/info',
  operationId: 'getInfo',
  tags: ['System'],
  summary: 'What this is, what time it has, and whether you are signed in',
  description: 'Open to all. The sites are listed only to those who are signed in.',
  security: OPEN_TO_ALL,
  responses: { 200: jsonAnswer('About this installation', info) },
})

export function infoRoutes(app: Api, { db, now, clock, version, mapTiles = null }: AppContext): void {
  app.openapi(getInfo, async (c) => {
    const signedIn = c.var.caller.kind !== 'none'
    return c.json(
      {
        name: 'Zaryad' as const,
        version,
        now: now().toISOString(),
        speed: clock.speed,
        demo: clock.demo,
        signedIn,
        mapTiles,
        sites: signedIn ? await siteNames(db) : [],
      },
      200,
    )
  })
}
