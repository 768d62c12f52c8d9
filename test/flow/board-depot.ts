import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { storedStop } from '../../db/stored-stops.ts'
import type { PredictedStop } from '../../domain/block-prediction.ts'
import type { AppOptions } from '../../fleet-api/context.ts'
import { depotApi, type TestApi } from './api-depot.ts'

/** 12:00 in Sofia on 24 November 2026. */
export const NOON = new Date('2026-11-24T10:00:00Z')

/**
 * The depot of `depotApi` at noon, its buses on line 7 between Centre (a station with platforms c1 and c2), Park and Village: block B1 of bus-1 with trips n1
 * (12:05 to 12:35) and n2 (12:40 to 13:10), and block N of nobody with night trip night (24:10 to 24:40 of the service day).
 */
export async function boardApi(options: Partial<AppOptions> = {}): Promise<TestApi> {
  const api = await depotApi(options)
  api.clock.now = NOON
  const { db } = api
  await db.deleteFrom('trip').execute()
  const stop = (id: string, name: string, latitude: number, more: object = {}) => ({
    feed_id: 'f',
    id,
    code: id.toUpperCase(),
    name,
    latitude,
    longitude: 23.1,
    location_type: 0,
    parent_id: null,
    ...more,
  })
  await db
    .insertInto('stop')
    .values([
      stop('c', 'Centre', 42, { location_type: 1 }),
      stop('c1', 'Centre, platform 1', 42.0001, { parent_id: 'c' }),
      stop('c2', 'Centre, platform 2', 41.9999, { parent_id: 'c' }),
      stop('p', 'Park 100%', 42.01),
      stop('v', 'Village', 42.03),
      stop('garage', 'Garage', 42.0002),
    ])
    .execute()
  await addTrip(db, { id: 'n1', block: 'B1', at: '12:05', stops: ['c1', 'p', 'v'], direction: 0, headsign: 'Village' })
  await addTrip(db, { id: 'n2', block: 'B1', at: '12:40', stops: ['v', 'p', 'c2'], direction: 1, headsign: 'Centre' })
  await addTrip(db, {
    id: 'night',
    block: 'N',
    at: '24:10',
    stops: ['c1', 'p', 'v'],
    direction: 0,
    headsign: 'Village',
  })
  await addTrip(db, { id: 'home', block: 'B1', at: '13:15', stops: ['c2', 'garage'], kind: 'pull-in' })
  return api
}

/** Stops are a quarter of an hour apart. */
export async function addTrip(
  db: Db,
  trip: {
    id: string
    block: string | null
    at: string
    stops: string[]
    kind?: string
    direction?: number
    headsign?: string
  },
): Promise<void> {
  const [hours = 0, minutes = 0] = trip.at.split(':').map(Number)
  const startS = hours * 3600 + minutes * 60
  await db
    .insertInto('trip')
    .values({
      feed_id: 'f',
      id: trip.id,
      route_id: 'r',
      service_id: 'daily',
      block_id: trip.block,
      headsign: trip.headsign ?? null,
      direction_id: trip.direction ?? null,
      shape_id: null,
      kind: trip.kind ?? 'revenue',
      distance_m: 4_000,
      distance_source: 'shape',
      start_s: startS,
      end_s: startS + (trip.stops.length - 1) * 900,
      start_stop_id: trip.stops[0] ?? null,
      end_stop_id: trip.stops.at(-1) ?? null,
    })
    .execute()
  await db
    .insertInto('stop_time')
    .values(
      trip.stops.map((stop, i) => ({
        feed_id: 'f',
        trip_id: trip.id,
        sequence: i + 1,
        stop_id: stop,
        arrival_s: startS + i * 900,
        departure_s: startS + i * 900,
        distance_m: i * 2_000,
      })),
    )
    .execute()
}

interface PredictionChange {
  lateS?: number
  ageS?: number
  basis?: 'live' | 'schedule'
  cancelledTrips?: string[]
  replacement?: string
  passedUpTo?: { tripId: string; sequence: number }
  vehicleId?: string
}

/** What the engine would have written of block B1 on 24 November: every call later by `lateS`. */
export async function predict(db: Db, now: Date, change: PredictionChange = {}): Promise<void> {
  const { lateS = 0, ageS = 20, basis = 'live', cancelledTrips = [], replacement, passedUpTo } = change
  const day = new Date('2026-11-23T22:00:00Z').getTime()
  const rows = await db
    .selectFrom('stop_time')
    .innerJoin('trip', (join) =>
      join.onRef('trip.id', '=', 'stop_time.trip_id').onRef('trip.feed_id', '=', 'stop_time.feed_id'),
    )
    .selectAll('stop_time')
    .where('trip.block_id', '=', 'B1')
    .where('trip.kind', '=', 'revenue')
    .orderBy('trip.start_s')
    .orderBy('stop_time.sequence')
    .execute()
  const passedIndex = rows.findIndex(
    (row) => row.trip_id === passedUpTo?.tripId && row.sequence === passedUpTo.sequence,
  )
  const instant = (seconds: number | null, late = 0): Date => new Date(day + ((seconds ?? 0) + late) * 1000)
  const stops = rows.map((row, index): PredictedStop => ({
    tripId: row.trip_id,
    sequence: row.sequence,
    stopId: row.stop_id,
    arrivalAt: instant(row.arrival_s, lateS),
    departureAt: instant(row.departure_s, lateS),
    scheduledArrivalAt: instant(row.arrival_s),
    scheduledDepartureAt: instant(row.departure_s),
    uncertaintyS: 40,
    basis: basis === 'live' ? 'learned' : 'schedule',
    cancelled: cancelledTrips.includes(row.trip_id) && replacement === undefined,
    passed: index <= passedIndex,
  }))
  await sql`delete from block_prediction`.execute(db)
  await db
    .insertInto('block_prediction')
    .values({
      date: '2026-11-24',
      block_id: 'B1',
      feed_id: 'f',
      vehicle_id: change.vehicleId ?? 'bus-1',
      computed_at: now,
      position_at: basis === 'live' ? new Date(now.getTime() - ageS * 1000) : null,
      deviation_s: basis === 'live' ? Math.round(lateS) : null,
      basis,
      cancelled_from_trip_id: cancelledTrips[0] ?? null,
      cancelled_trip_ids: JSON.stringify(replacement === undefined ? cancelledTrips : []),
      reason: cancelledTrips.length > 0 ? 'energy' : null,
      sentence: null,
      replacement_vehicle_id: replacement ?? null,
      depot_arrival_at: null,
      end_at: new Date(now.getTime() + 3 * 3_600_000),
      stops: JSON.stringify(stops.map(storedStop)),
    })
    .execute()
}
