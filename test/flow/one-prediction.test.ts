import { beforeEach, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { realtimeMessageSchema } from '../../fleet-api/schemas/realtime.ts'
import { siriStopMonitoring } from '../../fleet-api/schemas/siri.ts'
import { stopArrivals } from '../../fleet-api/schemas/stops.ts'
import { body, type TestApi } from './api-depot.ts'
import { boardApi, NOON, predict } from './board-depot.ts'

let api: TestApi
beforeEach(async () => {
  api = await boardApi()
})

/** Trip by trip: what each of the three says of the departure from Park, as POSIX seconds or a word. */
async function told(): Promise<Record<'board' | 'siri' | 'realtime', Record<string, number | string>>> {
  const ask = async <Schema extends z.ZodType>(path: string, schema: Schema) =>
    await body(api.app.request(path), schema)
  const seconds = (text: string): number => Date.parse(text) / 1000
  const board = await ask('/api/v1/stops/p/arrivals?minutes=120', stopArrivals)
  const siri = await ask('/siri/stop-monitoring.json?MonitoringRef=p&PreviewInterval=PT2H', siriStopMonitoring)
  const realtime = await ask('/gtfs-rt/trip-updates.json', realtimeMessageSchema)
  const visits = siri.Siri.ServiceDelivery.StopMonitoringDelivery[0]?.MonitoredStopVisit ?? []
  const updates = realtime.entity.flatMap(({ trip_update: update }) => (update === undefined ? [] : [update]))
  const trips = ['n1', 'n2']
  const byTrip = (say: (trip: string) => number | string | undefined) =>
    Object.fromEntries(trips.map((trip) => [trip, say(trip) ?? 'unknown']))
  return {
    board: byTrip((trip) => {
      const item = board.items.find((one) => one.tripId === trip)
      if (item?.status === 'cancelled') return 'cancelled'
      return typeof item?.predictedAt === 'string' ? seconds(item.predictedAt) : undefined
    }),
    siri: byTrip((trip) => {
      const journey = visits.find(
        (visit) => visit.MonitoredVehicleJourney.FramedVehicleJourneyRef.DatedVehicleJourneyRef === trip,
      )?.MonitoredVehicleJourney
      if (journey?.Cancellation === true) return 'cancelled'
      const expected = journey?.MonitoredCall.ExpectedDepartureTime
      return expected === undefined ? undefined : seconds(expected)
    }),
    realtime: byTrip((trip) => {
      const update = updates.find((one) => one.trip.trip_id === trip)
      if (update?.trip.schedule_relationship === 'CANCELED') return 'cancelled'
      return update?.stop_time_update?.find((one) => one.stop_id === 'p')?.departure?.time
    }),
  }
}

test('the board, SIRI and GTFS-Realtime say the same of every trip, whatever befalls its bus', async () => {
  const situations: [string, Parameters<typeof predict>[2], Record<string, number | string>][] = [
    [
      'late',
      { lateS: 300 },
      { n1: Date.parse('2026-11-24T10:25:00Z') / 1000, n2: Date.parse('2026-11-24T11:00:00Z') / 1000 },
    ],
    [
      'early',
      { lateS: -90 },
      { n1: Date.parse('2026-11-24T10:18:30Z') / 1000, n2: Date.parse('2026-11-24T10:53:30Z') / 1000 },
    ],
    [
      'old',
      { lateS: 60, ageS: 500 },
      { n1: Date.parse('2026-11-24T10:21:00Z') / 1000, n2: Date.parse('2026-11-24T10:56:00Z') / 1000 },
    ],
    ['silent', { lateS: 60, ageS: 601 }, { n1: 'unknown', n2: 'unknown' }],
    ['timetable only', { basis: 'schedule' }, { n1: 'unknown', n2: 'unknown' }],
    ['no energy', { cancelledTrips: ['n2'] }, { n1: Date.parse('2026-11-24T10:20:00Z') / 1000, n2: 'cancelled' }],
    ['no energy, and no live data', { cancelledTrips: ['n2'], basis: 'schedule' }, { n1: 'unknown', n2: 'cancelled' }],
    [
      'swapped',
      { cancelledTrips: ['n2'], replacement: 'bus-3' },
      { n1: Date.parse('2026-11-24T10:20:00Z') / 1000, n2: 'unknown' },
    ],
  ]
  for (const [situation, change, expected] of situations) {
    await predict(api.db, NOON, change)
    const { board, siri, realtime } = await told()
    expect({ situation, board, siri, realtime }).toEqual({
      situation,
      board: expected,
      siri: expected,
      realtime: expected,
    })
  }
})
