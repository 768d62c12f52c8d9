import { DurableObject } from 'cloudflare:workers'
import { jobs } from '../scheduler/jobs/jobs.ts'
import { realClock } from './clock.ts'
import { jobRun } from './run-job.ts'
import { openHyperdrive } from './worker-database.ts'
import { workerGateway, type WorkerEnvironment } from './worker-environment.ts'
import { createWorkerLog } from './worker-log.ts'
import { createWorkerSolver } from './worker-solver.ts'

/**
 * One job on Cloudflare. There is one object of each name in the whole world, so a job whose cron comes again while it still runs does not
 * run beside itself; it needs no lock in the database.
 */
export class JobObject extends DurableObject<WorkerEnvironment> {
  readonly #runs: Map<string, () => Promise<void>>

  constructor(state: DurableObjectState, environment: WorkerEnvironment) {
    super(state, environment)
    const context = {
      db: openHyperdrive(environment.DATABASE.connectionString),
      gateway: workerGateway(environment),
      now: realClock,
      log: createWorkerLog(),
      solver: createWorkerSolver(),
    }
    this.#runs = new Map(jobs.map((job) => [job.name, jobRun(job, context, { shared: false })]))
  }

  /** Resolves when the job has run; how it went is in `job_run`. */
  async run(name: string): Promise<void> {
    await this.#runs.get(name)?.()
  }
}
