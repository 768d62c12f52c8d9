import { createRoute, z } from '@hono/zod-openapi'
import { changeVehicle } from '../../db/change-vehicle.ts'
import { socCurve } from '../../db/views/soc-curve.ts'
import { socReadings } from '../../db/views/soc-readings.ts'
import { vehicleBattery } from '../../db/views/vehicle-battery.ts'
import { vehicleExists, vehicleViews } from '../../db/views/vehicles.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page, numberCursor, stringCursor } from '../cursor.ts'
import { writtenAs } from '../written-json.ts'
import { ApiError, found, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { vehicleBattery as vehicleBatterySchema } from '../schemas/battery.ts'
import { leftOut } from '../../domain/left-out.ts'
import { id, instantInput, listOf, paging, siteId, stationId, vehicleId } from '../schemas/common.ts'
import { vehicle } from '../schemas/depot.ts'
import { socReading } from '../schemas/records.ts'
import { say } from '../../domain/sentences/sentence.ts'

const DAY_MS = 86_400_000
const LONGEST_MS = 366 * DAY_MS
/** A reading of a moment ago needs no estimate beside it. */
const ESTIMATE_AFTER_MS = 60_000

const params = z.object({ vehicleId })

const listVehicles = createRoute({
  method: 'get',
  path: '/api/v1/vehicles',
  operationId: 'listVehicles',
  tags: ['Vehicles'],
  summary: 'Vehicles, where they stand, and what they do next',
  description:
    'Ordered by vehicle id. What is told of a vehicle is in with the next question; what time alone changes (ages, estimates, how late it was last seen) is told anew with each minute.',
  security: SIGNED_IN,
  request: { query: z.object({ siteId: siteId.optional(), ...paging }) },
  responses: { 200: jsonAnswer('Vehicles', listOf(vehicle)), ...problems(400, 401) },
})

const getVehicle = createRoute({
  method: 'get',
  path: '/api/v1/vehicles/{vehicleId}',
  operationId: 'getVehicle',
  tags: ['Vehicles'],
  summary: 'One vehicle',
  description:
    'State of charge with its age, the block that it drives, and the next pull-out with what the current plan says of it.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('The vehicle', vehicle), ...problems(400, 401, 404) },
})

const patchVehicle = createRoute({
  method: 'patch',
  path: '/api/v1/vehicles/{vehicleId}',
  operationId: 'changeVehicle',
  tags: ['Vehicles'],
  summary: 'Tell what is known of a vehicle',
  description:
    'How late it runs, its state of charge as read from the dashboard, where it stands, its name. Each change asks for a new plan.',
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'What to change; what is left out stays',
      z
        .strictObject({
          delaySeconds: leftOut(z.int().min(-86_400).max(86_400).nullable()).describe(
            'Positive is late; null: unknown.',
          ),
          socPercent: leftOut(z.number().min(0).max(100)),
          inService: leftOut(z.boolean()),
          label: leftOut(z.string().trim().min(1).max(120)),
          bayId: leftOut(id.nullable()),
          at: leftOut(z.object({ stationId, evseId: z.int().min(1).max(999) }).nullable()).describe(
            'The plug that it stands at, by hand; null: at none.',
          ),
        })
        .openapi('VehicleChange', { example: { delaySeconds: 900 } }),
    ),
  },
  responses: { 200: jsonAnswer('The vehicle as it is now', vehicle), ...problems(400, 401, 403, 404, 409, 413) },
})

const listSoc = createRoute({
  method: 'get',
  path: '/api/v1/vehicles/{vehicleId}/soc',
  operationId: 'listVehicleSoc',
  tags: ['Vehicles'],
  summary: 'States of charge as they were read',
  description:
    'Oldest first; the last 24 hours when `from` is left out. With `points` the whole span, up to 366 days, is thinned to at most so many readings on one page: of each part of it the first, last, lowest and highest stay, so that no extreme is lost. Where the span reaches up to now, the estimate for now is then added as the last item (`measured` false).',
  security: SIGNED_IN,
  request: {
    params,
    query: z.object({
      from: instantInput.optional(),
      to: instantInput.optional(),
      ...paging,
      limit: z.coerce.number().int().min(1).max(5000).default(2000),
      points: z.coerce
        .number()
        .int()
        .min(8)
        .max(5000)
        .optional()
        .describe('Thin to at most so many; `cursor` and `limit` then count for nothing.'),
    }),
  },
  responses: { 200: jsonAnswer('Readings', listOf(socReading)), ...problems(400, 401, 404) },
})

