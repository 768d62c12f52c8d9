import { sql } from 'kysely'
import type { Db } from './database.ts'
import { unfinishedMigrations } from './migrate.ts'
import { missingPartitions } from './partitions.ts'

const JOBS_ARE_LATE_MS = 15 * 60_000

/** Asks the database something that it can only answer when it works; throws when it does not. */
export async function databaseAnswers(db: Db): Promise<void> {
  await db.selectFrom('site').select('id').limit(1).execute()
}

/** Whether the schema is the newest, the partitions of this month and the next stand, and a job ran within the last 15 minutes. */
export async function readiness(db: Db, now: Date): Promise<{ migrated: boolean; partitions: boolean; jobs: boolean }> {
  const unfinished = await unfinishedMigrations(db)
  if (unfinished.length > 0) return { migrated: false, partitions: false, jobs: false }
  const missing = await missingPartitions(db, now)
  const { rows } = await sql<{ last: Date | null }>`select max(finished_at) as last from job_run`.execute(db)
  const last = rows[0]?.last?.getTime()
  return {
    migrated: true,
    partitions: missing.length === 0,
    jobs: last !== undefined && now.getTime() - last < JOBS_ARE_LATE_MS,
  }
}
