import { Temporal } from 'temporal-polyfill'

/** An instant as people at the site say it: `05:40`, with the day when it is not today's: `Tue 05:40`. */
export function localTime(at: Date, now: Date, timeZone: string): string {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const time = there.toPlainTime().toString({ smallestUnit: 'minute' })
  const soon = at.getTime() - now.getTime() < 12 * 3_600_000 && at.getTime() >= now.getTime()
  if (soon || there.toPlainDate().equals(here.toPlainDate())) return time
  return `${['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][there.dayOfWeek - 1] ?? ''} ${time}`
}

/** `12.3 kW`, `150 kW`. */
export function kilowatts(powerW: number): string {
  const kw = powerW / 1000
  return `${Math.abs(kw) < 20 ? Math.round(kw * 10) / 10 : Math.round(kw)} kW`
}

/** `25 min`, `2 h 5 min`. */
export function duration(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

/** `CP-1`, or `CP-1 plug 2` for a station with several. */
export function plugName(stationLabel: string, evseId: number, plugs: number): string {
  return plugs > 1 ? `${stationLabel} plug ${evseId}` : stationLabel
}
