import { createRoute, z } from '@hono/zod-openapi'
import { changeStation } from '../../db/change-station.ts'
import { changeOrder } from '../../db/out-of-order.ts'
import { stationMessages } from '../../db/views/messages.ts'
import { stationExists, stationViews } from '../../db/views/stations.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { numberCursor, page, stringCursor } from '../cursor.ts'
import { ApiError, found, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { leftOut } from '../../domain/left-out.ts'
import { flag, id, instantInput, listOf, paging, siteId, stationId } from '../schemas/common.ts'
import { station } from '../schemas/depot.ts'
import { examples } from '../schemas/examples.ts'
import { latitude, longitude } from '../schemas/positions.ts'
import { message } from '../schemas/records.ts'
import { say } from '../../domain/sentences/sentence.ts'

const SEARCHED_BACK_MS = 7 * 86_400_000

const params = z.object({ stationId })

const listStations = createRoute({
  method: 'get',
  path: '/api/v1/stations',
  operationId: 'listStations',
  tags: ['Stations'],
  summary: 'Stations with their EVSEs and connectors',
  description: 'Ordered by station id.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      siteId: siteId.optional(),
      registration: z.enum(['accepted', 'pending', 'rejected']).optional(),
      stationId: stationId.optional().describe('Only this one, if there is such a one.'),
      ...paging,
    }),
  },
  responses: { 200: jsonAnswer('Stations', listOf(station)), ...problems(400, 401) },
})

const getStation = createRoute({
  method: 'get',
  path: '/api/v1/stations/{stationId}',
  operationId: 'getStation',
  tags: ['Stations'],
  summary: 'One station',
  description: 'What it is, whether it is connected, and the state of every EVSE and connector.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('The station', station), ...problems(400, 401, 404) },
})

const patchStation = createRoute({
  method: 'patch',
  path: '/api/v1/stations/{stationId}',
  operationId: 'changeStation',
  tags: ['Stations'],
  summary: 'Approve, place or name a station',
  description:
    '`registration: accepted` approves a station that waits; it is told so when it next introduces itself. A limit node must be one of the site’s.',
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'What to change; what is left out stays',
      z
        .strictObject({
          label: leftOut(z.string().max(120).nullable()),
          siteId: leftOut(siteId.nullable()),
          nodeId: leftOut(id.nullable()),
          registration: leftOut(z.enum(['accepted', 'pending', 'rejected'])),
          public: leftOut(z.boolean().nullable()).describe('Listed for everybody; null: as its site.'),
          position: leftOut(z.strictObject({ latitude, longitude }).nullable()).describe('null: where its site is.'),
          adHocTariffId: leftOut(z.string().max(36).nullable()).describe('null: its site’s.'),
        })
        .openapi('StationChange', { example: { registration: 'accepted', siteId: 'depot', nodeId: 'feeder-1' } }),
    ),
  },
  responses: { 200: jsonAnswer('The station as it is now', station), ...problems(400, 401, 403, 404, 409, 413) },
})

const evseOrder = z.strictObject({
  evseId: z.int().min(1).max(999),
  reason: z.string().trim().min(1).max(200).nullable().describe('Why it is out of order; null: it works again.'),
})

const putOutOfOrder = createRoute({
  method: 'put',
  path: '/api/v1/stations/{stationId}/out-of-order',
  operationId: 'setOutOfOrder',
  tags: ['Stations'],
  summary: 'Take charging points out of order by hand, or put them back',
  description:
    'Nothing is planned on a point that is out of order, boards show it so, and the charger is told as well; nothing hangs on its answer. Name every EVSE to take out a whole station. Answers with what was said before: send `previous` back to undo. Asks for a new plan.',
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'The points; those left out stay as they are',
      z
        .strictObject({ evses: z.array(evseOrder).min(1).max(100) })
        .openapi('OrderChange', { example: { evses: [{ evseId: 1, reason: 'The cable is torn' }] } }),
    ),
  },
  responses: {
    200: jsonAnswer(
      'The station as it is now, and what was said before',
      z
        .object({ station, previous: z.array(z.object({ evseId: z.int(), reason: z.string().nullable() })) })
        .openapi('ChangedOrder', { example: { station: examples.station, previous: [{ evseId: 1, reason: null }] } }),
    ),
    ...problems(400, 401, 403, 404, 409, 413),
  },
})

