import type { RegisterReading } from './register-step.ts'
import { registerStep } from './register-step.ts'

/** What is asked of two sessions at one EVSE, to say whether the later one carries the earlier one on. */
export interface SessionPart {
  vehicleId: string | null
  idToken: string | null
  first: RegisterReading
  last: RegisterReading
  ended: boolean
  socStartPercent: number | null
  socEndPercent: number | null
}

/** A reconnect, a reboot or a second card takes no longer. */
const LONGEST_GAP_MS = 10 * 60_000
/** What may flow unseen between the two: ten minutes at the power of a strong plug. */
const MOST_BETWEEN_WH = 75_000
const SAME_SOC_PERCENT = 3

/**
 * Whether `after` is the same charge as `before`, cut in two by a reconnect, a reboot or a card: the same vehicle at the same EVSE, less than ten minutes
 * apart, and the register going on. A register that counts from each plug-in begins anew; then the state of charge must go on. The two
 * are of one EVSE, `after` the next one there.
 */
export function carriesOn(before: SessionPart, after: SessionPart): boolean {
  const gapMs = after.first.atMs - before.last.atMs
  if (!before.ended || gapMs < 0 || gapMs >= LONGEST_GAP_MS) return false
  if (!sameVehicle(before, after)) return false
  const step = registerStep(before.last, after.first)
  if (step.kind === 'break' || step.energyWh > MOST_BETWEEN_WH) return false
  return step.kind !== 'reset' || socGoesOn(before, after)
}

function sameVehicle(before: SessionPart, after: SessionPart): boolean {
  if (before.vehicleId !== null || after.vehicleId !== null) return before.vehicleId === after.vehicleId
  return before.idToken !== null && before.idToken.toLowerCase() === after.idToken?.toLowerCase()
}

function socGoesOn(before: SessionPart, after: SessionPart): boolean {
  if (before.socEndPercent === null || after.socStartPercent === null) return false
  return Math.abs(after.socStartPercent - before.socEndPercent) <= SAME_SOC_PERCENT
}
