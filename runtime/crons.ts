import type { Job } from '../scheduler/jobs/job.ts'

/** The cron line that runs a job every `minutes`, counted from midnight. Throws for a number that no cron line can say evenly. */
export function cronEvery(minutes: number): string {
  if (minutes === 1) return '* * * * *'
  if (minutes < 60 && 60 % minutes === 0) return `*/${minutes} * * * *`
  if (minutes === 60) return '0 * * * *'
  if (minutes === 1_440) return '0 0 * * *'
  if (minutes % 60 === 0 && 1_440 % minutes === 0) return `0 */${minutes / 60} * * *`
  throw new Error(`no cron line runs every ${minutes} minutes evenly`)
}

/** What a platform that has only cron wakes us for: `tick` jobs then run every minute. */
export const TICK_CRON = cronEvery(1)

export function cronOf(job: Job): string {
  return job.schedule === 'tick' ? TICK_CRON : cronEvery(job.schedule.everyMinutes)
}
