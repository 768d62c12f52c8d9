import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Asks for a new plan of a site, in the caller's transaction; the scheduler's loop looks every second. Many asks before it looks are one. */
export async function requestReplan(db: Db, siteId: string, reason: string, at: Date): Promise<void> {
  await db
    .insertInto('replan_request')
    .values({ site_id: siteId, reason, requested_at: at })
    .onConflict((conflict) =>
      conflict.column('site_id').doUpdateSet({
        version: sql`replan_request.version + 1`,
        reason,
        requested_at: at,
      }),
    )
    .execute()
}

/** The asks that no plan has answered yet. */
export function openReplanRequests(db: Db): Promise<{ siteId: string; reason: string; version: number }[]> {
  return db
    .selectFrom('replan_request')
    .select(['site_id as siteId', 'reason', 'version'])
    .whereRef('version', '>', 'done_version')
    .execute()
}

/** Notes that a plan made after `version` was asked for stands. */
export async function closeReplanRequest(db: Db, siteId: string, version: number): Promise<void> {
  await db
    .updateTable('replan_request')
    .set({ done_version: version })
    .where('site_id', '=', siteId)
    .where('done_version', '<', version)
    .execute()
}
