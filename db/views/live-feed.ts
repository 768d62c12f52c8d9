import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { DOWN_AFTER_FAILURES, type PositionSourceState } from '../position-source.ts'

export interface LiveFeed {
  /** The newest position behind any prediction for this timetable. */
  newestAt: Date | null
  /** null: none is asked. */
  source: PositionSourceState | null
}

/** What is heard of a timetable's buses at large. */
export async function liveFeed(db: Db, feedId: string): Promise<LiveFeed> {
  const { rows } = await sql<{ newest: Date | null; source: PositionSourceState | null }>`
    select (select max(position_at) from block_prediction where feed_id = ${feedId}) as newest,
      (select value from setting where name = 'positionSource') as source`.execute(db)
  return { newestAt: rows[0]?.newest ?? null, source: rows[0]?.source ?? null }
}

/** One word for it, for people. `silent` after more than `silentAfterS` without a position. */
export function liveWord(
  { newestAt, source }: LiveFeed,
  { now, silentAfterS }: { now: Date; silentAfterS: number },
): 'live' | 'silent' | 'down' | 'none' {
  if (newestAt !== null && now.getTime() - newestAt.getTime() <= silentAfterS * 1000) return 'live'
  if (source !== null && source.failures >= DOWN_AFTER_FAILURES) return 'down'
  return newestAt === null ? 'none' : 'silent'
}
