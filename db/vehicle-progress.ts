import { sql } from 'kysely'
import type { JsonObject } from '../domain/command.ts'
import { json, type Db, type Tx } from './database.ts'
import { arrayParameter } from './array-parameter.ts'

/** A vehicle as predicting its arrivals needs it, with what was made of its last position. */
export interface VehicleOnTheRoad {
  vehicleId: string
  label: string
  siteId: string
  typeId: string
  socPercent: number | null
  socAt: Date | null
  latitude: number | null
  longitude: number | null
  positionAt: Date | null
  delaySeconds: number | null
  delayAt: Date | null
  /** null: it was never followed. */
  progress: VehicleProgress | null
}

export interface VehicleProgress {
  vehicleId: string
  feedId: string
  blockId: string
  date: string
  tripId: string | null
  stopSequence: number | null
  deviationS: number | null
  at: Date | null
  source: 'position' | 'told' | 'none'
  positionAt: Date | null
  toldAt: Date | null
  state: JsonObject | null
}

/** News older than this is not followed up: the vehicle may be anywhere. */
const NEWS_FOR_MS = 30 * 60_000

/** Vehicles whose newest position, or told delay, has not been taken into account. */
export async function vehiclesWithNews(db: Db, at: Date): Promise<string[]> {
  const since = new Date(at.getTime() - NEWS_FOR_MS)
  const { rows } = await sql<{
    id: string
  }>`select v.id from vehicle v left join vehicle_progress p on p.vehicle_id = v.id
    where v.in_service and ((v.position_at > ${since} and (p.position_at is null or v.position_at > p.position_at))
      or (v.delay_at > ${since} and (p.told_at is null or v.delay_at > p.told_at)))`.execute(db)
  return rows.map((row) => row.id)
}

/** Vehicles in service by id, with their progress. */
export async function vehiclesOnTheRoad(db: Db, vehicleIds: readonly string[]): Promise<VehicleOnTheRoad[]> {
  const rows = await db
    .selectFrom('vehicle as v')
    .leftJoin('vehicle_progress as p', 'p.vehicle_id', 'v.id')
    .where(sql<boolean>`v.id = any(${[...vehicleIds]}::text[])`)
    .where('v.in_service', '=', true)
    .select([
      'v.id',
      'v.label',
      'v.site_id',
      'v.type_id',
      'v.soc_percent',
      'v.soc_at',
      'v.latitude',
      'v.longitude',
      'v.position_at',
      'v.delay_seconds',
      'v.delay_at',
      'p.vehicle_id as followed',
      'p.feed_id',
      'p.block_id',
      'p.date',
      'p.trip_id',
      'p.stop_sequence',
      'p.deviation_s',
      'p.at',
      'p.source',
      'p.position_at as seen_at',
      'p.told_at',
      'p.state',
    ])
    .execute()
  return rows.map((row) => ({
    vehicleId: row.id,
    label: row.label,
    siteId: row.site_id,
    typeId: row.type_id,
    socPercent: row.soc_percent,
    socAt: row.soc_at,
    latitude: row.latitude,
    longitude: row.longitude,
    positionAt: row.position_at,
    delaySeconds: row.delay_seconds,
    delayAt: row.delay_at,
    progress:
      row.followed === null || row.feed_id === null || row.block_id === null || row.date === null
        ? null
        : {
            vehicleId: row.id,
            feedId: row.feed_id,
            blockId: row.block_id,
            date: row.date,
            tripId: row.trip_id,
            stopSequence: row.stop_sequence,
            deviationS: row.deviation_s,
            at: row.at,
            source: row.source ?? 'none',
            positionAt: row.seen_at,
            toldAt: row.told_at,
            state: row.state,
          },
  }))
}

export interface StoredFix {
  vehicleId: string
  at: Date
  latitude: number
  longitude: number
}

/**
 * Positions told since each vehicle's own instant, ascending; at most `most` of a vehicle, the newest. A clock that runs ahead is set back to when the
 * position was received.
 */
export async function positionsSince(
  db: Db,
  vehicles: readonly { vehicleId: string; since: Date }[],
  most: number,
): Promise<StoredFix[]> {
  if (vehicles.length === 0) return []
  const earliest = new Date(Math.min(...vehicles.map((one) => one.since.getTime())))
  const { rows } = await sql<{ vehicle_id: string; at: Date; latitude: number; longitude: number }>`
    select t.* from unnest(${vehicles.map((one) => one.vehicleId)}::text[], ${vehicles.map((one) => one.since)}::timestamptz[]) as w(v, since),
    lateral (select vehicle_id, least(at, received_at) as at, latitude, longitude from telemetry
      where vehicle_id = w.v and telemetry.at > w.since and telemetry.at > ${earliest} and latitude is not null and longitude is not null
      order by telemetry.at desc limit ${most}) t
    order by t.vehicle_id, t.at`.execute(db)
  return rows.map((row) => ({
    vehicleId: row.vehicle_id,
    at: row.at,
    latitude: row.latitude,
    longitude: row.longitude,
  }))
}

/** Stores where vehicles were last seen. */
export async function storeProgress(db: Db | Tx, rows: readonly VehicleProgress[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into vehicle_progress (vehicle_id, feed_id, block_id, date, trip_id, stop_sequence, deviation_s, at, source, position_at, told_at, state)
    select v, f, b, d, t, q, s, a, o, p, l, j::jsonb from unnest(${rows.map((row) => row.vehicleId)}::text[], ${rows.map((row) => row.feedId)}::text[],
      ${rows.map((row) => row.blockId)}::text[], ${rows.map((row) => row.date)}::date[], ${rows.map((row) => row.tripId)}::text[],
      ${rows.map((row) => row.stopSequence)}::integer[], ${rows.map((row) => row.deviationS)}::integer[], ${rows.map((row) => row.at)}::timestamptz[],
      ${rows.map((row) => row.source)}::text[], ${rows.map((row) => row.positionAt)}::timestamptz[], ${rows.map((row) => row.toldAt)}::timestamptz[],
      ${arrayParameter(rows.map((row) => (row.state === null ? null : json(row.state))))}::text[]) as r(v, f, b, d, t, q, s, a, o, p, l, j)
    on conflict (vehicle_id) do update set feed_id = excluded.feed_id, block_id = excluded.block_id, date = excluded.date, trip_id = excluded.trip_id,
      stop_sequence = excluded.stop_sequence, deviation_s = excluded.deviation_s, at = excluded.at, source = excluded.source,
      position_at = excluded.position_at, told_at = excluded.told_at, state = excluded.state`.execute(db)
}
