import { sql } from 'kysely'
import { serviceDayStart } from '../../domain/service-time.ts'
import type { Db } from '../database.ts'

/** The way that a block takes: its trips in order, each with its stops and, where the feed has one, its line on the map. */
export interface BlockPath {
  blockId: string
  date: string
  feedId: string
  trips: PathTrip[]
}

export interface PathTrip {
  tripId: string
  kind: string
  route: string | null
  headsign: string | null
  distanceM: number
  /** [latitude, longitude, metres from the line's start]; null: the feed has no line for this trip. */
  line: [number, number, number][] | null
  stops: PathStop[]
}

export interface PathStop {
  stopId: string
  name: string
  latitude: number | null
  longitude: number | null
  /** Metres from the trip's first stop. */
  distanceM: number
  arrivalAt: Date
  departureAt: Date
}

interface TripRow {
  id: string
  kind: string
  route: string | null
  headsign: string | null
  distance_m: number | null
  points: [number, number, number][] | null
}

interface StopRow {
  trip_id: string
  stop_id: string
  name: string
  latitude: number | null
  longitude: number | null
  arrival_s: number
  departure_s: number
  distance_m: number | null
}

/** The way of one block on one service day, from the first active feed that runs it then; undefined when none does. */
export async function blockPath(
  db: Db,
  { date, blockId }: { date: string; blockId: string },
): Promise<BlockPath | undefined> {
  const feed = await sql<{ id: string; time_zone: string }>`
    select f.id, f.time_zone from feed f where f.active and exists (
      select 1 from trip t join service_day d on d.feed_id = t.feed_id and d.service_id = t.service_id and d.date = ${date}::date
      where t.feed_id = f.id and t.block_id = ${blockId})
    order by f.id limit 1`.execute(db)
  const [found] = feed.rows
  if (found === undefined) return undefined
  const trips = await sql<TripRow>`
    select t.id, t.kind, coalesce(r.short_name, r.long_name, r.id) as route, t.headsign, t.distance_m, s.points
    from trip t join service_day d on d.feed_id = t.feed_id and d.service_id = t.service_id and d.date = ${date}::date
    left join route r on r.feed_id = t.feed_id and r.id = t.route_id
    left join shape s on s.feed_id = t.feed_id and s.id = t.shape_id
    where t.feed_id = ${found.id} and t.block_id = ${blockId} order by t.start_s, t.end_s, t.id`.execute(db)
  const stops = await sql<StopRow>`
    select st.trip_id, st.stop_id, p.name, p.latitude, p.longitude, coalesce(st.arrival_s, st.departure_s) as arrival_s,
      coalesce(st.departure_s, st.arrival_s) as departure_s, st.distance_m
    from stop_time st join stop p on p.feed_id = st.feed_id and p.id = st.stop_id
    where st.feed_id = ${found.id} and st.trip_id = any(${trips.rows.map((trip) => trip.id)}::text[])
      and coalesce(st.arrival_s, st.departure_s) is not null
    order by st.trip_id, st.sequence`.execute(db)
  const startMs = serviceDayStart(date, found.time_zone).getTime()
  const byTrip = Map.groupBy(stops.rows, (row) => row.trip_id)
  return {
    blockId,
    date,
    feedId: found.id,
    trips: trips.rows.map((trip) => ({
      tripId: trip.id,
      kind: trip.kind,
      route: trip.route,
      headsign: trip.headsign,
      distanceM: trip.distance_m ?? 0,
      line: trip.points,
      stops: (byTrip.get(trip.id) ?? []).map((row) => ({
        stopId: row.stop_id,
        name: row.name,
        latitude: row.latitude,
        longitude: row.longitude,
        distanceM: row.distance_m ?? 0,
        arrivalAt: new Date(startMs + row.arrival_s * 1000),
        departureAt: new Date(startMs + row.departure_s * 1000),
      })),
    })),
  }
}
