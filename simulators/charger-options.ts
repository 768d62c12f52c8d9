import type { Nameplate } from './dialect.ts'
import type { EvseSpec } from './evse.ts'
import type { BackOff } from './line.ts'
import type { Random } from './random.ts'

/** What a charging station is made from. */
export interface ChargerOptions {
  /** Address of the central system without the station's identity. */
  url: string
  stationId: string
  password?: string
  evses: readonly EvseSpec[]
  nameplate: Nameplate
  /** Simulated instant at which the station is switched on. */
  startMs: number
  random: Random
  /** The meter's register at the start; 0 when left out. */
  registerWh?: (evseId: number) => number
  sampleSeconds?: number
  alignedSeconds?: number
  maxPeriods?: number
  maxStackLevel?: number
  maxProfiles?: number
  backOff?: BackOff
  /** Real time, for reconnecting only. */
  realNow?: () => number
  /** A line for the operator's log. */
  log?: (text: string) => void
}
