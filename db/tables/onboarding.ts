import type { Generated } from 'kysely'
import type { AttemptOutcome } from '../../domain/connection-attempt.ts'

/** Tables of chargers that are new (migration 0012). */
export interface OnboardingTables {
  connection_attempt: ConnectionAttemptTable
}

export interface ConnectionAttemptTable {
  address: string
  /** '': the path named none. */
  station_id: Generated<string>
  outcome: AttemptOutcome
  path: string
  protocols: Generated<string[]>
  tries: Generated<number>
  first_at: Date
  last_at: Date
}
