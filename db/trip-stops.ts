import { sql } from 'kysely'
import type { Db } from './database.ts'

/** The stops of one trip in order, in seconds after the service day's start, with their places. All arrays are of one length. */
export interface TripStops {
  feedId: string
  tripId: string
  shapeId: string | null
  sequence: number[]
  stopId: string[]
  arrivalS: number[]
  departureS: number[]
  timepoint: boolean[]
  /** null: the feed does not say where the stop is. */
  latitude: (number | null)[]
  longitude: (number | null)[]
}

/** The stops of trips of one feed, one row a trip: a city's trips of two hours have hundreds of thousands of stops. */
export async function tripStops(db: Db, feedId: string, tripIds: readonly string[]): Promise<TripStops[]> {
  if (tripIds.length === 0) return []
  const { rows } = await sql<{
    trip_id: string
    shape_id: string | null
    sequence: number[]
    stop_id: string[]
    arrival_s: number[]
    departure_s: number[]
    timepoint: boolean[]
    latitude: (number | null)[]
    longitude: (number | null)[]
  }>`
    select t.trip_id, trip.shape_id, array_agg(t.sequence order by t.sequence) as sequence, array_agg(t.stop_id order by t.sequence) as stop_id,
      array_agg(coalesce(t.arrival_s, t.departure_s, 0) order by t.sequence) as arrival_s,
      array_agg(coalesce(t.departure_s, t.arrival_s, 0) order by t.sequence) as departure_s,
      array_agg(t.timepoint order by t.sequence) as timepoint,
      array_agg(stop.latitude order by t.sequence) as latitude, array_agg(stop.longitude order by t.sequence) as longitude
    from stop_time t join trip on trip.feed_id = t.feed_id and trip.id = t.trip_id
    left join stop on stop.feed_id = t.feed_id and stop.id = t.stop_id
    where t.feed_id = ${feedId} and t.trip_id = any(${[...tripIds]}::text[])
    group by t.trip_id, trip.shape_id`.execute(db)
  return rows.map((row) => ({
    feedId,
    tripId: row.trip_id,
    shapeId: row.shape_id,
    sequence: row.sequence,
    stopId: row.stop_id,
    arrivalS: row.arrival_s,
    departureS: row.departure_s,
    timepoint: row.timepoint,
    latitude: row.latitude,
    longitude: row.longitude,
  }))
}

/** The shapes of a feed by id. */
export async function shapePoints(
  db: Db,
  feedId: string,
  shapeIds: readonly string[],
): Promise<Map<string, [number, number, number][]>> {
  if (shapeIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('shape')
    .select(['id', 'points'])
    .where('feed_id', '=', feedId)
    .where(sql<boolean>`id = any(${[...shapeIds]}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.points]))
}

/** The active feed that each trip of a block belongs to; of several that know it the first by id. */
export async function feedsOfTrips(db: Db, tripIds: readonly string[]): Promise<Map<string, string>> {
  if (tripIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; feed_id: string }>`select trip.id, min(trip.feed_id) as feed_id from feed
    join trip on trip.feed_id = feed.id and trip.id = any(${[...tripIds]}::text[]) where feed.active group by trip.id`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row.feed_id]))
}

/** Changes when a timetable, or who drives what, may have changed. */
export async function timetableStamp(db: Db): Promise<string> {
  const { rows } = await sql<{
    stamp: string
  }>`select concat_ws(' ', (select max(change_seq) from feed), (select count(*) from feed),
    (select max(change_seq) from block_assignment), (select count(*) from block_assignment)) as stamp`.execute(db)
  return rows[0]?.stamp ?? ''
}
