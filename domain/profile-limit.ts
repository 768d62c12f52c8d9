import type { ChargingProfile } from './charging-profile.ts'

/** Volts between a phase and neutral in Europe's low-voltage grids (EN 50160 nominal). */
const PHASE_VOLTS = 230

/** The power that a profile allows at `at`; null when it does not hold then, or counts from a start that nobody here knows. */
export function profileLimitW(
  profile: ChargingProfile,
  evse: { currentType: 'AC' | 'DC'; phases: number },
  at: Date,
): number | null {
  const { schedule, validFrom, validTo } = profile
  if (schedule.startAt === undefined) return null
  if ((validFrom !== undefined && at < validFrom) || (validTo !== undefined && at >= validTo)) return null
  let seconds = (at.getTime() - schedule.startAt.getTime()) / 1000
  if (profile.kind === 'recurringDaily') seconds = ((seconds % 86_400) + 86_400) % 86_400
  if (seconds < 0 || (schedule.durationSeconds !== undefined && seconds >= schedule.durationSeconds)) return null
  const period = schedule.periods.findLast((one) => one.startSeconds <= seconds)
  if (period === undefined) return null
  if (schedule.rateUnit === 'W') return Math.round(period.limit)
  return Math.round(period.limit * PHASE_VOLTS * (period.phases ?? (evse.currentType === 'AC' ? evse.phases : 3)))
}
