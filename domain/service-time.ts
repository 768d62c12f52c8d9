import { Temporal } from 'temporal-polyfill'

const HOURS_12_MS = 12 * 3_600_000

/**
 * The instant that GTFS counts a service day's times from: noon minus 12 hours in `timeZone`. Midnight on most days, 23:00 of the eve when
 * clocks go forward, 01:00 when they go back (GTFS reference, field type Time). `date` is `YYYY-MM-DD`.
 */
export function serviceDayStart(date: string, timeZone: string): Date {
  const noon = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: '12:00' })
  return new Date(noon.epochMilliseconds - HOURS_12_MS)
}

/** The instant of a timetable's time, given as seconds after the service day's start; `seconds` may exceed 24 hours. */
export function serviceInstant(date: string, timeZone: string, seconds: number): Date {
  return new Date(serviceDayStart(date, timeZone).getTime() + seconds * 1000)
}

/** The calendar date of `at` in `timeZone`, `YYYY-MM-DD`. */
export function localDate(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** `date` moved by whole days. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** `date` moved by whole months; a day that the other month does not have is its last. */
export function addMonths(date: string, months: number): string {
  return Temporal.PlainDate.from(date).add({ months }).toString()
}

/**
 * The service days whose trips can run within `[from, to)`, ascending: from some days before (a trip at 25:30 belongs to the eve; `daysBack`
 * says how far times reach past 24:00) to the day after `to`'s (whose service day starts an hour early when clocks go forward).
 */
export function serviceDatesAround(from: Date, to: Date, timeZone: string, daysBack = 2): string[] {
  const last = addDays(localDate(to, timeZone), 1)
  const dates: string[] = []
  for (let date = addDays(localDate(from, timeZone), -daysBack); date <= last; date = addDays(date, 1)) dates.push(date)
  return dates
}

/** Whole days from `earlier` to `later`, both `YYYY-MM-DD`; negative when they are the other way round. */
export function daysBetween(earlier: string, later: string): number {
  return Temporal.PlainDate.from(earlier).until(later, { largestUnit: 'days' }).days
}

/** 1 for Monday to 7 for Sunday. */
export function dayOfWeek(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek
}
