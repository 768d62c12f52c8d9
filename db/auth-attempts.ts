import { sql } from 'kysely'
import type { Db } from './database.ts'

/** How many failures within how long are too many, and how long it is then closed. */
export interface AttemptLimit {
  failures: number
  windowMs: number
  lockMs: number
}

/**
 * Counts one try against every key. Returns for how many seconds the furthest lock still holds, 0 when the try may be made. Count before the try is made,
 * so that tries at the same time cannot slip past the limit, and take it back with `forgiveAttempts` when it was right; a lock then comes with the first try beyond the
 * limit (`'whenPassed'`). Who counts only failures, afterwards, locks with the last one that is allowed (`'whenReached'`). Counted in the database, so it
 * holds for several processes together.
 */
export async function countAttempt(
  db: Db,
  keys: readonly { key: string; limit: AttemptLimit }[],
  at: Date,
  lock: 'whenPassed' | 'whenReached' = 'whenPassed',
): Promise<number> {
  let waitMs = 0
  for (const { key, limit } of keys) {
    const since = new Date(at.getTime() - limit.windowMs)
    const until = new Date(at.getTime() + limit.lockMs)
    const most = lock === 'whenPassed' ? limit.failures : limit.failures - 1
    const { rows } = await sql<{ locked_until: Date | null }>`
      insert into auth_attempt as a (key, failures, since, locked_until)
      values (${key}, 1, ${at}::timestamptz, case when ${most}::integer < 1 then ${until}::timestamptz end)
      on conflict (key) do update set
        failures = case when a.locked_until > ${at}::timestamptz then a.failures
          when a.locked_until is not null or a.since <= ${since}::timestamptz then 1 else a.failures + 1 end,
        since = case when a.locked_until > ${at}::timestamptz then a.since
          when a.locked_until is not null or a.since <= ${since}::timestamptz then ${at}::timestamptz else a.since end,
        locked_until = case when a.locked_until > ${at}::timestamptz then a.locked_until
          when a.locked_until is null and a.since > ${since}::timestamptz and a.failures >= ${most}::integer then ${until}::timestamptz end
      returning locked_until`.execute(db)
    const locked = rows[0]?.locked_until ?? null
    if (locked !== null) waitMs = Math.max(waitMs, locked.getTime() - at.getTime())
  }
  return Math.ceil(waitMs / 1000)
}

/** For how many seconds a key is closed; 0 when it is not. */
export async function lockedSeconds(db: Db, key: string, at: Date): Promise<number> {
  const row = await db
    .selectFrom('auth_attempt')
    .select('locked_until')
    .where('key', '=', key)
    .where('locked_until', '>', at)
    .executeTakeFirst()
  return row?.locked_until === undefined || row.locked_until === null
    ? 0
    : Math.ceil((row.locked_until.getTime() - at.getTime()) / 1000)
}

/** Takes back what was counted for a try that was right: all of the keys of `whole`, one of each of `one`. */
export async function forgiveAttempts(db: Db, whole: readonly string[], one: readonly string[]): Promise<void> {
  if (whole.length > 0) await db.deleteFrom('auth_attempt').where('key', 'in', whole).execute()
  if (one.length > 0)
    await db
      .updateTable('auth_attempt')
      .set((eb) => ({ failures: eb('failures', '-', 1) }))
      .where('key', 'in', one)
      .where('failures', '>', 0)
      .where('locked_until', 'is', null)
      .execute()
}
