import type { Generated } from 'kysely'
import type { CityGlance } from '../../domain/city-glance.ts'
import type { Jsonb } from '../columns.ts'

/** What other cities last told of themselves (migration 0014). */
export interface SisterCityTables {
  sister_city: SisterCityTable
}

export interface SisterCityTable {
  name: string
  /** Origin of its server. */
  url: string
  position: number
  asked_at: Date | null
  /** When `glance` came, by our clock; null: never. */
  heard_at: Date | null
  /** `ok`, or why nothing came the last time. */
  outcome: string | null
  failures: Generated<number>
  glance: Jsonb<CityGlance | null> | null
}
