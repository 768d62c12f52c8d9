/** Seconds of a GTFS time, `HH:MM:SS` or `H:MM:SS`, hours without an upper end; null when it is not one. */
export function parseTime(text: string): number | null {
  const match = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(text)
  return match === null ? null : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])
}

/** `H:MM:SS` as GTFS writes it. */
export function formatTime(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** `YYYY-MM-DD` of a GTFS date, `YYYYMMDD` (with dashes is accepted too); null when there is no such day. */
export function parseDate(text: string): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text)
  if (match === null) return null
  const date = `${match[1]}-${match[2]}-${match[3]}`
  const at = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null
}

/** A number, or null when empty or not one. */
export function parseNumber(text: string): number | null {
  if (text === '') return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}
