import { DurableObject } from 'cloudflare:workers'
import { readSisterCities } from '../domain/city-glance.ts'
import { jobs } from './jobs.ts'
import { ENTSOE_URL } from '../scheduler/jobs/market/market-sources.ts'
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
      outbound: { allowPrivate: environment.OUTBOUND === 'private' },
      market: {
        entsoeUrl: environment.ENTSOE_URL ?? ENTSOE_URL,
        entsoeToken: environment.ENTSOE_TOKEN ?? null,
        openMeteoUrl: environment.OPEN_METEO_URL ?? null,
      },
      sisters: readSisterCities(environment.SISTER_CITIES ?? '') ?? [],
      positions: {
        urls: (environment.GTFS_RT_URL ?? '').split(/\s+/).filter(Boolean),
        authorization: environment.GTFS_RT_AUTHORIZATION ?? null,
      },
    }
    this.#runs = new Map(jobs.map((job) => [job.name, jobRun(job, context, { shared: false })]))
  }

  /** Resolves when the job has run; how it went is in `job_run`. */
  async run(name: string): Promise<void> {
    await this.#runs.get(name)?.()
  }
}
