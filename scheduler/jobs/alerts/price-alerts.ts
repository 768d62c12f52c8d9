import type { AlertDraft } from '../../../domain/alert.ts'
import { addDays, localDate } from '../../../domain/service-time.ts'
import { createLocalClock, localMidnight } from '../../../domain/tariff/local-clock.ts'
import { entsoeZone } from '../../../domain/tariff/market-fetch.ts'
import type { WatchState } from './watch-state.ts'
import { localTime } from './words.ts'
import { wordsForAll, wordsOf } from '../../../domain/sentences/kept-sentence.ts'

/** A gap so near is told at any hour. */
const PRICE_GAP_MS = 10 * 60 * 60_000
/** Tomorrow's prices come out soon after noon; when any of them is missing at 15:00 by the site's clocks, somebody should know. */
const TOMORROW_IS_DUE_MINUTE = 15 * 60

/** Prices that the plan should have and has not, with what stands in for them. */
export function priceAlerts(state: WatchState): AlertDraft[] {
  const { now, fleet, plan } = state
  const { timeZone, siteId } = fleet.site
  const prices = plan?.context.prices
  if (prices?.series === undefined || prices.series === null || prices.missingFrom === null) return []
  const missingFrom = new Date(prices.missingFrom)
  const tomorrowIsDue = createLocalClock(timeZone)(now.getTime()).minute >= TOMORROW_IS_DUE_MINUTE
  const tomorrowEnds = localMidnight(addDays(localDate(now, timeZone), 2), timeZone)
  const isNear = missingFrom.getTime() - now.getTime() <= PRICE_GAP_MS
  if (!isNear && !(tomorrowIsDue && missingFrom < tomorrowEnds)) return []
  const instead = {
    zones: 'the tariff’s zones',
    lastKnown: 'the prices of the last day of the same kind',
    flat: 'one flat price',
  }[prices.fallback ?? 'flat']
  const { cause, remedy, why } = reasonOf(state, prices.series)
  const lastReason = state.priceNews.lastTry?.reason ?? null
  return [
    {
      key: `pricesMissing:${siteId}`,
      siteId,
      kind: 'pricesMissing',
      severity: 'look',
      sentence: `There are no prices of ${prices.series} from ${localTime(missingFrom, now, timeZone)} on.`,
      cause: `${cause} The plan goes on with ${instead}.`,
      remedy,
      parameters: {
        series: prices.series,
        missingFrom: prices.missingFrom,
        fallback: prices.fallback,
        why,
        askedAt:
          why === 'seriesEnds' || why === 'noKey' ? null : (state.priceNews.lastTry?.fetchedAt.toISOString() ?? null),
        said: lastReason === null ? null : wordsForAll(lastReason),
      },
    },
  ]
}

const BY_HAND = 'Import them (npm run import -- prices prices.csv).'

interface MissingReason {
  cause: string
  remedy: string
  /** The same for pages that speak another language. */
  why: 'seriesEnds' | 'noKey' | 'notAsked' | 'noData' | 'refused' | 'throttled' | 'failed' | 'incomplete'
}

function reasonOf({ priceNews, now, fleet }: WatchState, series: string): MissingReason {
  if (entsoeZone(series) === null) return { why: 'seriesEnds', cause: 'The series ends there.', remedy: BY_HAND }
  if (!priceNews.canFetch)
    return {
      why: 'noKey',
      cause: 'No key for ENTSO-E is set, so they are not fetched.',
      remedy: `Set ENTSOE_TOKEN. ${BY_HAND}`,
    }
  const { lastTry } = priceNews
  if (lastTry === null)
    return { why: 'notAsked', cause: 'They have not been asked for yet.', remedy: 'They are asked for by themselves.' }
  const at = localTime(lastTry.fetchedAt, now, fleet.site.timeZone)
  const remedy = `It is asked again by itself. ${BY_HAND}`
  switch (lastTry.outcome) {
    case 'noData':
      return { why: 'noData', cause: `ENTSO-E had none when it was asked at ${at}.`, remedy }
    case 'refused':
      return {
        why: 'refused',
        cause: `ENTSO-E refused at ${at}: ${sentenceEnd(lastTry.reason)}`,
        remedy: 'Check ENTSOE_TOKEN.',
      }
    case 'throttled':
      return { why: 'throttled', cause: `ENTSO-E was asked too often at ${at}.`, remedy }
    case 'failed':
      return { why: 'failed', cause: `ENTSO-E could not be asked at ${at}: ${sentenceEnd(lastTry.reason)}`, remedy }
    case 'incomplete':
    case 'stored':
      return { why: 'incomplete', cause: 'ENTSO-E has left some of them out.', remedy }
  }
}

function sentenceEnd(reason: string | null): string {
  const text = reason === null ? 'no reason was given' : wordsOf(reason, 'en')
  return text.endsWith('.') ? text : `${text}.`
}
