import { sql } from 'kysely'
import type { Db } from './database.ts'
import { unfinishedMigrations } from './migrate.ts'
import { missingPartitions } from './partitions.ts'

const JOBS_ARE_LATE_MS = 15 * 60_000

/** Whether the database takes changes, the schema is the newest, the partitions of this month and the next stand, and a job ran within the last 15 minutes. */
export async function readiness(
  db: Db,
  now: Date,
): Promise<{ writable: boolean; migrated: boolean; partitions: boolean; jobs: boolean }> {
  const readOnly = await sql<{ on: string }>`select current_setting('transaction_read_only') as on`.execute(db)
  const writable = readOnly.rows[0]?.on === 'off'
  const unfinished = await unfinishedMigrations(db)
  if (unfinished.length > 0) return { writable, migrated: false, partitions: false, jobs: false }
  const missing = await missingPartitions(db, now)
  const { rows } = await sql<{ last: Date | null }>`select max(finished_at) as last from job_run`.execute(db)
  const last = rows[0]?.last?.getTime()
  return {
    writable,
    migrated: true,
    partitions: missing.length === 0,
    jobs: last !== undefined && now.getTime() - last < JOBS_ARE_LATE_MS,
  }
}
