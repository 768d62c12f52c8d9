import { sql } from 'kysely'
import type { Db } from './database.ts'

/** The highest quarter-hour mean import of a site in a month (`YYYY-MM-01`) so far; null when none is known. */
export async function monthlyPeak(db: Db, siteId: string, month: string): Promise<number | null> {
  const row = await db
    .selectFrom('monthly_peak')
    .select('peak_w')
    .where('site_id', '=', siteId)
    .where('month', '=', month)
    .executeTakeFirst()
  return row?.peak_w ?? null
}

/**
 * Finds the peaks of the months anew in which one of these quarter hours reaches the peak that stands, or was it and is now lower. Of equals the first is the peak. The import is what the chargers drew and
 * the base load. Reads a month's quarter hours only then.
 */
export async function refreshPeaks(
  db: Db,
  quarters: readonly { siteId: string; startAt: Date; energyWh: number | null }[],
): Promise<void> {
  if (quarters.length === 0) return
  await sql`with changed as (
      select r.site_id, r.start_at, site.time_zone, date_trunc('month', r.start_at at time zone site.time_zone)::date as month,
        r.energy_wh * 4 + base_load_w_in(r.site_id, extract(month from r.start_at at time zone site.time_zone)::int, extract(hour from r.start_at at time zone site.time_zone)::int) as power_w
      from unnest(${quarters.map((one) => one.siteId)}::text[], ${quarters.map((one) => one.startAt.toISOString())}::timestamptz[],
        ${quarters.map((one) => one.energyWh)}::bigint[]) as r(site_id, start_at, energy_wh) join site on site.id = r.site_id),
    concerned as materialized (select distinct c.site_id, c.month, c.time_zone from changed c left join monthly_peak p on p.site_id = c.site_id and p.month = c.month
      where p.site_id is null or c.power_w > p.peak_w or p.at = c.start_at or (c.power_w = p.peak_w and c.start_at < p.at)),
    hour as materialized (select c.site_id, c.month, h, base_load_w_in(c.site_id, extract(month from c.month)::int, h) as base_w from concerned c cross join generate_series(0, 23) as h),
    highest as (select c.site_id, c.month, q.start_at, q.power_w as peak_w
      from concerned c cross join lateral (select e.start_at, e.energy_wh * 4 + hour.base_w as power_w from energy_quarter e
        join hour on hour.site_id = c.site_id and hour.month = c.month and hour.h = extract(hour from e.start_at at time zone c.time_zone)
        where e.site_id = c.site_id and e.energy_wh > 0
        and e.start_at >= c.month::timestamp at time zone c.time_zone and e.start_at < (c.month + interval '1 month') at time zone c.time_zone
        order by power_w desc, e.start_at limit 1) q),
    gone as (delete from monthly_peak p using concerned c where p.site_id = c.site_id and p.month = c.month
      and not exists (select from highest h where h.site_id = p.site_id and h.month = p.month))
    insert into monthly_peak as p (site_id, month, peak_w, at) select site_id, month, peak_w, start_at from highest
    on conflict (site_id, month) do update set peak_w = excluded.peak_w, at = excluded.at`.execute(db)
}

/** Who drew what in the quarter hour of a site that begins at `startAt`, the most first. The base load is not among them. */
export interface PeakContributor {
  stationId: string
  evseId: number
  sessionNumber: number | null
  vehicleId: string | null
  energyWh: number
  /** Mean over the quarter hour. */
  powerW: number
}

export async function peakContributors(db: Db, siteId: string, startAt: Date): Promise<PeakContributor[]> {
  const rows = await db
    .selectFrom('counted_interval')
    .select(['station_id', 'evse_id', 'session_number', 'vehicle_id', 'energy_wh'])
    .where('site_id', '=', siteId)
    .where('start_at', '=', startAt)
    .where('energy_wh', '<>', 0)
    .orderBy('energy_wh', 'desc')
    .orderBy('station_id')
    .orderBy('evse_id')
    .orderBy('session_number')
    .execute()
  return rows.map((row) => ({
    stationId: row.station_id,
    evseId: row.evse_id,
    sessionNumber: row.session_number === 0 ? null : row.session_number,
    vehicleId: row.vehicle_id,
    energyWh: row.energy_wh,
    powerW: row.energy_wh * 4,
  }))
}
