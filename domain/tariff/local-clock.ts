import { Temporal } from 'temporal-polyfill'

const DAY_MS = 86_400_000

/** An instant as the wall clock shows it. */
export interface WallClock {
  /** Whole days since 1970-01-01. */
  day: number
  minute: number
}

/**
 * A wall clock that is read thousands of times: the zone's offset is looked up once between two changes of the clocks, instead of at each instant.
 * A year of quarter hours takes some milliseconds.
 */
export function createLocalClock(timeZone: string): (atMs: number) => WallClock {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  let offsetMs = 0
  return (atMs) => {
    if (atMs < from || atMs >= to) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone)
      offsetMs = zoned.offsetNanoseconds / 1e6
      from = atMs
      to = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY
    }
    const localMs = atMs + offsetMs
    const day = Math.floor(localMs / DAY_MS)
    return { day, minute: Math.floor((localMs - day * DAY_MS) / 60_000) }
  }
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/** 1 for January. */
export function monthOf(day: number): number {
  return new Date(day * DAY_MS).getUTCMonth() + 1
}

/** Whole days from 1970-01-01 to a date `YYYY-MM-DD`. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS
}

/** `YYYY-MM-DD`. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** The first instant of a local date. */
export function localMidnight(date: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }).epochMilliseconds)
}
