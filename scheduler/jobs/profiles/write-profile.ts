import type { ChargingProfile } from '../../../domain/charging-profile.ts'
import { compressPower } from './compress.ts'
import { limitFromPower, type EvseRating } from './rate.ts'

/** What is known of a station's abilities; absent is unknown. */
export interface Abilities {
  rateUnits?: readonly ('W' | 'A')[]
  maxPeriods?: number
  maxStackLevel?: number
}

/** Stations that do not say how many periods they hold get no more than this: cheap ones refuse longer schedules. */
const PERIODS_WHEN_UNKNOWN = 24
const FAIL_SAFE_IDS = 100
const SESSION_IDS = 200
const FAIL_SAFE_STACK_LEVEL = 0
const SESSION_STACK_LEVEL = 1

/** `W` for DC and `A` for AC, unless the station says that it takes only the other. */
export function rateUnit(rating: Pick<EvseRating, 'currentType'>, abilities: Abilities): 'W' | 'A' {
  const preferred = rating.currentType === 'DC' ? 'W' : 'A'
  const known = abilities.rateUnits
  return known === undefined || known.length === 0 || known.includes(preferred) ? preferred : (known[0] ?? preferred)
}

/**
 * The permanent fallback of one EVSE: TxDefaultProfile, stack level 0, relative, without an end. The station follows it whenever no TxProfile is
 * active: before the plan arrives, after it has lapsed, and for every transaction that begins while the line is cut.
 */
export function writeFailSafe(
  evseId: number,
  rating: EvseRating,
  powerW: number,
  abilities: Abilities,
): ChargingProfile {
  const unit = rateUnit(rating, abilities)
  return {
    id: FAIL_SAFE_IDS + evseId,
    stackLevel: FAIL_SAFE_STACK_LEVEL,
    purpose: 'txDefault',
    kind: 'relative',
    schedule: { rateUnit: unit, periods: [period(0, rating, powerW, unit)] },
  }
}

export interface SessionPlan {
  evseId: number
  transactionId: string
  /** Start of the first slot; may lie in the past. */
  startAt: Date
  slotSeconds: number
  /** One per slot, as `roundDownPower` gives them. The profile lapses with the last. */
  powerW: readonly number[]
}

/**
 * The plan of one session: TxProfile above the fail-safe, absolute in UTC, with an end. Its id depends on the EVSE alone, so that a newer one replaces
 * it in place. Neighbouring slots are merged, downwards, until the station can hold it.
 */
export function writeSessionProfile(plan: SessionPlan, rating: EvseRating, abilities: Abilities): ChargingProfile {
  const unit = rateUnit(rating, abilities)
  const durationSeconds = plan.powerW.length * plan.slotSeconds
  const stretches = compressPower(plan.powerW, abilities.maxPeriods ?? PERIODS_WHEN_UNKNOWN)
  return {
    id: SESSION_IDS + plan.evseId,
    stackLevel: Math.min(SESSION_STACK_LEVEL, abilities.maxStackLevel ?? SESSION_STACK_LEVEL),
    purpose: 'tx',
    kind: 'absolute',
    transactionId: plan.transactionId,
    validTo: new Date(plan.startAt.getTime() + durationSeconds * 1000),
    schedule: {
      rateUnit: unit,
      startAt: plan.startAt,
      durationSeconds,
      periods: stretches.map((one) => period(one.firstSlot * plan.slotSeconds, rating, one.powerW, unit)),
    },
  }
}

function period(startSeconds: number, rating: EvseRating, powerW: number, unit: 'W' | 'A') {
  const limit = limitFromPower(rating, powerW, unit)
  if (rating.currentType === 'DC') return { startSeconds, limit }
  return { startSeconds, limit, phases: phaseCount(rating.phases) }
}

function phaseCount(phases: number): 1 | 2 | 3 {
  return phases === 1 || phases === 2 ? phases : 3
}
