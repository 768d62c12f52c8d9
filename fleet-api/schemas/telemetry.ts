import { z } from '@hono/zod-openapi'
import { MOST_READINGS, telemetryInput } from '../../domain/telemetry.ts'

/** Its form as JSON Schema. Items are judged one by one, so that a wrong one does not fail the others. */
function documentedReading(): object {
  const { $schema: _, ...schema } = z.toJSONSchema(telemetryInput, { io: 'input' })
  return { ...schema, additionalProperties: true }
}

const reading = z.record(z.string(), z.unknown()).openapi('TelemetryReading', {
  ...documentedReading(),
  example: {
    vehicleId: 'bus-1',
    at: '2026-11-23T19:42:00Z',
    socPercent: 61.5,
    odometerM: 184_302_500,
    speedKmh: 24,
    latitude: 42.0209,
    longitude: 23.0943,
    headingDeg: 184,
    outdoorTemperatureC: 4.5,
    batteryTemperatureC: 18,
    doorsOpen: false,
    passengers: 31,
  },
})

export const telemetryBatch = z
  .object({
    readings: z.array(reading).min(1).max(MOST_READINGS),
    source: z.enum(['api', 'simulator']).default('api').describe('Left out by everybody but the simulator.'),
  })
  .openapi('TelemetryBatch')

export const telemetryOutcome = z
  .object({
    stored: z.int().describe('Readings that told something new.'),
    repeated: z.int().describe('Readings that were there already.'),
    refused: z.array(
      z.object({
        index: z.int().describe('Where in the batch, from 0.'),
        vehicleId: z.string().nullable(),
        reason: z.enum(['invalid', 'future', 'tooOld', 'empty', 'unknownVehicle']),
        detail: z.string(),
      }),
    ),
  })
  .openapi('TelemetryOutcome', {
    example: {
      stored: 2,
      repeated: 1,
      refused: [{ index: 3, vehicleId: 'bus-99', reason: 'unknownVehicle', detail: 'There is no vehicle bus-99.' }],
    },
  })
