import type { Db } from '../db/database.ts'
import type { Journal } from '../db/journal.ts'
import type { StationArrivals } from '../db/station-arrivals.ts'
import type { Log, Now } from '../domain/ports.ts'
import type { AttemptBook } from './attempt-book.ts'
import type { Turns } from './turns.ts'

/**
 * What becomes of a station that nobody has entered. `known`: its connection is refused. `pending`: it is answered Pending and shown
 * for approval. `open`: it is taken in, and its tokens are believed; for demonstrations.
 */
export type StationPolicy = 'known' | 'pending' | 'open'

/** What every connection shares. */
export interface Central {
  db: Db
  journal: Journal
  arrivals: StationArrivals
  attempts: AttemptBook
  /** For messages that need a database transaction of their own, so that a crowd of stations leaves connections to everyone else. */
  turns: Turns
  now: Now
  log: Log
  policy: StationPolicy
  /** Told to stations in the answer to BootNotification. */
  heartbeatSeconds: number
  /** How long a station may take to answer one of our calls, in real milliseconds. */
  callTimeoutMs: number
}
