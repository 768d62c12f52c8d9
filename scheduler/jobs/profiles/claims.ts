import type { ChargingProfile } from '../../../domain/charging-profile.ts'
import { mostWithin } from './profile-power.ts'
import type { EvseRating } from './rate.ts'

/** A profile that a station holds, or may hold because its answer never came. */
export interface HeldProfile {
  profile: ChargingProfile
  /** The station has said that it took it. */
  confirmed: boolean
}

export interface ClaimingEvse extends EvseRating {
  /** The station has once introduced itself: what never did is taken not to be there yet. */
  known: boolean
  /** What the fallback should be. */
  failSafeW: number
  held: readonly HeldProfile[]
}

/**
 * The most that an EVSE may draw in `[from, to)` with what its station has been told so far, whatever becomes of the line, the transaction or the
 * station: the largest of its fail-safe and of every profile that it may hold. An EVSE that has not confirmed any fail-safe may draw all it can.
 */
export function claimedPower(evse: ClaimingEvse, from: Date, to: Date): number {
  const fallbacks = evse.held.filter((held) => held.profile.purpose === 'txDefault' && held.profile.kind === 'relative')
  const guarded = fallbacks.some((held) => held.confirmed)
  if (!guarded && evse.known) return evse.maxPowerW
  const sessions = evse.held.filter((held) => !fallbacks.includes(held))
  const powers = [...fallbacks, ...sessions].map((held) => mostWithin(held.profile, evse, from, to) ?? 0)
  return Math.min(evse.maxPowerW, Math.max(guarded ? 0 : evse.failSafeW, ...powers))
}
