import { sql } from 'kysely'
import { json, type Db } from './database.ts'

/** Whose data a timetable is, and on what terms. */
export interface FeedAttribution {
  publisher: string | null
  /** An SPDX name, or words. */
  licence: string | null
  url: string | null
  /** What must be shown with the data. */
  text: string | null
}

export const NO_ATTRIBUTION: FeedAttribution = { publisher: null, licence: null, url: null, text: null }

/** What a timetable says of itself in feed_info.txt. */
export interface FeedInfo {
  publisher: string | null
  url: string | null
  version: string | null
}

const nameOf = (feedId: string): string => `feedAttribution:${feedId}`
const infoNameOf = (feedId: string): string => `feedInfo:${feedId}`

/** What was entered for a timetable, else what it says of itself. What was entered outlives a new import of the same timetable. */
export async function feedAttribution(db: Db, feedId: string): Promise<FeedAttribution> {
  const rows = await db
    .selectFrom('setting')
    .select(['name', 'value'])
    .where('name', 'in', [nameOf(feedId), infoNameOf(feedId)])
    .execute()
  const valueOf = (name: string): unknown => rows.find((row) => row.name === name)?.value
  return joined(valueOf(infoNameOf(feedId)), valueOf(nameOf(feedId)))
}

function joined(info: unknown, entered: unknown): FeedAttribution {
  const { publisher = null, url = null } = (info ?? {}) as Partial<FeedInfo>
  return { ...NO_ATTRIBUTION, publisher, url, ...(entered as Partial<FeedAttribution> | undefined) }
}

/** Keeps what a timetable says of itself, in place of what its earlier version said. */
export async function noteFeedInfo(db: Db, feedId: string, info: FeedInfo): Promise<void> {
  await sql`insert into setting (name, value) values (${infoNameOf(feedId)}, ${json(info)}::jsonb)
    on conflict (name) do update set value = excluded.value`.execute(db)
}

/** The version of a timetable as its publisher calls it; without `feedId` of the only one in use. null: unknown, or there are several. */
export async function feedVersion(db: Db, feedId: string | null): Promise<string | null> {
  const { rows } = await sql<{ version: string | null }>`
    select s.value ->> 'version' as version from feed f left join setting s on s.name = 'feedInfo:' || f.id
    where f.active and ${feedId === null ? sql`true` : sql`f.id = ${feedId}`} limit 2`.execute(db)
  return rows.length === 1 ? (rows[0]?.version ?? null) : null
}

/** Keeps it. Returns whether there is such a timetable. */
export async function putFeedAttribution(db: Db, feedId: string, attribution: FeedAttribution): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into setting (name, value)
    select ${nameOf(feedId)}::text, ${json(attribution)}::jsonb from feed where id = ${feedId}
    on conflict (name) do update set value = excluded.value`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

export interface FeedView {
  feedId: string
  timeZone: string
  startDate: string | null
  endDate: string | null
  importedAt: Date
  attribution: FeedAttribution
}

/** The timetables in use, by id. */
export async function activeFeeds(db: Db): Promise<FeedView[]> {
  const { rows } = await sql<{
    id: string
    time_zone: string
    start_date: string | null
    end_date: string | null
    imported_at: Date
    info: Partial<FeedInfo> | null
    attribution: Partial<FeedAttribution> | null
  }>`
    select f.id, f.time_zone, f.start_date::text as start_date, f.end_date::text as end_date, f.imported_at, i.value as info, s.value as attribution
    from feed f left join setting s on s.name = 'feedAttribution:' || f.id left join setting i on i.name = 'feedInfo:' || f.id
    where f.active order by f.id`.execute(db)
  return rows.map((row) => ({
    feedId: row.id,
    timeZone: row.time_zone,
    startDate: row.start_date,
    endDate: row.end_date,
    importedAt: row.imported_at,
    attribution: joined(row.info, row.attribution ?? undefined),
  }))
}
