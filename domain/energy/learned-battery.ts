/** Why a session was left out. `split`: its charge did not rise, or nobody knows how it ended. `outlier`: far from all others. */
export type LeftOutReason = 'noSoc' | 'noMeter' | 'smallChange' | 'split' | 'outlier'

/** What a learned battery rests on. */
export interface BatteryEvidence {
  /** Charging sessions looked at. */
  sessions: number
  /** Those that the capacity was learned from, with the first and last of them. */
  used: number
  firstAt: string | null
  lastAt: string | null
  /** Sessions left out, by `LeftOutReason`. */
  leftOut: Record<string, number>
  /** How far a session typically lies from the learned line, as a share of its energy. */
  spreadPercent: number | null
  temperature: {
    /** Whose temperature the capacity was corrected by. */
    kind: 'battery' | 'outdoor'
    /** The capacity is given for this temperature. */
    referenceC: number
    /** Change of the apparent capacity per degree. */
    percentPerDegree: number
  } | null
  /** Meter samples that the greatest power and the taper were seen in. */
  powerSamples: number
  /** What has to come before a capacity can be told; empty: it is told. */
  missing: string[]
}
