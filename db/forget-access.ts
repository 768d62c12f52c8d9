import type { Db } from './database.ts'

const DAY_MS = 86_400_000

/** Forgets sessions, links, challenges and counted tries that have been over for a day. The audit log stays. */
export async function forgetOldAccess(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DAY_MS)
  await db.deleteFrom('auth_session').where('expires_at', '<', before).execute()
  await db.deleteFrom('auth_verification').where('expires_at', '<', before).execute()
  await db.deleteFrom('auth_link').where('expires_at', '<', before).execute()
  await db.deleteFrom('auth_rate_limit').where('last_request', '<', before.getTime()).execute()
  await db
    .deleteFrom('auth_attempt')
    .where('since', '<', before)
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<', before)]))
    .execute()
}
