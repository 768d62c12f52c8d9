import { createRoute, z } from '@hono/zod-openapi'
import { feedAttribution } from '../../db/feed-attribution.ts'
import { linesAt, stopsByName, stopsNear, stopWithPlatforms } from '../../db/views/stops.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { found } from '../errors.ts'
import { LANGUAGES } from '../../domain/language.ts'
import { readStopArrivals } from '../feeds/stop-arrivals.ts'
import { createStopFinder } from '../feeds/stop-finder.ts'
import { jsonAnswer, OPEN_TO_ALL, problems } from '../route-parts.ts'
import { flag, listOf, paging } from '../schemas/common.ts'
import { foundStop, stopArrivals, stopDetail, stopParams } from '../schemas/stops.ts'

const place = z
  .string()
  .regex(/^-?\d{1,2}(\.\d{1,10})?,-?\d{1,3}(\.\d{1,10})?$/)
  .transform((text) => text.split(',').map(Number))
  .pipe(z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]))
  .openapi({ type: 'string', description: 'Latitude and longitude.', example: '42.0009,23.1042' })

const listStops = createRoute({
  method: 'get',
  path: '/api/v1/stops',
  operationId: 'listStops',
  tags: ['Arrivals'],
  summary: 'Find a stop by its name or by where you are',
  description:
    'With `near` the nearest first, within `radiusM`; otherwise by name. `q` is a part of the name in any case, or the code at the stop. `find` is for people who type: either alphabet, a letter wrong, words in any order; the best first, in one page, and `near` then only tells how far they are.',
  security: OPEN_TO_ALL,
  request: {
    query: z.object({
      near: place.optional(),
      radiusM: z.coerce.number().int().min(10).max(20_000).default(1_000),
      q: z.string().trim().min(1).max(100).optional().openapi({ example: 'Грамада' }),
      find: z.string().trim().min(1).max(100).optional().openapi({ example: 'gramada' }),
      ...paging,
      limit: z.coerce.number().int().min(1).max(200).default(20),
    }),
  },
  responses: { 200: jsonAnswer('Stops', listOf(foundStop)), ...problems(400) },
})

const getStop = createRoute({
  method: 'get',
  path: '/api/v1/stops/{stopId}',
  operationId: 'getStop',
  tags: ['Arrivals'],
  summary: 'One stop or station, with its lines',
  description: 'Open to all, like the timetable itself.',
  security: OPEN_TO_ALL,
  request: { params: stopParams },
  responses: { 200: jsonAnswer('The stop', stopDetail), ...problems(400, 404) },
})

const getArrivals = createRoute({
  method: 'get',
  path: '/api/v1/stops/{stopId}/arrivals',
  operationId: 'listStopArrivals',
  tags: ['Arrivals'],
  summary: 'When the next buses come',
  description: [
    'By expected time; a station gathers its stops. `onTime` is from 60 seconds before the timetable to less than 120 seconds after it, `late` and `early` are what lies outside.',
    '`scheduled`: nothing is known but the timetable, so show it as a clock time and not as live. `unknown`: the bus was heard of and has been silent for ten minutes; silence is never taken for being on time. `cancelled`: it does not come, and `notice` says why, for example that its battery will not last.',
    'A bus that left before its time is listed until then, with `departed`. Ask again every 15 to 30 seconds.',
  ].join('\n\n'),
  security: OPEN_TO_ALL,
  request: {
    params: stopParams,
    query: z.object({
      minutes: z.coerce.number().int().min(1).max(360).default(60).describe('How far ahead.'),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      lineId: z.string().min(1).max(100).optional(),
      departuresOnly: flag.default(false).describe('Leaves out trips that end here.'),
      lang: z.enum(LANGUAGES).default('en').describe('Of the notices.'),
    }),
  },
  responses: { 200: jsonAnswer('The board', stopArrivals), ...problems(400, 404) },
})

export function stopRoutes(app: Api, { db, now, clock }: AppContext): void {
  const findStops = createStopFinder(db)

  app.openapi(listStops, async (c) => {
    const { near, radiusM, q, find, cursor, limit } = c.req.valid('query')
    const headers = { 'Cache-Control': 'public, max-age=300' }
    if (find !== undefined) {
      const place = near === undefined ? null : { latitude: near[0], longitude: near[1] }
      return c.json({ items: await findStops(find, place, limit), next: null }, 200, headers)
    }
    if (near !== undefined) {
      const [distanceM, feedId, stopId] =
        cursor === undefined ? [] : decodeCursor(cursor, ['number', 'string', 'string'])
      const after =
        stopId === undefined ? null : { distanceM: Number(distanceM), feedId: String(feedId), stopId: String(stopId) }
      const [latitude, longitude] = near
      const rows = await stopsNear(db, { latitude, longitude, radiusM, query: q ?? null }, after, limit + 1)
      return c.json(
        page(rows, limit, (row) => [row.distanceM ?? 0, row.feedId, row.stopId]),
        200,
        headers,
      )
    }
    const [name, feedId, stopId] = cursor === undefined ? [] : decodeCursor(cursor, ['string', 'string', 'string'])
    const after = stopId === undefined ? null : { name: String(name), feedId: String(feedId), stopId: String(stopId) }
    const rows = await stopsByName(db, q ?? null, after, limit + 1)
    return c.json(
      page(rows, limit, (row) => [row.name, row.feedId, row.stopId]),
      200,
      headers,
    )
  })

  app.openapi(getStop, async (c) => {
    const { stopId } = c.req.valid('param')
    const { stop, timeZone, platforms } = found(await stopWithPlatforms(db, stopId), 'stop', stopId)
    const [lines, attribution] = await Promise.all([
      linesAt(
        db,
        stop.feedId,
        platforms.map((one) => one.stopId),
      ),
      feedAttribution(db, stop.feedId),
    ])
    return c.json({ stop, timeZone, platforms, lines, attribution }, 200, { 'Cache-Control': 'public, max-age=300' })
  })

  app.openapi(getArrivals, async (c) => {
    const { stopId } = c.req.valid('param')
    const { minutes, limit, lineId, departuresOnly, lang } = c.req.valid('query')
    const request = { minutes, limit, lineId, departuresOnly, language: lang }
    const at = { now: now(), speed: clock.speed }
    const board = found(await readStopArrivals(db, stopId, request, at), 'stop', stopId)
    return c.json(asJson(board), 200, { 'Cache-Control': 'public, max-age=5' })
  })
}
