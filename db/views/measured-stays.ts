import { sql } from 'kysely'
import type { MeasuredStay } from '../../domain/plan-history.ts'
import { arrayParameter } from '../array-parameter.ts'
import type { Db } from '../database.ts'

/** A vehicle's time at a site, from when on what it charges counts until it was to leave. */
export interface Stay {
  vehicleId: string
  fromAt: Date
  departAt: Date
}

/** What was measured of a stay, and when its cable was drawn. */
export interface SeenStay extends MeasuredStay {
  /** All that it drew has been counted. */
  complete: boolean
  /** When its last session that began before ended; null: not known, or still going on. */
  unpluggedAt: Date | null
}

/** Less than this in a quarter hour is what a full battery and a charger take for themselves. */
const CHARGING_WH = 250
/** A cable that was drawn earlier or later has nothing to do with the departure. */
const UNPLUGGED_BEFORE = '12 hours'
const UNPLUGGED_AFTER = '3 hours'

/** What was measured of each stay at a site until it was to end, in their order: whoever charges on after that was not ready in time. */
export async function measuredStays(db: Db, siteId: string, stays: readonly Stay[]): Promise<SeenStay[]> {
  if (stays.length === 0) return []
  const { rows } = await sql<{
    energy_wh: number | null
    charged_until: Date | null
    complete: boolean | null
    unplugged_at: Date | null
    soc_percent: number | null
    soc_at: Date | null
  }>`
    select e.energy_wh::float8 as energy_wh, e.charged_until, e.complete, u.unplugged_at, s.soc_percent, s.at as soc_at
    from unnest(${arrayParameter(stays.map((one) => one.vehicleId))}::text[], ${arrayParameter(stays.map((one) => one.fromAt.toISOString()))}::timestamptz[],
      ${arrayParameter(stays.map((one) => one.departAt.toISOString()))}::timestamptz[]) with ordinality as t(vehicle_id, from_at, depart_at, n)
    cross join lateral (
      select (select case when x.ended_at between t.depart_at - ${sql.lit(UNPLUGGED_BEFORE)}::interval and t.depart_at + ${sql.lit(UNPLUGGED_AFTER)}::interval
          then x.ended_at end
        from charging_session x join station on station.id = x.station_id and station.site_id = ${siteId}::text
        where x.vehicle_id = t.vehicle_id and x.started_at < t.depart_at and x.started_at > t.from_at - interval '3 days' and not x.orphan
          and (x.ended_at is null or x.ended_at > t.from_at)
        order by x.started_at desc limit 1) as unplugged_at offset 0) u
    cross join lateral (
      select sum(i.energy_wh) as energy_wh, bool_and(i.complete) as complete,
        max(i.start_at + interval '15 minutes') filter (where i.energy_wh >= ${sql.lit(CHARGING_WH)}) as charged_until
      from energy_interval i join station on station.id = i.station_id and station.site_id = ${siteId}::text
      where i.vehicle_id = t.vehicle_id and i.start_at >= to_timestamp(floor(extract(epoch from t.from_at) / 900) * 900)
        and i.start_at < t.depart_at offset 0) e
    left join lateral (
      select v.soc_percent, v.at from vehicle_soc v
      where v.vehicle_id = t.vehicle_id and v.at >= t.from_at and v.at <= t.depart_at
      order by v.at desc limit 1 offset 0) s on true
    order by t.n`.execute(db)
  return rows.map((row) => ({
    energyWh: row.energy_wh,
    chargedUntil: row.charged_until,
    socPercent: row.soc_percent,
    socAt: row.soc_at,
    complete: row.complete ?? true,
    unpluggedAt: row.unplugged_at,
  }))
}
