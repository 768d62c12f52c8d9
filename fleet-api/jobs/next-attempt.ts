const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Waits between attempts: quick at first, for a server that restarts, then over three days, for one whose people are away. */
const WAITS_MS = [
  5_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
]

/** When to try again after `attempts` failures, the last at `at`; null: given up. */
export function nextAttempt(attempts: number, at: Date): Date | null {
  const wait = WAITS_MS[attempts - 1]
  return wait === undefined ? null : new Date(at.getTime() + wait)
}
