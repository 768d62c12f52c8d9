import { createRoute, z } from '@hono/zod-openapi'
import { changeVehicle } from '../../db/change-vehicle.ts'
import { socReadings } from '../../db/views/soc-readings.ts'
import { vehicleExists, vehicleViews } from '../../db/views/vehicles.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page, numberCursor, stringCursor } from '../cursor.ts'
import { ApiError, found, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { id, instantInput, leftOut, listOf, paging, siteId, stationId, vehicleId } from '../schemas/common.ts'
import { vehicle } from '../schemas/depot.ts'
import { socReading } from '../schemas/records.ts'

const params = z.object({ vehicleId })

const listVehicles = createRoute({
  method: 'get',
  path: '/api/v1/vehicles',
  operationId: 'listVehicles',
  tags: ['Vehicles'],
  summary: 'Vehicles, where they stand, and what they do next',
  description: 'Ordered by vehicle id.',
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
    'How late it runs, its state of charge as read from the dashboard, where it stands. Each change asks for a new plan.',
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
  description: 'Oldest first; the last 24 hours when `from` is left out.',
  security: SIGNED_IN,
  request: {
    params,
    query: z.object({
      from: instantInput.optional(),
      to: instantInput.optional(),
      ...paging,
      limit: z.coerce.number().int().min(1).max(5000).default(2000),
    }),
  },
  responses: { 200: jsonAnswer('Readings', listOf(socReading)), ...problems(400, 401, 404) },
})

export function vehicleRoutes(app: Api, { db, now, plans, work }: AppContext): void {
  const readers = { plans, work }

  app.openapi(listVehicles, async (c) => {
    const { siteId, cursor, limit } = c.req.valid('query')
    const rows = await vehicleViews(db, readers, { siteId, after: stringCursor(cursor), limit: limit + 1 }, now())
    return c.json(asJson(page(rows, limit, (row) => [row.vehicleId])), 200)
  })

  app.openapi(getVehicle, async (c) => {
    const { vehicleId } = c.req.valid('param')
    const [view] = await vehicleViews(db, readers, { ids: [vehicleId] }, now())
    return c.json(asJson(found(view, `vehicle ${vehicleId}`)), 200)
  })

  app.openapi(patchVehicle, async (c) => {
    const { vehicleId } = c.req.valid('param')
    const result = await changeVehicle(db, vehicleId, c.req.valid('json'), now())
    if (result === 'unknownVehicle') throw notFound(`vehicle ${vehicleId}`)
    if (result === 'unknownBay') throw new ApiError('conflict', { detail: 'The vehicle’s site has no such bay.' })
    if (result === 'unknownEvse') throw new ApiError('conflict', { detail: 'There is no such EVSE.' })
    const [view] = await vehicleViews(db, readers, { ids: [vehicleId] }, now())
    return c.json(asJson(found(view, `vehicle ${vehicleId}`)), 200)
  })

  app.openapi(listSoc, async (c) => {
    const { vehicleId } = c.req.valid('param')
    const { from, to, cursor, limit } = c.req.valid('query')
    if (!(await vehicleExists(db, vehicleId))) throw notFound(`vehicle ${vehicleId}`)
    const after = numberCursor(cursor)
    const rows = await socReadings(db, {
      vehicleId,
      from: from ?? new Date(now().getTime() - 86_400_000),
      to,
      after: after === undefined ? undefined : new Date(after),
      limit: limit + 1,
    })
    return c.json(asJson(page(rows, limit, (row) => [row.at.getTime()])), 200)
  })
}
