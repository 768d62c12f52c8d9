import { sql } from 'kysely'
import { causeText, type ReplanCause } from '../domain/replan-cause.ts'
import { json, type Db } from './database.ts'

/** Asks for a new plan of a site, in the caller's transaction; the scheduler's loop looks every second. Many asks before it looks are one. */
export async function requestReplan(
  db: Db,
  siteId: string,
  asked: ReplanCause | readonly ReplanCause[],
  at: Date,
): Promise<void> {
  const causes = [asked].flat()
  const values = { reason: causes.map(causeText).join(', '), causes: json(causes), requested_at: at }
  await db
    .insertInto('replan_request')
    .values({ site_id: siteId, ...values })
    .onConflict((conflict) =>
      conflict.column('site_id').doUpdateSet({ version: sql`replan_request.version + 1`, ...values }),
    )
    .execute()
}

export interface OpenReplanRequest {
  siteId: string
  reason: string
  causes: ReplanCause[]
  version: number
}

/** The asks that no plan has answered yet. */
export async function openReplanRequests(db: Db): Promise<OpenReplanRequest[]> {
  return db
    .selectFrom('replan_request')
    .select(['site_id as siteId', 'reason', 'causes', 'version'])
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
