import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Local days of a site whose roll-ups have to be made anew. */
export interface DirtyDays {
  /** To hand back when they are done. */
  id: number
  siteId: string
  /** Ascending, at most as many as were asked for. */
  dates: string[]
}

/**
 * The next local days that something concerns which came later: a price, a carbon figure, a tariff, a station that went to another site. At most `limit` of
 * one mark; null: nothing is waiting. Only days that hold intervals and are not ahead of `now` count; marks without any are dropped.
 */
export async function nextDirtyDays(db: Db, limit: number, now: Date): Promise<DirtyDays | null> {
  for (;;) {
    const { rows: marks } = await sql<{
      id: number
      site_id: string | null
    }>`select id, site_id from energy_dirty order by id limit 1`.execute(db)
    const mark = marks[0]
    if (mark === undefined) return null
    if (mark.site_id === null) {
      // One mark for each site, so that each is worked off in its own days.
      await sql`with every as (delete from energy_dirty where id = ${mark.id} returning *)
        insert into energy_dirty (site_id, from_at, to_at, reason) select site.id, every.from_at, every.to_at, every.reason from every, site
        where every.from_at < ${now}::timestamptz`.execute(db)
      continue
    }
    const { rows } = await sql<{ date: string }>`
      with mark as (select d.*, s.time_zone from energy_dirty d join site s on s.id = d.site_id where d.id = ${mark.id}),
      held as (select min(start_at) as first_at, max(start_at) as last_at from energy_quarter where site_id = ${mark.site_id}),
      counted as (select min(i.start_at) as first_at, max(i.start_at) as last_at from station st cross join lateral (
        (select i.start_at from energy_interval i where i.station_id = st.id order by i.start_at limit 1)
        union all (select i.start_at from energy_interval i where i.station_id = st.id order by i.start_at desc limit 1)) i
        where st.site_id = ${mark.site_id} and (select from_at from mark) = '-infinity'),
      span as (select greatest(mark.from_at, least(held.first_at, counted.first_at)) as from_at,
        least(mark.to_at, greatest(held.last_at, counted.last_at) + interval '1 second', ${now}::timestamptz) as to_at, mark.time_zone from mark, held, counted)
      select day::date as date from span cross join lateral generate_series((span.from_at at time zone span.time_zone)::date::timestamp,
        (span.to_at at time zone span.time_zone)::date::timestamp, interval '1 day') as day where span.from_at < span.to_at order by 1 limit ${limit}`.execute(
      db,
    )
    if (rows.length > 0) return { id: mark.id, siteId: mark.site_id, dates: rows.map((row) => row.date) }
    await db.deleteFrom('energy_dirty').where('id', '=', mark.id).execute()
  }
}

/** Takes days off their mark, from the first on. */
export async function noteDaysDone(db: Db, days: DirtyDays): Promise<void> {
  const last = days.dates.at(-1)
  if (last === undefined) return
  await sql`update energy_dirty d set from_at = (${last}::date + 1)::timestamp at time zone s.time_zone from site s
    where d.id = ${days.id} and s.id = d.site_id`.execute(db)
  await sql`delete from energy_dirty where id = ${days.id} and from_at >= to_at`.execute(db)
}
