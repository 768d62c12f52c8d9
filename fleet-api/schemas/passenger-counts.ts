import { z } from '@hono/zod-openapi'

/** A year of days of 20 lines fits. */
const MOST_COUNTS = 10_000

const count = z
  .object({
    date: z.iso.date().describe('The service day.'),
    route: z.string().min(1).max(100).describe('The line, as in `groupBy=line` of the energy report.'),
    boardings: z.int().min(0).max(100_000_000).nullable().default(null),
    passengerKm: z
      .int()
      .min(0)
      .max(1_000_000_000)
      .nullable()
      .default(null)
      .describe('Passenger kilometres of the day.'),
  })
  .openapi('PassengerCount', {
    example: { date: '2026-11-23', route: '7', boardings: 1840, passengerKm: 7150 },
  })

export const passengerCounts = z
  .object({
    counts: z.array(count).min(1).max(MOST_COUNTS),
    source: z.string().min(1).max(100).default('api').describe('Who counted, for the report.'),
  })
  .openapi('PassengerCounts', {
    example: {
      counts: [{ date: '2026-11-23', route: '7', boardings: 1840, passengerKm: 7150 }],
      source: 'door counters',
    },
  })

export const passengerCountsStored = z
  .object({ stored: z.int() })
  .openapi('PassengerCountsStored', { example: { stored: 1 } })
