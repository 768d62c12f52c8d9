import { sql } from 'kysely'
import type { Db, Tx } from './database.ts'

/** One row of `travel_time`; see `scheduler/arrivals/travel-times.ts` for what its figures mean. */
export interface StoredTravelTime {
  fromStopId: string
  toStopId: string
  bucket: number
  meanS: number
  variance: number
  n: number
  days: number
  lastDate: string
  filteredS: number
  filteredVariance: number
  dwellMeanS: number | null
  dwellVariance: number | null
  dwellN: number
  recentRatio: number | null
  recentAt: Date | null
}

/** What is known of a feed's stop pairs, in some buckets, of all pairs or of those named. */
export async function travelTimes(
  db: Db | Tx,
  feedId: string,
  buckets: readonly number[],
  pairs: readonly { fromStopId: string; toStopId: string }[] | null = null,
): Promise<StoredTravelTime[]> {
  const rows = await db
    .selectFrom('travel_time')
    .selectAll()
    .where('feed_id', '=', feedId)
    .where(sql<boolean>`bucket = any(${[...buckets]}::smallint[])`)
    .$if(pairs !== null, (query) =>
      query.where(
        sql<boolean>`(from_stop_id, to_stop_id) in (select * from unnest(${(pairs ?? []).map((pair) => pair.fromStopId)}::text[],
          ${(pairs ?? []).map((pair) => pair.toStopId)}::text[]))`,
      ),
    )
    .execute()
  return rows.map((row) => ({
    fromStopId: row.from_stop_id,
    toStopId: row.to_stop_id,
    bucket: row.bucket,
    meanS: row.mean_s,
    variance: row.variance,
    n: row.n,
    days: row.days,
    lastDate: row.last_date,
    filteredS: row.filtered_s,
    filteredVariance: row.filtered_variance,
    dwellMeanS: row.dwell_mean_s,
    dwellVariance: row.dwell_variance,
    dwellN: row.dwell_n,
    recentRatio: row.recent_ratio,
    recentAt: row.recent_at,
  }))
}

/** Stores learned times in place of earlier ones. A feed that is gone takes none. */
export async function storeTravelTimes(tx: Tx, feedId: string, rows: readonly StoredTravelTime[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into travel_time (feed_id, from_stop_id, to_stop_id, bucket, mean_s, variance, n, days, last_date, filtered_s, filtered_variance,
      dwell_mean_s, dwell_variance, dwell_n, recent_ratio, recent_at)
    select feed.id, r.* from feed, unnest(${rows.map((row) => row.fromStopId)}::text[], ${rows.map((row) => row.toStopId)}::text[],
      ${rows.map((row) => row.bucket)}::smallint[], ${rows.map((row) => row.meanS)}::real[], ${rows.map((row) => row.variance)}::real[],
      ${rows.map((row) => row.n)}::integer[], ${rows.map((row) => row.days)}::integer[], ${rows.map((row) => row.lastDate)}::date[],
      ${rows.map((row) => row.filteredS)}::real[], ${rows.map((row) => row.filteredVariance)}::real[], ${rows.map((row) => row.dwellMeanS)}::real[],
      ${rows.map((row) => row.dwellVariance)}::real[], ${rows.map((row) => row.dwellN)}::integer[], ${rows.map((row) => row.recentRatio)}::real[],
      ${rows.map((row) => row.recentAt)}::timestamptz[]) as r
    where feed.id = ${feedId}
    on conflict (feed_id, from_stop_id, to_stop_id, bucket) do update set mean_s = excluded.mean_s, variance = excluded.variance, n = excluded.n,
      days = excluded.days, last_date = excluded.last_date, filtered_s = excluded.filtered_s, filtered_variance = excluded.filtered_variance,
      dwell_mean_s = excluded.dwell_mean_s, dwell_variance = excluded.dwell_variance, dwell_n = excluded.dwell_n,
      recent_ratio = excluded.recent_ratio, recent_at = excluded.recent_at`.execute(tx)
}

/** Active feeds' time zones by id. */
export async function feedTimeZones(db: Db | Tx): Promise<Map<string, string>> {
  const rows = await db.selectFrom('feed').select(['id', 'time_zone']).execute()
  return new Map(rows.map((row) => [row.id, row.time_zone]))
}
