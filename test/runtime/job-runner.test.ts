import { expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { simulatedClock } from '../../runtime/clock.ts'
import { startJobs } from '../../runtime/job-runner.ts'
import { jobRun } from '../../runtime/run-job.ts'
import type { Job, JobContext } from '../../scheduler/jobs/job.ts'
import { emptyDatabase } from '../support/database.ts'

function contextOf(db: Db, now = () => new Date('2026-11-23T18:00:00Z')) {
  const lines: string[] = []
  const log = (_fields: object, message: string) => void lines.push(message)
  const context: JobContext = {
    db,
    now,
    gateway: { send: () => Promise.resolve({ outcome: 'offline' }) },
    log: { debug: log, info: log, warn: log, error: log },
    solver: { solve: () => Promise.resolve({ status: 'failed', reason: 'nothing to solve here' }) },
    outbound: { allowPrivate: false },
  }
  return { context, lines }
}

function deferred() {
  let resolve = () => undefined as void
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

test('a failing job is logged and noted with its reason, and its next good run clears that', async () => {
  const db = await emptyDatabase()
  const { context, lines } = contextOf(db)
  let failing = true
  const run = jobRun(
    {
      name: 'prices',
      schedule: { everyMinutes: 5 },
      run: () => (failing ? Promise.reject(new Error('no prices today')) : Promise.resolve()),
    },
    context,
    { shared: false },
  )
  await run()
  const failed = await db.selectFrom('job_run').selectAll().executeTakeFirstOrThrow()
  expect(failed).toMatchObject({ job: 'prices', error: 'no prices today' })
  expect(lines).toEqual(['a job failed; it runs again at its next time'])
  failing = false
  await run()
  expect((await db.selectFrom('job_run').selectAll().executeTakeFirstOrThrow()).error).toBeNull()
})

test('a job that is still running is not started beside itself', async () => {
  const { context } = contextOf(await emptyDatabase())
  const gate = deferred()
  let started = 0
  const run = jobRun(
    {
      name: 'slow',
      schedule: 'tick',
      run: () => {
        started += 1
        return gate.promise
      },
    },
    context,
    { shared: false },
  )
  const first = run()
  await run()
  gate.resolve()
  await first
  expect(started).toBe(1)
  await run()
  expect(started).toBe(2)
})

test("on a simulated clock a job runs at the clock's own full minutes, and stopping waits for what runs", async () => {
  const db = await emptyDatabase()
  const now = simulatedClock(new Date('2026-11-23T18:08:00Z'), new Date(), 600)
  const { context } = contextOf(db, now)
  const ranAt: Date[] = []
  const third = deferred()
  const job: Job = {
    name: 'plan',
    schedule: { everyMinutes: 10 },
    run: () => {
      ranAt.push(now())
      if (ranAt.length === 3) third.resolve()
      return Promise.resolve()
    },
  }
  const runner = startJobs({ jobs: [job], context, speed: 600, shared: false })
  await third.promise
  await runner.stop()
  const count = ranAt.length
  expect(ranAt[0]?.getTime()).toBeGreaterThanOrEqual(Date.parse('2026-11-23T18:10:00Z'))
  const minutes = ranAt.map((at) => Math.floor(at.getTime() / 600_000))
  expect(new Set(minutes).size).toBe(count)
  expect((await db.selectFrom('job_run').selectAll().executeTakeFirstOrThrow()).finished_at).not.toBeNull()
})

if (process.env['TEST_DATABASE_URL'] !== undefined) {
  test('of two processes on one PostgreSQL only one runs a job at a time', async () => {
    const { context } = contextOf(await emptyDatabase())
    const gate = deferred()
    const begun = deferred()
    let started = 0
    const job: Job = {
      name: 'once',
      schedule: 'tick',
      run: () => {
        started += 1
        begun.resolve()
        return gate.promise
      },
    }
    const first = jobRun(job, context, { shared: true })()
    await begun.promise
    await jobRun(job, context, { shared: true })()
    expect(started).toBe(1)
    gate.resolve()
    await first
    await jobRun(job, context, { shared: true })()
    expect(started).toBe(2)
  })
}
