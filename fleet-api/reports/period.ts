import { localMidnight } from '../../domain/tariff/local-clock.ts'
import { addDays, daysBetween, localDate } from '../../domain/service-time.ts'
import { ApiError } from '../errors.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'

/** A report's time: whole local days for the daily roll-ups, and the instants that they lie between. `to` and `toAt` are exclusive. */
export interface Period {
  from: string
  to: string
  fromAt: Date
  toAt: Date
  timeZone: string
}

const DATE = /^\d{4}-\d{2}-\d{2}$/
const EARLIEST = '2000-01-01'
const LATEST = '2100-01-01'

/**
 * What `from` and `to` of a query mean: local dates, or instants. An instant within a day takes in its whole day when the report is made of days (`grain` day), and
 * `moved` says so; when it is made of quarters it is moved to the quarter's edge.
 */
export function periodOf(
  query: { from: string; to: string },
  timeZone: string,
  grain: 'day' | 'quarter',
  maxDays: number,
): { period: Period; moved: boolean } {
  const start = edge(query.from, timeZone, grain, 'from')
  const end = edge(query.to, timeZone, grain, 'to')
  const period = { from: start.date, to: end.date, fromAt: start.at, toAt: end.at, timeZone }
  if (period.fromAt >= period.toAt) throw refused('to', say('toAfterFrom'))
  if (daysBetween(period.from, period.to) > maxDays) throw refused('to', say('reportTooLong', { n: maxDays }))
  return { period, moved: start.moved || end.moved }
}

/** The months before when the period is made of whole months, else as many local days right before; at the same times of day. */
export function previousPeriod(period: Period): Period {
  if (period.from.endsWith('-01') && period.to.endsWith('-01')) {
    const months = monthNumber(period.to) - monthNumber(period.from)
    return atSameTimes(period, monthsBefore(period.from, months), period.from)
  }
  const days = daysBetween(period.from, period.to)
  return atSameTimes(period, addDays(period.from, -days), period.from)
}

/** The same dates a year before; 29 February becomes the 28th. */
export function previousYear(period: Period): Period {
  return atSameTimes(period, yearBefore(period.from), yearBefore(period.to))
}

/** Other days, as far cut off at both ends as `period` is. */
function atSameTimes(period: Period, from: string, to: string): Period {
  const { timeZone } = period
  const cutAtStart = period.fromAt.getTime() - localMidnight(period.from, timeZone).getTime()
  const cutAtEnd = localMidnight(period.to, timeZone).getTime() - period.toAt.getTime()
  return {
    from,
    to,
    fromAt: new Date(localMidnight(from, timeZone).getTime() + cutAtStart),
    toAt: new Date(localMidnight(to, timeZone).getTime() - cutAtEnd),
    timeZone,
  }
}

/** How far from the period's beginning a day, a month (`YYYY-MM`) or an instant lies; only places of one kind compare. */
export function placeIn(period: Period, label: string): number {
  if (/^\d{4}-\d{2}$/.test(label)) return monthNumber(label) - monthNumber(period.from)
  if (DATE.test(label)) return daysBetween(period.from, label)
  return Date.parse(label) - period.fromAt.getTime()
}

/** Of the first of a month. */
function monthsBefore(first: string, months: number): string {
  const number = monthNumber(first) - 1 - months
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`
}

function monthNumber(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
}

export function refused(name: string, message: Sentence): ApiError {
  return new ApiError('invalid-request', {
    detail: say('reportRefused'),
    errors: [{ path: `query.${name}`, message }],
  })
}

interface Edge {
  date: string
  at: Date
  moved: boolean
}

function edge(text: string, timeZone: string, grain: 'day' | 'quarter', name: 'from' | 'to'): Edge {
  if (DATE.test(text)) {
    if (text < EARLIEST || text > LATEST) throw refused(name, say('datesBetween', { from: EARLIEST, to: LATEST }))
    return { date: text, at: localMidnight(text, timeZone), moved: false }
  }
  const given = new Date(text)
  const date = localDate(given, timeZone)
  if (date < EARLIEST || date > LATEST) throw refused(name, say('datesBetween', { from: EARLIEST, to: LATEST }))
  const midnight = localMidnight(date, timeZone)
  if (midnight.getTime() === given.getTime()) return { date, at: given, moved: false }
  const next = addDays(date, 1)
  if (grain === 'day')
    return name === 'from'
      ? { date, at: midnight, moved: true }
      : { date: next, at: localMidnight(next, timeZone), moved: true }
  const quarter = 900_000
  const count = given.getTime() / quarter
  const at = new Date((name === 'from' ? Math.floor(count) : Math.ceil(count)) * quarter)
  return { date: name === 'from' ? date : next, at, moved: at.getTime() !== given.getTime() }
}

function yearBefore(date: string): string {
  const year = String(Number(date.slice(0, 4)) - 1)
  return date.endsWith('-02-29') ? `${year}-02-28` : `${year}${date.slice(4)}`
}
