import { createRoute, z } from '@hono/zod-openapi'
import { deletePlace, MANUAL_SOURCE, putPlace } from '../../db/change-place.ts'
import { placeReadings } from '../../db/place-readings.ts'
import { listPlaces as placeList } from '../../db/views/list-places.ts'
import { nearPlaces } from '../../db/views/near-places.ts'
import { placeView } from '../../db/views/places.ts'
import { asJson } from '../as-json.ts'
import { isKnown } from '../access/is-known.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, encodeCursor, page, stringCursor } from '../cursor.ts'
import { found, notFound, wrongField } from '../errors.ts'
import { placeJson } from '../place-json.ts'
import { jsonAnswer, jsonBody, OPEN_TO_ALL, problems, SIGNED_IN } from '../route-parts.ts'
import { flag, instantInput, listOf, paging } from '../schemas/common.ts'
import { boxInput, pointInput } from '../schemas/positions.ts'
import { place, placeChange, placeKind, placeReading, plainId } from '../schemas/places.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { refusing } from '../../domain/sentences/issue-sentence.ts'

const DAY_MS = 86_400_000
const placeId = z.string().min(1).max(300).openapi({ example: 'parkings:P1' })

const listPlaces = createRoute({
  method: 'get',
  path: '/api/v1/places',
  operationId: 'listPlaces',
  tags: ['Places'],
  summary: 'Places, or the nearest of them',
  description:
    'With `near` the best within 50 km, ranked by the minutes of the way and by what it would cost to find no room there: nothing where many are free, much where it is unknown. No streets are known, so minutes are the line between the points times a detour. Without `near` all, by id. Whoever is not signed in sees what is public. `free=true` leaves out what is full and what is unknown; a reading of more than 15 minutes is unknown.',
  security: [...OPEN_TO_ALL, ...SIGNED_IN],
  request: {
    query: z.object({
      near: pointInput.optional(),
      bbox: boxInput.optional(),
      kind: placeKind.optional(),
      free: flag.optional(),
      mode: z.enum(['walk', 'drive']).default('walk').describe('How one goes there; with `near`.'),
      ...paging,
      limit: z.coerce.number().int().min(1).max(500).optional().describe('100 when left out, 20 with `near`.'),
    }),
  },
  responses: { 200: jsonAnswer('Places', listOf(place)), ...problems(400) },
})

const getPlace = createRoute({
  method: 'get',
  path: '/api/v1/places/{placeId}',
  operationId: 'getPlace',
  tags: ['Places'],
  summary: 'One place',
  description: 'Our chargers are `station:ID`, stops `stop:FEED:ID`, all others `SOURCE:ID`.',
  security: [...OPEN_TO_ALL, ...SIGNED_IN],
  request: { params: z.object({ placeId }) },
  responses: { 200: jsonAnswer('The place', place), ...problems(400, 404) },
})

const listReadings = createRoute({
  method: 'get',
  path: '/api/v1/places/{placeId}/readings',
  operationId: 'listPlaceReadings',
  tags: ['Places'],
  summary: 'What was measured at a place',
  description:
    'Newest first: free bays, air quality, a building’s energy. The last seven days when `from` is left out.',
  security: [...OPEN_TO_ALL, ...SIGNED_IN],
  request: {
    params: z.object({ placeId }),
    query: z.object({
      quantity: z.string().max(40).optional().openapi({ example: 'pm10UgM3' }),
      from: instantInput.optional(),
      to: instantInput.optional(),
      ...paging,
    }),
  },
  responses: { 200: jsonAnswer('Readings', listOf(placeReading)), ...problems(400, 404) },
})

const manual = z.object({
  placeId: z
    .string()
    .refine(
      (id) => id.startsWith(`${MANUAL_SOURCE}:`) && plainId.safeParse(id.slice(MANUAL_SOURCE.length + 1)).success,
      refusing(say('manualPlaceId')),
    )
    .openapi({ example: 'manual:town-hall' }),
})

const put = createRoute({
  method: 'put',
  path: '/api/v1/places/{placeId}',
  operationId: 'putPlace',
  tags: ['Places'],
  summary: 'Enter or change a place by hand',
  description: 'Buildings, Wi-Fi zones, cameras: what no source brings. Places of sources are changed at their source.',
  security: SIGNED_IN,
  request: { params: manual, body: jsonBody('The place as it is to be', placeChange) },
  responses: { 200: jsonAnswer('The place', place), ...problems(400, 401, 403, 413) },
})

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/places/{placeId}',
  operationId: 'deletePlace',
  tags: ['Places'],
  summary: 'Remove a place that was entered by hand',
  description: 'Its readings go with it.',
  security: SIGNED_IN,
  request: { params: manual },
  responses: { 204: { description: 'It is gone' }, ...problems(400, 401, 403, 404) },
})

export function placeRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(listPlaces, async (c) => {
    const { near, bbox, kind, free = false, mode, cursor, limit } = c.req.valid('query')
    const at = now()
    const publicOnly = !isKnown(c)
    if (near !== undefined) {
      if (cursor !== undefined || bbox !== undefined) throw wrongField('query.near', say('nearAlone'))
      const places = await nearPlaces(db, { ...near, kind, free, mode, limit: limit ?? 20, publicOnly }, at)
      return c.json({ items: places.map((one) => placeJson(one, at)), next: null }, 200)
    }
    const query = { kind, free, publicOnly, box: bbox, after: stringCursor(cursor), limit: limit ?? 100 }
    const { places, last } = await placeList(db, query, at)
    return c.json(
      { items: places.map((one) => placeJson(one, at)), next: last === null ? null : encodeCursor([last]) },
      200,
    )
  })

  app.openapi(getPlace, async (c) => {
    const at = now()
    const { placeId: id } = c.req.valid('param')
    return c.json(placeJson(found(await placeView(db, id, !isKnown(c), at), 'place', id), at), 200)
  })

  app.openapi(listReadings, async (c) => {
    const { placeId: id } = c.req.valid('param')
    const { quantity, from, to = now(), cursor, limit } = c.req.valid('query')
    found(await placeView(db, id, !isKnown(c), now()), 'place', id)
    const [at, after] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'string'])
    const rows = await placeReadings(db, {
      placeId: id,
      quantity,
      from: from ?? new Date(to.getTime() - 7 * DAY_MS),
      to,
      before: at === undefined ? undefined : { at: new Date(at), quantity: String(after) },
      limit: limit + 1,
    })
    return c.json(asJson(page(rows, limit, (row) => [row.at.getTime(), row.quantity])), 200)
  })

  app.openapi(put, async (c) => {
    const { placeId: id } = c.req.valid('param')
    const change = c.req.valid('json')
    const at = now()
    await putPlace(
      db,
      id.slice(MANUAL_SOURCE.length + 1),
      { capacity: null, public: true, properties: {}, ...change },
      at,
    )
    return c.json(placeJson(found(await placeView(db, id, false, at), 'place', id), at), 200)
  })

  app.openapi(remove, async (c) => {
    const { placeId: id } = c.req.valid('param')
    if (!(await deletePlace(db, id.slice(MANUAL_SOURCE.length + 1)))) throw notFound('place', id)
    return c.body(null, 204)
  })
}
