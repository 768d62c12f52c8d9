import type { ChargingProfile, ChargingProfilePeriod } from '../domain/charging-profile.ts'
import { VOLTS_AC } from './evse.ts'

export const DAY_MS = 86_400_000

/** A limit in force. `phases` is what the schedule asks for, at most what the outlet has. */
export interface Limit {
  limitW: number
  phases: number
}

/** What a profile or a stack of them says of one instant, and until when it cannot change. `limit: null` is a gap, not zero. */
export interface LimitSpan {
  limit: Limit | null
  untilMs: number
}

/** Power of a limit in its own unit: amperes are per phase (OCPP 1.6 §7.13, 2.0.1 K01). */
export function limitInWatts(limit: number, unit: 'W' | 'A', phases: number): number {
  return unit === 'W' ? limit : limit * VOLTS_AC * phases
}

/** The limit of one profile at `atMs`; `txStartedMs` is where a relative schedule begins. */
export function profileAt(
  profile: ChargingProfile,
  atMs: number,
  phases: number,
  txStartedMs: number | null,
): LimitSpan {
  const validFromMs = profile.validFrom?.getTime() ?? Number.NEGATIVE_INFINITY
  const validToMs = profile.validTo?.getTime() ?? Number.POSITIVE_INFINITY
  if (atMs >= validToMs) return gap(Number.POSITIVE_INFINITY)
  if (atMs < validFromMs) return gap(validFromMs)

  const { schedule } = profile
  const firstMs = profile.kind === 'relative' ? (txStartedMs ?? atMs) : (schedule.startAt?.getTime() ?? atMs)
  if (atMs < firstMs) return gap(Math.min(firstMs, validToMs))
  const daily = profile.kind === 'recurringDaily'
  const startMs = daily ? firstMs + Math.floor((atMs - firstMs) / DAY_MS) * DAY_MS : firstMs
  const againMs = daily ? startMs + DAY_MS : Number.POSITIVE_INFINITY
  const endMs = Math.min(againMs, startMs + (schedule.durationSeconds ?? Number.POSITIVE_INFINITY) * 1000)
  if (atMs >= endMs) return gap(Math.min(againMs, validToMs))

  let current: ChargingProfilePeriod | undefined
  let nextMs = endMs
  for (const period of schedule.periods) {
    const periodMs = startMs + period.startSeconds * 1000
    if (periodMs > atMs) {
      nextMs = Math.min(nextMs, periodMs)
      break
    }
    current = period
  }
  if (current === undefined) return gap(Math.min(nextMs, validToMs))
  const used = Math.min(current.phases ?? phases, phases)
  const limit = { limitW: limitInWatts(current.limit, schedule.rateUnit, used), phases: used }
  return { limit, untilMs: Math.min(nextMs, validToMs) }
}

function gap(untilMs: number): LimitSpan {
  return { limit: null, untilMs }
}

/** The first profile, in the order given, that has no gap at `atMs`: within one purpose, the stack. */
export function stackAt(
  profiles: readonly ChargingProfile[],
  atMs: number,
  phases: number,
  txStartedMs: number | null,
): LimitSpan {
  let untilMs = Number.POSITIVE_INFINITY
  for (const profile of profiles) {
    const span = profileAt(profile, atMs, phases, txStartedMs)
    untilMs = Math.min(untilMs, span.untilMs)
    if (span.limit !== null) return { limit: span.limit, untilMs }
  }
  return gap(untilMs)
}
