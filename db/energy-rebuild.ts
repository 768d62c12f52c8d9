import { sql } from 'kysely'
import type { Db } from './database.ts'
import { rollUpDays, rollUpQuarters, type EvseDay, type QuarterChange } from './energy-roll-ups.ts'

/** Makes the roll-ups of a site's local day anew from its intervals, whatever stood there. Returns the quarter hours that changed. */
export function rebuildDay(db: Db, siteId: string, date: string): Promise<QuarterChange[]> {
  return db.transaction().execute(async (tx) => {
    const { rows: quarters } = await sql<{
      start_at: Date
    }>`select start_at from site cross join lateral generate_series(
        ${date}::date::timestamp at time zone site.time_zone, (${date}::date + 1)::timestamp at time zone site.time_zone - interval '1 second', interval '15 minutes')
        as quarter(start_at) where site.id = ${siteId}`.execute(tx)
    const changes = await rollUpQuarters(
      tx,
      quarters.map((row) => ({ siteId, startAt: row.start_at })),
    )
    const first = quarters[0]?.start_at
    const last = quarters.at(-1)?.start_at
    if (first === undefined || last === undefined) return changes
    const { rows: days } = await sql<{ station_id: string; evse_id: number }>`
      select distinct i.station_id, i.evse_id from energy_interval i join station s on s.id = i.station_id
        where s.site_id = ${siteId} and i.start_at >= ${first}::timestamptz and i.start_at <= ${last}::timestamptz
      union select station_id, evse_id from energy_day where site_id = ${siteId} and date = ${date}::date`.execute(tx)
    const ofEvses: EvseDay[] = days.map((row) => ({ siteId, date, stationId: row.station_id, evseId: row.evse_id }))
    await rollUpDays(tx, ofEvses)
    return changes
  })
}

/** The local dates of each site from its first interval to its last, cut to `[from, to]`. */
export async function datesWithEnergy(
  db: Db,
  span: { from: string | null; to: string | null },
): Promise<{ siteId: string; date: string }[]> {
  const { rows } = await sql<{ site_id: string; date: string }>`
    with held as (select s.site_id, min(i.start_at) as first_at, max(i.start_at) as last_at from energy_interval i join station s on s.id = i.station_id
      where s.site_id is not null group by s.site_id),
    rolled as (select site_id, min(start_at) as first_at, max(start_at) as last_at from energy_quarter group by site_id),
    span as (select site.id, site.time_zone, least(held.first_at, rolled.first_at) as first_at, greatest(held.last_at, rolled.last_at) as last_at
      from site left join held on held.site_id = site.id left join rolled on rolled.site_id = site.id)
    select span.id as site_id, day::date as date from span cross join lateral generate_series(
      greatest((span.first_at at time zone span.time_zone)::date, ${span.from}::date)::timestamp,
      least((span.last_at at time zone span.time_zone)::date, ${span.to}::date)::timestamp, interval '1 day') as day order by 1, 2`.execute(
    db,
  )
  return rows.map((row) => ({ siteId: row.site_id, date: row.date }))
}
