import { Temporal } from 'temporal-polyfill'

export type ReportEvery = 'day' | 'week' | 'month'

/** Local dates, `end` exclusive, and when the period's report is due. */
export interface DuePeriod {
  start: string
  end: string
  dueAt: Date
}

/**
 * The latest `most` periods whose reports are due by `now`, the latest first: the day, week (from Monday) or month that ended at a midnight is due at `atLocal` (`HH:MM`) on the
 * day that begins there. A time that the clocks skip is taken an hour later, one that comes twice the first time.
 */
export function duePeriods(
  every: ReportEvery,
  atLocal: string,
  timeZone: string,
  now: Date,
  most: number,
): DuePeriod[] {
  const step = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } }[every]
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  let end =
    every === 'day' ? today : every === 'week' ? today.subtract({ days: today.dayOfWeek - 1 }) : today.with({ day: 1 })
  const found: DuePeriod[] = []
  while (found.length < most) {
    const dueAt = new Date(end.toZonedDateTime({ timeZone, plainTime: atLocal }).epochMilliseconds)
    const start = end.subtract(step)
    if (dueAt <= now) found.push({ start: start.toString(), end: end.toString(), dueAt })
    end = start
  }
  return found
}
