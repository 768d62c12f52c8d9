import { addDays, localDate } from '../../../domain/service-time.ts'
import { localMidnight } from '../../../domain/tariff/local-clock.ts'

/** The day-ahead market's day runs from midnight to midnight in Central European Time, in Bulgaria too: from 01:00 to 01:00 by Sofia's clocks. */
export const MARKET_TIME_ZONE = 'Europe/Brussels'

/** The market's day `YYYY-MM-DD` that an instant belongs to. */
export function marketDate(at: Date): string {
  return localDate(at, MARKET_TIME_ZONE)
}

/** Begin and end of a market's day: 92, 96 or 100 quarter hours apart. */
export function marketDay(date: string): { from: Date; to: Date } {
  return { from: localMidnight(date, MARKET_TIME_ZONE), to: localMidnight(addDays(date, 1), MARKET_TIME_ZONE) }
}
