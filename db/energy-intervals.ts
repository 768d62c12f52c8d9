import { sql, type RawBuilder } from 'kysely'
import type { Db } from './database.ts'
import { arrayParameter } from './array-parameter.ts'

/** Energy of one quarter hour at one EVSE in one session. */
export interface EnergyInterval {
  stationId: string
  evseId: number
  startAt: Date
  /** 0: outside any session. */
  sessionNumber: number
  energyWh: number
  vehicleId: string | null
  complete: boolean
}

/** A quarter hour of an EVSE of which something changed. */
export interface TouchedInterval {
  stationId: string
  evseId: number
  startAt: Date
}

/**
 * Puts the intervals of these sessions in place of those that stand; what is the same stays unwritten. The sessions' intervals, old and new, lie in
 * `[from, to]`. Returns what changed.
 */
export function replaceSessionIntervals(
  db: Db,
  sessionNumbers: readonly number[],
  span: { from: Date; to: Date },
  intervals: readonly EnergyInterval[],
): Promise<TouchedInterval[]> {
  return replace(
    db,
    intervals,
    sql`select i.station_id, i.evse_id, i.start_at, i.session_number from energy_interval i
      where i.session_number = any(${[...sessionNumbers]}::int[]) and i.session_number > 0 and i.start_at >= ${span.from}::timestamptz and i.start_at <= ${span.to}::timestamptz`,
  )
}

/** The same of what flowed outside sessions at some EVSEs, each over its own span, from inclusive, to exclusive. */
export function replaceOutsideIntervals(
  db: Db,
  spans: readonly { stationId: string; evseId: number; from: Date; to: Date }[],
  intervals: readonly EnergyInterval[],
): Promise<TouchedInterval[]> {
  return replace(
    db,
    intervals,
    sql`select i.station_id, i.evse_id, i.start_at, i.session_number
      from unnest(${arrayParameter(spans.map((one) => one.stationId))}::text[], ${arrayParameter(spans.map((one) => one.evseId))}::int[],
        ${arrayParameter(spans.map((one) => one.from.toISOString()))}::timestamptz[], ${arrayParameter(spans.map((one) => one.to.toISOString()))}::timestamptz[])
        as span(station_id, evse_id, from_at, to_at)
      cross join lateral (select * from energy_interval e where e.station_id = span.station_id and e.evse_id = span.evse_id and e.start_at >= span.from_at
        and e.start_at < span.to_at and e.session_number = 0 offset 0) i`,
  )
}

async function replace(
  db: Db,
  intervals: readonly EnergyInterval[],
  standing: RawBuilder<unknown>,
): Promise<TouchedInterval[]> {
  const { rows } = await sql<{ station_id: string; evse_id: number; start_at: Date }>`
    with wanted as materialized (select * from unnest(
      ${arrayParameter(intervals.map((one) => one.stationId))}::text[], ${arrayParameter(intervals.map((one) => one.evseId))}::int[],
      ${arrayParameter(intervals.map((one) => one.startAt.toISOString()))}::timestamptz[], ${arrayParameter(intervals.map((one) => one.sessionNumber))}::int[],
      ${arrayParameter(intervals.map((one) => one.energyWh))}::int[], ${arrayParameter(intervals.map((one) => one.vehicleId))}::text[],
      ${intervals.map((one) => one.complete)}::boolean[]) as w(station_id, evse_id, start_at, session_number, energy_wh, vehicle_id, complete)),
    stale as materialized (select s.* from (${standing}) s where not exists (select from wanted w where w.station_id = s.station_id
      and w.evse_id = s.evse_id and w.start_at = s.start_at and w.session_number = s.session_number)),
    gone as (delete from energy_interval i using stale s where i.station_id = s.station_id and i.evse_id = s.evse_id and i.start_at = s.start_at
      and i.session_number = s.session_number returning i.station_id, i.evse_id, i.start_at),
    put as (insert into energy_interval as i (station_id, evse_id, start_at, session_number, energy_wh, vehicle_id, complete) select * from wanted
      on conflict (station_id, evse_id, start_at, session_number) do update set energy_wh = excluded.energy_wh, vehicle_id = excluded.vehicle_id,
        complete = excluded.complete
      where (i.energy_wh, i.vehicle_id, i.complete) is distinct from (excluded.energy_wh, excluded.vehicle_id, excluded.complete)
      returning i.station_id, i.evse_id, i.start_at)
    select * from gone union all select * from put`.execute(db)
  return rows.map((row) => ({ stationId: row.station_id, evseId: row.evse_id, startAt: row.start_at }))
}
