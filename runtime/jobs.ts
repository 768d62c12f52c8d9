import { fleetJobs } from '../fleet-api/jobs/fleet-jobs.ts'
import type { Job } from '../scheduler/jobs/job.ts'
import { jobs as schedulerJobs } from '../scheduler/jobs/jobs.ts'

/** Everything that is done again and again, on every platform. Those of every tick run in this order. */
export const jobs: readonly Job[] = [...schedulerJobs, ...fleetJobs]
