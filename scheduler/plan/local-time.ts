/** Writes an instant as people in `timeZone` read it: "Tue 05:40", or without the weekday "05:40". */
export interface LocalTime {
  withDay(ms: number): string
  time(ms: number): string
}

/** Wall-clock times of one time zone, for sentences and tables. */
export function localTime(timeZone: string): LocalTime {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short' })
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const time = (ms: number): string => clock.format(ms)
  return { time, withDay: (ms) => `${day.format(ms)} ${time(ms)}` }
}

/** "1 h 40 min". */
export function duration(hours: number): string {
  const minutes = Math.max(1, Math.round(hours * 60))
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
