import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Notes that a job began; what its last run came to stays readable until this one ends. */
export async function noteJobStarted(db: Db, job: string, at: Date): Promise<void> {
  await db
    .insertInto('job_run')
    .values({ job, started_at: at, finished_at: null, error: null })
    .onConflict((conflict) => conflict.column('job').doUpdateSet({ started_at: at }))
    .execute()
}

/** Notes how a job's run ended. `error` null: well. */
export async function noteJobFinished(db: Db, job: string, at: Date, error: string | null): Promise<void> {
  await db.updateTable('job_run').set({ finished_at: at, error }).where('job', '=', job).execute()
}

/**
 * Runs `work` while no other process runs it under the same name, or resolves false at once when one does. The lock is held by an open
 * transaction with a connection of its own (a transaction, because many a pooler keeps nothing else), so it ends with the process
 * however that ends; `work` uses other connections. Only for databases with more than one connection.
 */
export async function withJobLock(db: Db, name: string, work: () => Promise<void>): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const key = `zaryad-job-${name}`
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(hashtext(${key})) as got`.execute(tx)
    if (rows[0]?.got !== true) return false
    await work()
    return true
  })
}
