import type { Db } from '../../db/database.ts'
import type { OutboundRules } from '../../domain/outbound-url.ts'
import type { Log, Now } from '../../domain/ports.ts'

/** What a job of the API works with. */
export interface FleetJobContext {
  db: Db
  now: Now
  log: Log
  outbound: OutboundRules
}

/** Something that the API does again and again: what it sends to others. `schedule` as in `scheduler/jobs/job.ts`. */
export interface FleetJob {
  name: string
  schedule: { everyMinutes: number } | 'tick'
  run(context: FleetJobContext): Promise<void>
}
