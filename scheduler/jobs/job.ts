import type { Db } from '../../db/database.ts'
import type { Log, Now, StationGateway } from '../../domain/ports.ts'
import type { LpSolver } from '../plan/solver.ts'

/** What a job works with. */
export interface JobContext {
  db: Db
  gateway: StationGateway
  now: Now
  log: Log
  solver: LpSolver
}

/** Something that is done again and again. */
export interface Job {
  name: string
  /** `tick`: about every real second on Node, with every cron on Workers. Minutes are the product's, which run faster in the demo. */
  schedule: { everyMinutes: number } | 'tick'
  run(context: JobContext): Promise<void>
}
