import { sql, type RawBuilder } from 'kysely'
import { addDays } from '../../domain/service-time.ts'
import { localMidnight } from '../../domain/tariff/local-clock.ts'
import type { Db } from '../database.ts'
import type { DayBucket, DayGroup, DaySpan } from './energy-sums.ts'

export interface SessionCount {
  key: string
  bucket: string | null
  sessions: number
}

type CountedGroup = Exclude<DayGroup, 'line' | 'block'>

/** Parts of a session that was cut count once. */
const SESSIONS = sql`charging_session s join station on station.id = s.station_id join site on site.id = station.site_id
  left join session_energy e on e.session_number = s.number and e.continues_number is not null`

/**
 * How many charging sessions began on the local days of each one's site, by group and bucket. Days and months are cut at their first instants, once for each time zone: to
 * ask the clock of every session anew took as long as all the rest.
 */
export async function sessionCounts(
  db: Db,
  span: DaySpan,
  group: CountedGroup,
  bucket: DayBucket,
): Promise<SessionCount[]> {
  const grain = group === 'day' || group === 'month' ? group : bucket
  const starts = startsOf(span, grain)
  const labels = starts.map((date) => (grain === 'month' ? date.slice(0, 7) : grain === 'day' ? date : null))
  const key: Record<CountedGroup, RawBuilder<unknown>> = {
    vehicle: sql`coalesce(s.vehicle_id, '')`,
    type: sql`coalesce(v.type_id, '')`,
    station: sql`s.station_id`,
    site: sql`site.id`,
    day: sql`''`,
    month: sql`''`,
  }
  const zones = await db
    .selectFrom('site')
    .select('time_zone')
    .distinct()
    .$if(span.siteId !== null, (query) => query.where('id', '=', span.siteId ?? ''))
    .execute()
  const sums = new Map<string, SessionCount>()
  for (const { time_zone: zone } of zones) {
    const cuts = starts.map((date) => localMidnight(date, zone).toISOString())
    const { rows } = await sql<{ key: string; part: number; sessions: number }>`
      select ${key[group]} as key, width_bucket(s.started_at, ${cuts}::timestamptz[]) as part, count(*)::int as sessions
      from ${SESSIONS} ${group === 'type' ? sql`left join vehicle v on v.id = s.vehicle_id` : sql``}
      where s.started_at >= ${localMidnight(span.from, zone)}::timestamptz and s.started_at < ${localMidnight(span.to, zone)}::timestamptz
        and e.session_number is null and site.time_zone = ${zone} and (${span.siteId}::text is null or site.id = ${span.siteId}::text)
      group by 1, 2`.execute(db)
    for (const row of rows) {
      const label = labels[row.part - 1] ?? null
      const own = group === 'day' || group === 'month' ? (label ?? '') : row.key
      const name = `${label} ${own}`
      const sum = sums.get(name) ?? { key: own, bucket: bucket === 'none' ? null : label, sessions: 0 }
      sum.sessions += row.sessions
      sums.set(name, sum)
    }
  }
  return [...sums.values()]
}

/** How many began at each hour of their site's local days, `00` to `23`. */
export async function sessionsByHour(
  db: Db,
  span: { from: Date; to: Date; siteId: string | null },
): Promise<SessionCount[]> {
  const { rows } = await sql<{ key: string; sessions: number }>`
    select to_char(s.started_at at time zone site.time_zone, 'HH24') as key, count(*)::int as sessions from ${SESSIONS}
    where s.started_at >= ${span.from}::timestamptz and s.started_at < ${span.to}::timestamptz and e.session_number is null
      and (${span.siteId}::text is null or site.id = ${span.siteId}::text)
    group by 1`.execute(db)
  return rows.map((row) => ({ ...row, bucket: null }))
}

/** The first days of the parts of a span, ascending. */
function startsOf({ from, to }: DaySpan, grain: DayBucket): string[] {
  const starts = [from]
  if (grain === 'none') return starts
  for (let date = addDays(from, 1); date < to; date = addDays(date, 1))
    if (grain === 'day' || date.endsWith('-01')) starts.push(date)
  return starts
}
