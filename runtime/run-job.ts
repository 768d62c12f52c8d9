import type { Db } from '../db/database.ts'
import { noteJobFinished, noteJobStarted, withJobLock } from '../db/job-runs.ts'
import type { Now } from '../domain/ports.ts'
import type { Job, JobContext } from '../scheduler/jobs/job.ts'

/**
 * A function that runs the job once, or resolves at once when it is still running: in this process, or with `shared` in any that uses the
 * same database. It never rejects: a failure is logged and noted in `job_run`, and the next run may do better.
 */
export function jobRun(job: Job, context: JobContext, { shared }: { shared: boolean }): () => Promise<void> {
  const { db, log, now } = context
  const notes = createNotes(job, db, now)
  let running = false

  async function work(): Promise<void> {
    await notes.started()
    let failure: unknown = null
    try {
      await job.run(context)
    } catch (error) {
      failure = error ?? new Error('failed without a reason')
      log.error({ job: job.name, error }, 'a job failed; it runs again at its next time')
    }
    await notes.finished(failure)
  }

  return async () => {
    if (running) return
    running = true
    try {
      if (shared) await withJobLock(db, job.name, work)
      else await work()
    } catch (error) {
      log.error({ job: job.name, error }, 'a job could not run: the database does not answer')
    } finally {
      running = false
    }
  }
}

/** A job that runs every second is noted twice a minute, and whenever its fortune changes; any other at each run. */
function createNotes(job: Job, db: Db, now: Now) {
  const everyMs = job.schedule === 'tick' ? 30_000 : 0
  let notedAt = -Infinity
  let lastError: string | null = null
  return {
    async started(): Promise<void> {
      if (Date.now() - notedAt >= everyMs) await noteJobStarted(db, job.name, now())
    },
    async finished(failure: unknown): Promise<void> {
      const error = failure === null ? null : failure instanceof Error ? failure.message : String(failure)
      if (error === lastError && Date.now() - notedAt < everyMs) return
      notedAt = Date.now()
      lastError = error
      await noteJobFinished(db, job.name, now(), error)
    },
  }
}
