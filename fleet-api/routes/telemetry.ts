import { createRoute } from '@hono/zod-openapi'
import { receiveTelemetry } from '../../db/receive-telemetry.ts'
import type { Api, AppContext } from '../context.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { telemetryBatch, telemetryOutcome } from '../schemas/telemetry.ts'

const postTelemetry = createRoute({
  method: 'post',
  path: '/api/v1/telemetry',
  operationId: 'postTelemetry',
  tags: ['Vehicles'],
  summary: 'What vehicles tell: charge, position, distance, temperatures',
  description: [
    'Up to 1,000 readings, in any order, as often as you like: a reading is known by its vehicle and instant, and one that came before changes nothing. History keeps all; what stands of a vehicle now changes value by value, and only for what is newer.',
    'Items are judged one by one: `refused` says which were not taken and why; the others are stored when the answer comes. An instant more than 2 minutes ahead or 400 days ago is refused.',
    'Names of other feeds are understood beside ours: MBTA’s `vehicle_id`, `state_of_charge_percentage`, `state_of_charge_timestamp`, `timestamp`, `bearing`; rFMS’s `vin`, `createdDateTime`, `hrTotalVehicleDistance`, `status2OfDoors` and, in `snapshotData`, `hybridBatteryPackRemainingCharge`, `ambientAirTemperature`, `wheelBasedSpeed`, `gnssPosition`.',
    'A new plan is asked for only when a state of charge is more than 3 points off what was to be expected.',
  ].join('\n\n'),
  security: SIGNED_IN,
  request: { body: jsonBody('The readings', telemetryBatch) },
  responses: { 200: jsonAnswer('What was taken', telemetryOutcome), ...problems(400, 401, 403, 413) },
})

export function telemetryRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(postTelemetry, async (c) => {
    const { readings, source } = c.req.valid('json')
    return c.json(await receiveTelemetry(db, readings, { source, now: now() }), 200)
  })
}
