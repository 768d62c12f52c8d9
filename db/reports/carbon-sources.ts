import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** The carbon series that sites' tariffs go by and that have values in `[from, to)`, with where these come from. */
export async function carbonSources(
  db: Db,
  from: Date,
  to: Date,
): Promise<{ siteId: string; series: string; source: string }[]> {
  const { rows } = await sql<{ siteId: string; series: string; source: string }>`
    with named as (
      select id as site_id, coalesce(tariff->>'carbonSeries', tariff->>'series') as series from site
      union select site_id, coalesce(tariff->>'carbonSeries', tariff->>'series') from site_tariff)
    select n.site_id as "siteId", n.series, string_agg(distinct c.source, ', ' order by c.source) as source
    from named n join carbon_slot c on c.series = n.series and c.start_at < ${to} and c.end_at > ${from}
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}
