import { createRoute, z } from '@hono/zod-openapi'
import { sessionSamples, sessionViews } from '../../db/views/sessions.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { found } from '../errors.ts'
import { jsonAnswer, problems, SIGNED_IN } from '../route-parts.ts'
import { flag, instantInput, listOf, paging, siteId, stationId, vehicleId } from '../schemas/common.ts'
import { session } from '../schemas/depot.ts'
import { meterSample } from '../schemas/records.ts'

const params = z.object({ number: z.coerce.number().int().min(0).max(2_147_483_647).openapi({ example: 42 }) })

const listSessions = createRoute({
  method: 'get',
  path: '/api/v1/sessions',
  operationId: 'listSessions',
  tags: ['Charging'],
  summary: 'Charging sessions',
  description: 'Latest start first. `from` and `to` bound the start: from inclusive, to exclusive.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      siteId: siteId.optional(),
      vehicleId: vehicleId.optional(),
      stationId: stationId.optional(),
      open: flag.optional().describe('Only those that go on, or only those that ended.'),
      from: instantInput.optional(),
      to: instantInput.optional(),
      ...paging,
    }),
  },
  responses: { 200: jsonAnswer('Sessions', listOf(session)), ...problems(400, 401) },
})

const getSession = createRoute({
  method: 'get',
  path: '/api/v1/sessions/{number}',
  operationId: 'getSession',
  tags: ['Charging'],
  summary: 'One charging session',
  description: 'Its number is also the transaction id that OCPP 1.6 stations know.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('The session', session), ...problems(400, 401, 404) },
})

const listSamples = createRoute({
  method: 'get',
  path: '/api/v1/sessions/{number}/samples',
  operationId: 'listSessionSamples',
  tags: ['Charging'],
  summary: 'The meter readings of a session',
  description: 'Oldest first; what a station did not measure is null.',
  security: SIGNED_IN,
  request: { params, query: z.object({ ...paging, limit: z.coerce.number().int().min(1).max(5000).default(1000) }) },
  responses: { 200: jsonAnswer('Readings', listOf(meterSample)), ...problems(400, 401, 404) },
})

export function chargingSessionRoutes(app: Api, { db }: AppContext): void {
  app.openapi(listSessions, async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const [startedAt, number] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'number'])
    const before =
      startedAt === undefined ? undefined : { startedAt: new Date(Number(startedAt)), sessionNumber: Number(number) }
    const rows = await sessionViews(db, { ...filter, before, limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.startedAt.getTime(), row.sessionNumber])), 200)
  })

  app.openapi(getSession, async (c) => {
    const { number } = c.req.valid('param')
    const [view] = await sessionViews(db, { numbers: [number] })
    return c.json(asJson(found(view, 'session', number)), 200)
  })

  app.openapi(listSamples, async (c) => {
    const { number } = c.req.valid('param')
    const { cursor, limit } = c.req.valid('query')
    const [view] = await sessionViews(db, { numbers: [number] })
    found(view, 'session', number)
    const [at, context] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'string'])
    const after = at === undefined ? undefined : { at: new Date(Number(at)), context: String(context) }
    const rows = await sessionSamples(db, { sessionNumber: number, after, limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.at.getTime(), row.context])), 200)
  })
}
