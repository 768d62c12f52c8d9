import { leastPower, roundDownPower, type EvseRating } from './rate.ts'

/** Below this a plan's power is arithmetic noise. */
const NOISE_W = 100

export interface PlannedSlot {
  /** Mean power over the whole slot, as the plan has it. */
  meanW: number
  /** The share of the slot in which the vehicle is there by the plan, above 0 to 1. */
  coverage: number
}

/**
 * What the station is to be told in each slot so that the vehicle has at any time at least the energy that the plan gives it by then.
 *
 * The plan's figure is a mean over the slot: where the vehicle is there for a part only, it is charged higher for that part. Power that
 * the EVSE cannot be told, above 0 but below its least, is paid ahead: the least power now, and so much less later. Rounding goes down, by less
 * than 100 W or one ampere a phase; the next plan makes it good.
 */
export function sessionPower(rating: EvseRating, slots: readonly PlannedSlot[]): number[] {
  const least = leastPower(rating)
  let aheadW = 0
  return slots.map(({ meanW, coverage }) => {
    const planned = Math.min(rating.maxPowerW, coverage > 0 ? meanW / coverage : 0)
    if (planned < NOISE_W) return 0
    const due = planned - aheadW
    if (due <= 0) {
      aheadW -= planned
      return 0
    }
    if (due < least) {
      const told = roundDownPower(rating, least)
      aheadW = told > 0 ? told - due : 0
      return told
    }
    aheadW = 0
    return roundDownPower(rating, due)
  })
}