const getBattery = createRoute({
  method: 'get',
  path: '/api/v1/vehicles/{vehicleId}/battery',
  operationId: 'getVehicleBattery',
  tags: ['Vehicles'],
  summary: 'Usable capacity, state of health and power of a vehicle’s battery',
  description:
    'Learned once a day from its charging sessions of the last 180 days: a robust line of the energy that reached the battery (the meter’s, times the charging point’s efficiency) over the change of the state of charge, corrected for temperature where that can be told. `evidence` says what it rests on, what was left out, and what is missing while nothing can be told.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('The battery', vehicleBatterySchema), ...problems(400, 401, 404) },
})

export function vehicleRoutes(app: Api, { db, now, plans, work, vehicles }: AppContext): void {
  const readers = { plans, work }

  app.openapi(listVehicles, async (c) => {
    const { siteId, cursor, limit } = c.req.valid('query')
    const rows = await vehicles.page({ siteId, after: stringCursor(cursor), limit: limit + 1 }, now())
    const { items, next } = page(rows, limit, ({ view }) => [view.vehicleId])
    const answer = { items: items.map(({ view }) => view), next }
    const text = `{"items":[${items.map((one) => one.text).join(',')}],"next":${JSON.stringify(next)}}`
    return c.json(asJson(writtenAs(answer, text)), 200)
  })

  app.openapi(getVehicle, async (c) => {
    const { vehicleId } = c.req.valid('param')
    const [view] = await vehicleViews(db, readers, { ids: [vehicleId] }, now())
    return c.json(asJson(found(view, 'vehicle', vehicleId)), 200)
  })

  app.openapi(patchVehicle, async (c) => {
    const { vehicleId } = c.req.valid('param')
    const result = await changeVehicle(db, vehicleId, c.req.valid('json'), now())
    if (result === 'unknownVehicle') throw notFound('vehicle', vehicleId)
    if (result === 'unknownBay') throw new ApiError('conflict', { detail: say('unknownBayOfVehicle') })
    if (result === 'unknownEvse') throw new ApiError('conflict', { detail: say('unknownEvse') })
    const [view] = await vehicleViews(db, readers, { ids: [vehicleId] }, now())
    return c.json(asJson(found(view, 'vehicle', vehicleId)), 200)
  })

  app.openapi(getBattery, async (c) => {
    const { vehicleId } = c.req.valid('param')
    return c.json(asJson(found(await vehicleBattery(db, vehicleId), 'vehicle', vehicleId)), 200)
  })

  app.openapi(listSoc, async (c) => {
    const { vehicleId } = c.req.valid('param')
    const { from, to, cursor, limit, points } = c.req.valid('query')
    if (!(await vehicleExists(db, vehicleId))) throw notFound('vehicle', vehicleId)
    if (points !== undefined)
      return c.json(asJson({ items: await thinned(vehicleId, from, to, points), next: null }), 200)
    const after = numberCursor(cursor)
    const rows = await socReadings(db, {
      vehicleId,
      from: from ?? new Date(now().getTime() - DAY_MS),
      to,
      after: after === undefined ? undefined : new Date(after),
      limit: limit + 1,
    })
    const measured = rows.map((row) => ({ ...row, measured: true }))
    return c.json(asJson(page(measured, limit, (row) => [row.at.getTime()])), 200)
  })

  async function thinned(vehicleId: string, from: Date | undefined, to: Date | undefined, points: number) {
    const at = now()
    const until = to ?? new Date(at.getTime() + 1)
    const since = from ?? new Date(until.getTime() - DAY_MS)
    if (until.getTime() - since.getTime() > LONGEST_MS)
      throw new ApiError('invalid-request', { detail: say('spanDays', { n: 366 }) })
    const curve = await socCurve(db, { vehicleId, from: since, to: until, points: points - 1 })
    const items = curve.map((reading) => ({ ...reading, measured: true }))
    const last = items.at(-1)
    if (last === undefined || until < at || at.getTime() - last.at.getTime() < ESTIMATE_AFTER_MS) return items
    const [view] = await vehicleViews(db, readers, { ids: [vehicleId] }, at)
    if (view === undefined) return items
    return [...items, { at, socPercent: view.estimate.socPercent, source: 'estimate', measured: false }]
  }
}
