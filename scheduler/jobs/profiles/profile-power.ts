import type { ChargingProfile } from '../../../domain/charging-profile.ts'
import { powerFromLimit, type EvseRating } from './rate.ts'

/** When an absolute profile stops holding; null: never. */
export function lapsesAt(profile: ChargingProfile): Date | null {
  const { startAt, durationSeconds } = profile.schedule
  const ends: number[] = []
  if (profile.validTo !== undefined) ends.push(profile.validTo.getTime())
  if (startAt !== undefined && durationSeconds !== undefined) ends.push(startAt.getTime() + durationSeconds * 1000)
  return ends.length === 0 ? null : new Date(Math.min(...ends))
}

/** The most that a profile allows anywhere in `[from, to)`, in W; null where it does not hold for a single moment of it. */
export function mostWithin(
  profile: ChargingProfile,
  rating: Pick<EvseRating, 'currentType' | 'phases'>,
  from: Date,
  to: Date,
): number | null {
  const lapse = lapsesAt(profile)?.getTime() ?? Number.POSITIVE_INFINITY
  const start = profile.schedule.startAt?.getTime() ?? Number.NEGATIVE_INFINITY
  if (lapse <= from.getTime() || start >= to.getTime()) return null
  const { periods, rateUnit } = profile.schedule
  let most: number | null = null
  periods.forEach((period, i) => {
    const next = periods[i + 1]
    // A relative profile counts from a start that nobody knows, so each of its periods may be going on.
    const begins = start === Number.NEGATIVE_INFINITY ? start : start + period.startSeconds * 1000
    const ends =
      next === undefined || start === Number.NEGATIVE_INFINITY
        ? lapse
        : Math.min(lapse, start + next.startSeconds * 1000)
    if (begins >= to.getTime() || ends <= from.getTime()) return
    const power = powerFromLimit(rating, period.limit, rateUnit, period.phases)
    most = most === null ? power : Math.max(most, power)
  })
  return most
}
