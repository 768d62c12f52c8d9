import type { MarketFetch } from '../../../db/market-fetches.ts'
import { addDays } from '../../../domain/service-time.ts'
import { createLocalClock } from '../../../domain/tariff/local-clock.ts'
import { MARKET_TIME_ZONE, marketDate } from '../../prices/entsoe/market-day.ts'

/** How many days back holes are filled. */
export const BACK_FILL_DAYS = 14
/** The auction's result is published about 12:57 Central European Time. */
const PUBLISHED_AT_MINUTE = 13 * 60
/** A day that is over and still has holes after so many tries keeps them. */
const TRIES_FOR_A_PAST_DAY = 8
const FIRST_RETRY_MS = 5 * 60_000
const LAST_RETRY_MS = 60 * 60_000

/**
 * The market days to ask for now, the most urgent first: tomorrow's prices once they can be there, today, then the days before. Generation is asked for when its day is
 * over. Days that are stored, that wait for their next try or have had enough tries are left out.
 */
export function wantedDays(kind: 'price' | 'carbon', fetched: ReadonlyMap<string, MarketFetch>, now: Date): string[] {
  const today = marketDate(now)
  const published = createLocalClock(MARKET_TIME_ZONE)(now.getTime()).minute >= PUBLISHED_AT_MINUTE
  const newest = kind === 'carbon' ? -1 : published ? 1 : 0
  const dates = Array.from({ length: newest + BACK_FILL_DAYS + 1 }, (_, i) => addDays(today, newest - i))
  return dates.filter((date) => {
    const last = fetched.get(date)
    if (last === undefined) return true
    if (last.outcome === 'stored' || last.retryAt === null || last.retryAt > now) return false
    return date >= today || last.attempts < TRIES_FOR_A_PAST_DAY
  })
}

/** When to ask again after the `attempts`th try: after five minutes, then twice as long each time, up to an hour. */
export function retryAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1)))
}
