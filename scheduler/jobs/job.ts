import type { Db } from '../../db/database.ts'
import type { SisterCity } from '../../domain/city-glance.ts'
import type { OutboundRules } from '../../domain/outbound-url.ts'
import type { Log, Now, StationGateway } from '../../domain/ports.ts'
import type { LpSolver } from '../plan/solver.ts'
import type { MarketSources } from './market/market-sources.ts'
import type { PositionSources } from './positions/position-sources.ts'

/** What a job works with. */
export interface JobContext {
  db: Db
  gateway: StationGateway
  now: Now
  log: Log
  solver: LpSolver
  /** Where jobs may send to or fetch from. */
  outbound: OutboundRules
  /** Outside services for prices and weather; left out: none is asked. */
  market?: MarketSources
  /** Outside feeds of positions; left out: none is read. */
  positions?: PositionSources
  /** Other cities to stand beside this one; left out: none. */
  sisters?: readonly SisterCity[]
}

/** Something that is done again and again. */
export interface Job {
  name: string
  /** `tick`: about every real second on Node, with every cron on Workers. Minutes are the product's, which run faster in the demo. */
  schedule: { everyMinutes: number } | 'tick'
  run(context: JobContext): Promise<void>
}