const listMessages = createRoute({
  method: 'get',
  path: '/api/v1/stations/{stationId}/messages',
  operationId: 'listStationMessages',
  tags: ['Stations'],
  summary: 'The frames exchanged with a station',
  description:
    'As they went over the wire, newest first. `text` looks into the frames themselves, of the last 7 days unless `from` says otherwise.',
  security: SIGNED_IN,
  request: {
    params,
    query: z.object({
      action: z.string().min(1).max(60).optional().openapi({ example: 'MeterValues' }),
      direction: z.enum(['in', 'out']).optional(),
      text: z.string().min(2).max(100).optional().describe('Anywhere in the frame; capitals do not matter.'),
      errors: flag.optional().describe('Only CALLERRORs and what could not be read.'),
      from: instantInput.optional(),
      to: instantInput.optional(),
      ...paging,
    }),
  },
  responses: { 200: jsonAnswer('Frames', listOf(message)), ...problems(400, 401, 404) },
})

export function stationRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(listStations, async (c) => {
    const { cursor, limit, stationId, ...filter } = c.req.valid('query')
    const ids = stationId === undefined ? {} : { ids: [stationId] }
    const rows = await stationViews(db, { ...filter, ...ids, after: stringCursor(cursor), limit: limit + 1 }, now())
    return c.json(asJson(page(rows, limit, (row) => [row.stationId])), 200)
  })

  app.openapi(getStation, async (c) => {
    const { stationId } = c.req.valid('param')
    const [view] = await stationViews(db, { ids: [stationId] }, now())
    return c.json(asJson(found(view, 'station', stationId)), 200)
  })

  app.openapi(patchStation, async (c) => {
    const { stationId } = c.req.valid('param')
    const result = await changeStation(db, stationId, c.req.valid('json'), now())
    if (result === 'unknownStation') throw notFound('station', stationId)
    if (result === 'unknownSite') throw new ApiError('conflict', { detail: say('unknownSite') })
    if (result === 'unknownNode') throw new ApiError('conflict', { detail: say('unknownNode') })
    if (result === 'unknownTariff') throw new ApiError('conflict', { detail: say('unknownTariff') })
    const [view] = await stationViews(db, { ids: [stationId] }, now())
    return c.json(asJson(found(view, 'station', stationId)), 200)
  })

  app.openapi(putOutOfOrder, async (c) => {
    const { stationId } = c.req.valid('param')
    const by = { at: now(), by: c.var.actor?.name ?? null }
    const previous = await changeOrder(db, stationId, c.req.valid('json').evses, by)
    if (previous === 'unknownStation') throw notFound('station', stationId)
    if (previous === 'unknownEvse') throw new ApiError('conflict', { detail: say('unknownEvseOfStation') })
    const [view] = await stationViews(db, { ids: [stationId] }, now())
    return c.json(asJson({ station: found(view, 'station', stationId), previous }), 200)
  })

  app.openapi(listMessages, async (c) => {
    const { stationId } = c.req.valid('param')
    const { cursor, limit, from, ...filter } = c.req.valid('query')
    if (!(await stationExists(db, stationId))) throw notFound('station', stationId)
    const rows = await stationMessages(db, {
      ...filter,
      stationId,
      // A word that is nowhere must not read three months of frames.
      from: from ?? (filter.text === undefined ? undefined : new Date(now().getTime() - SEARCHED_BACK_MS)),
      before: numberCursor(cursor),
      limit: limit + 1,
    })
    return c.json(asJson(page(rows, limit, (row) => [row.logId])), 200)
  })
}
