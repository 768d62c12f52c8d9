import cron from 'node-cron'
import type { Now } from '../domain/ports.ts'
import type { Job, JobContext } from '../scheduler/jobs/job.ts'
import { cronOf } from './crons.ts'
import { jobRun } from './run-job.ts'

export interface JobRunnerOptions {
  jobs: readonly Job[]
  context: JobContext
  /** Simulated seconds a second of `context.now`; 1: cron on the machine's clock. */
  speed: number
  /** Several processes may share the database: each job then runs in one of them at a time. */
  shared: boolean
}

export interface JobRunner {
  /** Runs a job at once; nothing happens while it runs. */
  wake(name: string): void
  /** Starts nothing new and waits for what runs. */
  stop(): Promise<void>
}

const TICK_MS = 1_000

/** Runs the jobs at their times, none of them ever beside itself, and each whatever becomes of the others. */
export function startJobs({ jobs, context, speed, shared }: JobRunnerOptions): JobRunner {
  const running = new Set<Promise<void>>()
  const runs = new Map<string, () => void>()
  let stopped = false
  const stops = jobs.map((job) => {
    const once = jobRun(job, context, { shared })
    const run = () => {
      const done = once().finally(() => running.delete(done))
      running.add(done)
    }
    runs.set(job.name, run)
    if (job.schedule === 'tick') return everySecond(run)
    return speed === 1 ? onCron(job, run) : onSimulatedClock(job.schedule.everyMinutes, context.now, speed, run)
  })
  return {
    wake(name) {
      if (!stopped) runs.get(name)?.()
    },
    async stop() {
      stopped = true
      for (const stop of stops) stop()
      await Promise.all(running)
    },
  }
}

function everySecond(run: () => void): () => void {
  const timer = setInterval(run, TICK_MS)
  return () => clearInterval(timer)
}

function onCron(job: Job, run: () => void): () => void {
  const task = cron.schedule(cronOf(job), run, { name: job.name, timezone: 'UTC', suppressMissedWarning: true })
  return () => void task.stop()
}

/** At each whole multiple of `everyMinutes` that the product's clock passes; those that pass during a run are one. */
function onSimulatedClock(everyMinutes: number, now: Now, speed: number, run: () => void): () => void {
  const everyMs = everyMinutes * 60_000
  let timer: NodeJS.Timeout
  const wait = () => {
    const untilNextMs = everyMs - (now().getTime() % everyMs)
    timer = setTimeout(
      () => {
        run()
        wait()
      },
      // Up, for a timer cuts fractions off: a run a moment before the full minute would be followed by one at it.
      Math.max(50, Math.ceil(untilNextMs / speed)),
    )
  }
  wait()
  return () => clearTimeout(timer)
}
