import { sql } from 'kysely'
import type { Db, Tx } from './database.ts'

/** A stop that a vehicle was seen to reach or leave; null: not seen. */
export interface StopPassage {
  date: string
  feedId: string
  tripId: string
  sequence: number
  vehicleId: string
  blockId: string
  stopId: string
  arrivedAt: Date | null
  departedAt: Date | null
  scheduledArrivalAt: Date
  scheduledDepartureAt: Date
  fromStopId: string | null
  travelS: number | null
  dwellS: number | null
  /** How long after its scheduled departure it left, where it had waited for it. */
  heldS: number | null
}

/** Stores passages; what is already known of a stop is completed, so a stop reached in one run and left in the next is one row. */
export async function storePassages(db: Db | Tx, rows: readonly StopPassage[], at: Date): Promise<void> {
  if (rows.length === 0) return
  // One statement cannot write a row twice: what was reached and left in one run is joined first.
  const joined = new Map<string, StopPassage>()
  for (const row of rows) {
    const key = `${row.date} ${row.feedId} ${row.tripId} ${row.sequence} ${row.vehicleId}`
    const known = joined.get(key)
    joined.set(key, known === undefined ? row : together(known, row))
  }
  const all = [...joined.values()]
  await sql`insert into stop_passage (date, feed_id, trip_id, sequence, vehicle_id, block_id, stop_id, arrived_at, departed_at, scheduled_arrival_at,
      scheduled_departure_at, from_stop_id, travel_s, dwell_s, held_s, recorded_at)
    select r.*, ${at}::timestamptz from unnest(${all.map((row) => row.date)}::date[], ${all.map((row) => row.feedId)}::text[],
      ${all.map((row) => row.tripId)}::text[], ${all.map((row) => row.sequence)}::integer[], ${all.map((row) => row.vehicleId)}::text[],
      ${all.map((row) => row.blockId)}::text[], ${all.map((row) => row.stopId)}::text[], ${all.map((row) => row.arrivedAt)}::timestamptz[],
      ${all.map((row) => row.departedAt)}::timestamptz[], ${all.map((row) => row.scheduledArrivalAt)}::timestamptz[],
      ${all.map((row) => row.scheduledDepartureAt)}::timestamptz[], ${all.map((row) => row.fromStopId)}::text[],
      ${all.map((row) => row.travelS)}::integer[], ${all.map((row) => row.dwellS)}::integer[], ${all.map((row) => row.heldS)}::integer[]) as r
    on conflict (date, feed_id, trip_id, sequence, vehicle_id) do update set arrived_at = coalesce(stop_passage.arrived_at, excluded.arrived_at),
      departed_at = coalesce(excluded.departed_at, stop_passage.departed_at), travel_s = coalesce(stop_passage.travel_s, excluded.travel_s),
      dwell_s = coalesce(excluded.dwell_s, stop_passage.dwell_s), held_s = coalesce(excluded.held_s, stop_passage.held_s)`.execute(
    db,
  )
}

/** A stop that was reached, and then left. */
function together(a: StopPassage, b: StopPassage): StopPassage {
  return {
    ...a,
    arrivedAt: a.arrivedAt ?? b.arrivedAt,
    departedAt: b.departedAt ?? a.departedAt,
    travelS: a.travelS ?? b.travelS,
    dwellS: b.dwellS ?? a.dwellS,
    heldS: b.heldS ?? a.heldS,
  }
}

/** A way or a wait that was seen and not yet learned from. `fromStopId` equal to `stopId`: how late (`travelS`) it left where it had waited for its time. */
export interface UnlearnedPassage {
  feedId: string
  date: string
  fromStopId: string
  stopId: string
  at: Date
  travelS: number | null
  dwellS: number | null
}

/**
 * Takes passages to learn from, oldest first, and marks them, in the caller's transaction; a stop is taken once it was left (or, should that never be seen, after
 * ten minutes), so that its dwell is learned with it.
 */
export async function takeUnlearned(
  tx: Tx,
  at: Date,
  most: number,
): Promise<{ taken: number; passages: UnlearnedPassage[] }> {
  const waited = new Date(at.getTime() - 10 * 60_000)
  const { rows } = await sql<{
    feed_id: string
    date: string
    from_stop_id: string | null
    stop_id: string
    arrived_at: Date | null
    departed_at: Date | null
    travel_s: number | null
    dwell_s: number | null
    held_s: number | null
  }>`
    with due as (
      select date, feed_id, trip_id, sequence, vehicle_id from stop_passage
      where not learned and (departed_at is not null or recorded_at < ${waited}) order by recorded_at limit ${most} for update skip locked)
    update stop_passage p set learned = true from due
    where p.date = due.date and p.feed_id = due.feed_id and p.trip_id = due.trip_id and p.sequence = due.sequence and p.vehicle_id = due.vehicle_id
    returning p.feed_id, p.date, p.from_stop_id, p.stop_id, p.arrived_at, p.departed_at, p.travel_s, p.dwell_s, p.held_s`.execute(
    tx,
  )
  const passages = rows.flatMap((row): UnlearnedPassage[] => {
    const common = { feedId: row.feed_id, date: row.date, stopId: row.stop_id }
    const found: UnlearnedPassage[] = []
    if (row.held_s !== null && row.departed_at !== null) {
      found.push({ ...common, fromStopId: row.stop_id, at: row.departed_at, travelS: row.held_s, dwellS: null })
    }
    const arrived = row.arrived_at ?? row.departed_at
    if (row.from_stop_id !== null && arrived !== null && (row.travel_s !== null || row.dwell_s !== null)) {
      const at = new Date(arrived.getTime() - (row.travel_s ?? 0) * 1000)
      found.push({ ...common, fromStopId: row.from_stop_id, at, travelS: row.travel_s, dwellS: row.dwell_s })
    }
    return found
  })
  return { taken: rows.length, passages }
}
