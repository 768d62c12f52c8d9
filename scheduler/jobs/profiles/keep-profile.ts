import type { ChargingProfile } from '../../../domain/charging-profile.ts'
import { lapsesAt, mostWithin } from './profile-power.ts'
import type { EvseRating } from './rate.ts'

/** How far from the newest plan a profile may lie without being sent again. */
export const DEADBAND_W = 2000
/** Only this much of the future counts: what comes later will be sent once more anyway. */
const LOOK_AHEAD_MS = 60 * 60_000
/** A profile is renewed when less than this is left of it, so that an outage always finds hours of plan in the station. */
const LEAST_LIFE_MS = 2 * 60 * 60_000

/**
 * Whether the profile that was last sent will do in place of the new one: it belongs to the same transaction, is written the same way, allows nowhere
 * more than `mayExceedW` above the new one, in the next hour nowhere less by 2 kW or more, and has two hours to live, or as long as the new one.
 * Every write wears a station's memory.
 */
export function mayKeep(
  sent: ChargingProfile,
  wanted: ChargingProfile,
  rating: EvseRating,
  now: Date,
  mayExceedW: number,
): boolean {
  if (sent.purpose !== wanted.purpose || sent.transactionId !== wanted.transactionId) return false
  if (sent.stackLevel !== wanted.stackLevel || sent.schedule.rateUnit !== wanted.schedule.rateUnit) return false
  const sentEnd = lapsesAt(sent)?.getTime() ?? Number.POSITIVE_INFINITY
  const wantedEnd = lapsesAt(wanted)?.getTime() ?? Number.POSITIVE_INFINITY
  if (sentEnd < Math.min(wantedEnd, now.getTime() + LEAST_LIFE_MS)) return false
  for (const from of boundaries([sent, wanted], now)) {
    const to = new Date(from.getTime() + 1)
    const sentW = mostWithin(sent, rating, from, to)
    const wantedW = mostWithin(wanted, rating, from, to)
    if (wantedW === null || sentW === null) continue
    if (sentW > wantedW + mayExceedW) return false
    if (from.getTime() >= now.getTime() + LOOK_AHEAD_MS) continue
    if (sentW < wantedW - DEADBAND_W) return false
    // A pause that should end, or should not be one, is never a small difference.
    if ((sentW === 0) !== (wantedW === 0)) return false
  }
  return true
}

/** Now, and every instant after it at which one of the profiles changes. */
function boundaries(profiles: readonly ChargingProfile[], now: Date): Date[] {
  const instants = profiles.flatMap(({ schedule }) =>
    schedule.periods.map((period) => (schedule.startAt?.getTime() ?? 0) + period.startSeconds * 1000),
  )
  return [...new Set([now.getTime(), ...instants.filter((at) => at > now.getTime())])].map((at) => new Date(at))
}
