import type { ChargingProfile, CompositeSchedule } from '../../../domain/charging-profile.ts'
import type { CommandOutcome } from '../../../domain/command.ts'
import { mostWithin } from './profile-power.ts'
import { powerFromLimit, type EvseRating } from './rate.ts'

/** Stations round and convert units at voltages of their own. */
const TOLERATED_SHARE = 0.05
const TOLERATED_W = 500
const STEP_MS = 5 * 60_000
/** Schedules count in whole seconds from an instant of the station's own: a step may come up to a second early or late. */
const TOLERATED_MS = 1000

/**
 * What a station's composite schedule says of the profile that it accepted: `matches`, `differs: …` when it would allow more somewhere, `unknown: …` when it does
 * not say. Lower is no difference: a hardware limit may lie below ours.
 */
export function judgeReadback(profile: ChargingProfile, rating: EvseRating, outcome: CommandOutcome): string {
  if (outcome.outcome !== 'answered') return `unknown: ${outcome.outcome}`
  const composite = outcome.compositeSchedule
  if (!outcome.accepted || composite === undefined) return `unknown: ${outcome.status}`
  const end = composite.startAt.getTime() + composite.durationSeconds * 1000
  for (let at = composite.startAt.getTime() + 1000; at < end; at += STEP_MS) {
    const wantedW = mostWithin(profile, rating, new Date(at - TOLERATED_MS), new Date(at + TOLERATED_MS + 1))
    if (wantedW === null) continue
    const readW = compositePower(composite, rating, at)
    if (readW !== null && readW > wantedW * (1 + TOLERATED_SHARE) + TOLERATED_W)
      return `differs: ${Math.round(readW / 100) / 10} kW instead of ${Math.round(wantedW / 100) / 10} kW at ${new Date(at).toISOString()}`
  }
  return 'matches'
}

function compositePower(composite: CompositeSchedule, rating: EvseRating, at: number): number | null {
  const seconds = (at - composite.startAt.getTime()) / 1000
  const period = composite.periods.findLast((one) => one.startSeconds <= seconds)
  if (period === undefined) return null
  return powerFromLimit(rating, period.limit, composite.rateUnit, period.phases)
}
