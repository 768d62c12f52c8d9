export type PeriodKind = 'day' | 'week' | 'month' | 'year' | 'custom'
export type Comparison = 'previousPeriod' | 'previousYear' | 'none'

/** Local days of the site, `YYYY-MM-DD`; `to` is exclusive. */
export interface Period {
  kind: PeriodKind
  from: string
  to: string
}

export const PERIOD_KINDS: readonly PeriodKind[] = ['day', 'week', 'month', 'year', 'custom']
export const COMPARISONS: readonly Comparison[] = ['previousPeriod', 'previousYear', 'none']
/** What the reports of quarter hours span at most. */
export const MOST_DAYS = 366

const DATE = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000

const parse = (date: string): Date => new Date(`${date}T00:00:00Z`)
const write = (at: Date): string => at.toISOString().slice(0, 10)
const isDate = (text: string | null): text is string =>
  text !== null && DATE.test(text) && !Number.isNaN(parse(text).getTime()) && write(parse(text)) === text

export const addDays = (date: string, days: number): string => write(new Date(parse(date).getTime() + days * DAY_MS))
export const daysIn = ({ from, to }: Pick<Period, 'from' | 'to'>): number =>
  Math.round((parse(to).getTime() - parse(from).getTime()) / DAY_MS)

/** The first of the month so many months on. */
function monthOn(date: string, months: number): string {
  const at = parse(date)
  return write(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)))
}

/** The day, the week from Monday, the month or the year that a date lies in. */
export function periodAround(kind: Exclude<PeriodKind, 'custom'>, date: string): Period {
  if (kind === 'day') return { kind, from: date, to: addDays(date, 1) }
  if (kind === 'week') {
    const monday = addDays(date, -((parse(date).getUTCDay() + 6) % 7))
    return { kind, from: monday, to: addDays(monday, 7) }
  }
  if (kind === 'month') return { kind, from: monthOn(date, 0), to: monthOn(date, 1) }
  const year = parse(date).getUTCFullYear()
  return { kind, from: `${year}-01-01`, to: `${year + 1}-01-01` }
}

/** The period of the same kind right before (−1) or after (+1). */
export function shifted(period: Period, by: -1 | 1): Period {
  if (period.kind !== 'custom') return periodAround(period.kind, by < 0 ? addDays(period.from, -1) : period.to)
  const days = daysIn(period) * by
  return { ...period, from: addDays(period.from, days), to: addDays(period.to, days) }
}

/** The month that ended last: what a report is mostly wanted of. */
export const lastMonth = (today: string): Period => periodAround('month', addDays(monthOn(today, 0), -1))

/** What an address asks for; the running month when it names nothing that can be read. `until` is inclusive, as people write it. */
export function readPeriod(query: URLSearchParams, today: string): Period {
  const kind = PERIOD_KINDS.find((one) => one === query.get('period')) ?? 'month'
  if (kind === 'custom') {
    const [from, until] = [query.get('from'), query.get('until')]
    if (isDate(from) && isDate(until) && from <= until) {
      const period: Period = { kind, from, to: addDays(until, 1) }
      return daysIn(period) <= MOST_DAYS ? period : { ...period, to: addDays(from, MOST_DAYS) }
    }
    return { ...periodAround('month', today), kind }
  }
  const on = query.get('on')
  return periodAround(kind, isDate(on) ? on : today)
}

/** A period as parameters of an address; null takes one away. */
export function writePeriod(period: Period): Record<string, string | null> {
  return period.kind === 'custom'
    ? { period: 'custom', on: null, from: period.from, until: addDays(period.to, -1) }
    : { period: period.kind, on: period.from, from: null, until: null }
}

export const readComparison = (query: URLSearchParams): Comparison =>
  COMPARISONS.find((one) => one === query.get('compare')) ?? 'previousPeriod'

/** How finely a period is cut into bars. */
export function bucketOf(period: Period): 'hour' | 'day' | 'month' {
  const days = daysIn(period)
  return days <= 2 ? 'hour' : days <= 93 ? 'day' : 'month'
}
