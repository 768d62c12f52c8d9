import { createLocalClock, dayOf, weekdayOf } from '../../domain/tariff/local-clock.ts'

/** How far back a day may lie whose price stands in for an unknown one. */
export const DAYS_BACK = 14
const DAY_MS = 86_400_000
const SATURDAY = 5
const SUNDAY = 6

type DayKind = 'workday' | 'saturday' | 'sunday'

/**
 * A price in place of an unknown one: that of the same time by the clocks on the last day of the same kind (working day, Saturday, Sunday or holiday) that is known, up to two weeks
 * back; of the last day of any kind when none is.
 */
export function alikeDayBefore(
  timeZone: string,
  holidays: readonly string[] = [],
): (atMs: number, known: (atMs: number) => number | null) => number | null {
  const clock = createLocalClock(timeZone)
  const free = new Set(holidays.map(dayOf))

  function kindOf(day: number): DayKind {
    const weekday = weekdayOf(day)
    if (free.has(day) || weekday === SUNDAY) return 'sunday'
    return weekday === SATURDAY ? 'saturday' : 'workday'
  }

  /** The instant on an earlier day with the same time by the clocks; the hour that a day does not have is the one after it. */
  function sameTime(atMs: number, daysBack: number): number {
    const wanted = clock(atMs)
    const guess = atMs - daysBack * DAY_MS
    const found = clock(guess)
    return guess + ((wanted.day - daysBack - found.day) * 1440 + wanted.minute - found.minute) * 60_000
  }

  return (atMs, known) => {
    const kind = kindOf(clock(atMs).day)
    let any: number | null = null
    for (let days = 1; days <= DAYS_BACK; days += 1) {
      const thenMs = sameTime(atMs, days)
      const price = known(thenMs)
      if (price === null) continue
      if (kindOf(clock(thenMs).day) === kind) return price
      any ??= price
    }
    return any
  }
}
