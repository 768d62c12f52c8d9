import { sql } from 'kysely'
import type { PredictedStop } from '../../domain/block-prediction.ts'
import type { Db } from '../database.ts'
import { predictedStop, type StoredStop } from '../stored-stops.ts'

/** A block that is under way or about to be, as the feeds need it. */
export interface RealtimeBlock {
  feedId: string
  timeZone: string
  date: string
  blockId: string
  vehicle: RealtimeVehicleName | null
  replacement: RealtimeVehicleName | null
  computedAt: Date
  positionAt: Date | null
  basis: 'live' | 'schedule'
  reason: string | null
  /** The first trip that its own vehicle does not drive. */
  cancelledFromTripId: string | null
  cancelledTripIds: string[]
  stops: PredictedStop[]
  /** Its trips with passengers, in order: those that begin within some hours of now, and those that do not run. */
  trips: RealtimeTrip[]
}

export interface RealtimeVehicleName {
  vehicleId: string
  label: string
}

export interface RealtimeTrip {
  tripId: string
  routeId: string | null
  route: string | null
  directionId: number | null
  /** Seconds of the service day. */
  startS: number
  endS: number
  firstSequence: number
  firstStopId: string
}

/** Trips that began longer ago are over, however late. */
const BEHIND_S = 6 * 3600
const AHEAD_S = 4 * 3600

/** Blocks of the active feeds (or of one of them) that are not over at `now`, by date and id. */
export async function realtimeBlocks(db: Db, feedId: string | null, now: Date): Promise<RealtimeBlock[]> {
  const { rows } = await sql<{
    feed_id: string
    time_zone: string
    date: string
    block_id: string
    vehicle_id: string | null
    label: string | null
    replacement_vehicle_id: string | null
    replacement_label: string | null
    computed_at: Date
    position_at: Date | null
    basis: 'live' | 'schedule'
    reason: string | null
    cancelled_from_trip_id: string | null
    cancelled_trip_ids: string[]
    stops: StoredStop[]
    trips: RealtimeTrip[] | null
  }>`
    select p.feed_id, f.time_zone, p.date::text as date, p.block_id, p.vehicle_id, v.label, p.replacement_vehicle_id, n.label as replacement_label,
      p.computed_at, p.position_at, p.basis, p.reason, p.cancelled_from_trip_id, p.cancelled_trip_ids, p.stops, own.trips
    from block_prediction p join feed f on f.id = p.feed_id and f.active
    left join vehicle v on v.id = p.vehicle_id
    left join vehicle n on n.id = p.replacement_vehicle_id
    cross join lateral (select extract(epoch from ${now}::timestamptz - ((p.date + time '12:00') at time zone f.time_zone - interval '12 hours'))::integer as s) now_s
    left join lateral (
      select jsonb_agg(jsonb_build_object('tripId', t.id, 'routeId', t.route_id, 'route', coalesce(r.short_name, r.long_name, r.id), 'directionId', t.direction_id,
        'startS', t.start_s, 'endS', t.end_s, 'firstSequence', first.sequence, 'firstStopId', first.stop_id) order by t.start_s, t.id) as trips
      from trip t
      join service_day d on d.feed_id = t.feed_id and d.service_id = t.service_id and d.date = p.date
      join lateral (select st.sequence, st.stop_id from stop_time st where st.feed_id = t.feed_id and st.trip_id = t.id order by st.sequence limit 1) first on true
      left join route r on r.feed_id = t.feed_id and r.id = t.route_id
      where t.feed_id = p.feed_id and t.block_id = p.block_id and t.kind = 'revenue'
        and (t.start_s between now_s.s - ${BEHIND_S} and now_s.s + ${AHEAD_S} or t.id = p.cancelled_from_trip_id or p.cancelled_trip_ids ? t.id)) own on true
    where p.end_at > ${now} and ${feedId === null ? sql`true` : sql`p.feed_id = ${feedId}`}
    order by p.date, p.block_id`.execute(db)
  const name = (vehicleId: string | null, label: string | null): RealtimeVehicleName | null =>
    vehicleId === null ? null : { vehicleId, label: label ?? vehicleId }
  return rows.map((row) => ({
    feedId: row.feed_id,
    timeZone: row.time_zone,
    date: row.date,
    blockId: row.block_id,
    vehicle: name(row.vehicle_id, row.label),
    replacement: name(row.replacement_vehicle_id, row.replacement_label),
    computedAt: row.computed_at,
    positionAt: row.position_at,
    basis: row.basis,
    reason: row.reason,
    cancelledFromTripId: row.cancelled_from_trip_id,
    cancelledTripIds: row.cancelled_trip_ids,
    stops: row.stops.map(predictedStop),
    trips: row.trips ?? [],
  }))
}

/** A vehicle on the road, as the feeds need it. */
export interface RealtimeVehicle extends RealtimeVehicleName {
  latitude: number
  longitude: number
  positionAt: Date
  headingDeg: number | null
  speedKmh: number | null
  odometerM: number | null
  doorsOpen: boolean | null
  passengers: number | null
  passengerPlaces: number | null
  socPercent: number | null
  socAt: Date | null
  /** What it drives; null: nothing that is known. */
  work: {
    tripId: string | null
    /** The last stop of the trip that it has reached. */
    sequence: number | null
    date: string
    blockId: string
  } | null
}

/** Vehicles whose position is not older than `since`, by id. */
export async function realtimeVehicles(db: Db, feedId: string | null, since: Date): Promise<RealtimeVehicle[]> {
  const { rows } = await sql<{
    id: string
    label: string
    latitude: number
    longitude: number
    position_at: Date
    heading_deg: number | null
    speed_kmh: number | null
    odometer_m: number | null
    doors_open: boolean | null
    passengers: number | null
    passenger_places: number | null
    soc_percent: number | null
    soc_at: Date | null
    trip_id: string | null
    stop_sequence: number | null
    date: string | null
    block_id: string | null
  }>`
    select v.id, v.label, v.latitude, v.longitude, v.position_at, v.heading_deg, v.speed_kmh, v.odometer_m, v.doors_open, v.passengers,
      y.passenger_places, v.soc_percent, v.soc_at, p.trip_id, p.stop_sequence, p.date::text as date, p.block_id
    from vehicle v join vehicle_type y on y.id = v.type_id
    left join vehicle_progress p on p.vehicle_id = v.id and p.at >= ${since}
    where v.latitude is not null and v.longitude is not null and v.position_at >= ${since}
      and ${feedId === null ? sql`true` : sql`p.feed_id = ${feedId}`}
    order by v.id`.execute(db)
  return rows.map((row) => ({
    vehicleId: row.id,
    label: row.label,
    latitude: row.latitude,
    longitude: row.longitude,
    positionAt: row.position_at,
    headingDeg: row.heading_deg,
    speedKmh: row.speed_kmh,
    odometerM: row.odometer_m,
    doorsOpen: row.doors_open,
    passengers: row.passengers,
    passengerPlaces: row.passenger_places,
    socPercent: row.soc_percent,
    socAt: row.soc_at,
    work:
      row.date === null || row.block_id === null
        ? null
        : { tripId: row.trip_id, sequence: row.stop_sequence, date: row.date, blockId: row.block_id },
  }))
}
