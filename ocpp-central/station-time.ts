/** An instant that a station wrote, and what to make of it. */
export interface StationTime {
  /** What the product works with: the station's own time, or the time of receipt when that was not believed. */
  at: Date
  /** What the station wrote, when it was not believed. */
  stationAt: Date | null
  doubt: TimeDoubt | null
}

/** `clockUnset`: before 2020, the clock has not been set since power-up. `clockAhead`: in the future, local time written as UTC or a drifted clock. */
export type TimeDoubt = 'clockUnset' | 'clockAhead'

const PLAUSIBLE_FROM = Date.UTC(2020, 0, 1)
/** Databases and ISO 8601 write years of four digits. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999)
const TOLERANCE_MS = 5 * 60_000
const ISO = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)? ?(?:[Zz]|([+-])(\d\d):?(\d\d)?)?$/

/**
 * Decides whether to believe a station's clock. A time in the past is believed however old it is, since stations deliver late what they
 * stored while offline; a clock that is behind cannot be told from that.
 */
export function stationTime(text: string, receivedAt: Date): StationTime {
  const written = readInstant(text)
  if (written === undefined) return { at: receivedAt, stationAt: null, doubt: 'clockUnset' }
  const doubt = doubtOf(written, receivedAt)
  return doubt === null ? { at: written, stationAt: null, doubt } : { at: receivedAt, stationAt: written, doubt }
}

function doubtOf(written: Date, receivedAt: Date): TimeDoubt | null {
  if (written.getTime() < PLAUSIBLE_FROM) return 'clockUnset'
  return written.getTime() - receivedAt.getTime() > TOLERANCE_MS ? 'clockAhead' : null
}

/** An ISO 8601 instant; without a zone it is UTC (OCPP 1.6 §3.14, 2.0.1 §1.6.3 ask for UTC). Undefined when there is no such instant. */
export function readInstant(text: string): Date | undefined {
  const match = ISO.exec(text.trim())
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, offsetHour = '0', offsetMinute = '0'] =
    match
  if (Number(month) > 12 || Number(day) > 31 || Number(hour) > 24) return undefined
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3))
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), ms)
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000
  const instant = new Date(utc - (sign === undefined ? 0 : offsetMs))
  return instant.getTime() <= LAST_INSTANT ? instant : undefined
}
