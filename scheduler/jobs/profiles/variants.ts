import type { ChargingProfile } from '../../../domain/charging-profile.ts'
import { limitFromPower, powerFromLimit, type EvseRating } from './rate.ts'
import type { Abilities } from './write-profile.ts'

const FEW_PERIODS = 5

/** Another way to write a profile, and what a station that takes it has thereby told of itself. */
export interface Variant {
  profile: ChargingProfile
  learned: { rateUnits?: ('W' | 'A')[]; maxPeriods?: number; maxStackLevel?: number }
}

/**
 * How to write a profile at the n-th try, after the station has refused the tries before: as it is, at stack level 0, in the other unit, in few periods, in
 * all of these, and then from the beginning. Stations refuse for reasons that they do not give; each way allows nowhere more than the
 * profile itself.
 */
export function variantOf(profile: ChargingProfile, tries: number, rating: EvseRating, abilities: Abilities): Variant {
  const otherUnit = profile.schedule.rateUnit === 'W' ? 'A' : 'W'
  const changes: Variant['learned'][] = [{}]
  if (profile.stackLevel > 0) changes.push({ maxStackLevel: 0 })
  if (abilities.rateUnits === undefined) changes.push({ rateUnits: [otherUnit] })
  if (profile.schedule.periods.length > FEW_PERIODS) changes.push({ maxPeriods: FEW_PERIODS })
  if (changes.length > 2) changes.push(Object.assign({}, ...changes) as Variant['learned'])
  const learned = changes[tries % changes.length] ?? {}
  return { profile: written(profile, rating, learned), learned }
}

function written(profile: ChargingProfile, rating: EvseRating, change: Variant['learned']): ChargingProfile {
  const unit = change.rateUnits?.[0] ?? profile.schedule.rateUnit
  const periods = fewer(profile, change.maxPeriods).map((period) => {
    if (unit === profile.schedule.rateUnit) return period
    const powerW = powerFromLimit(rating, period.limit, profile.schedule.rateUnit, period.phases)
    const limit = limitFromPower(rating, powerW, unit)
    return period.phases === undefined
      ? { startSeconds: period.startSeconds, limit }
      : { startSeconds: period.startSeconds, limit, phases: period.phases }
  })
  return {
    ...profile,
    stackLevel: change.maxStackLevel ?? profile.stackLevel,
    schedule: { ...profile.schedule, rateUnit: unit, periods },
  }
}

/** The first periods as they are, the rest joined in one at the lowest of them. */
function fewer(profile: ChargingProfile, most = Number.POSITIVE_INFINITY): ChargingProfile['schedule']['periods'] {
  const { periods } = profile.schedule
  if (periods.length <= most) return periods
  const rest = periods.slice(most - 1)
  const lowest = rest.toSorted((a, b) => a.limit - b.limit)[0]
  const start = rest[0]
  if (lowest === undefined || start === undefined) return periods
  return [...periods.slice(0, most - 1), { ...lowest, startSeconds: start.startSeconds }]
}
