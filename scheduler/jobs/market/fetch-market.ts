import { storeCarbon } from '../../../db/carbon.ts'
import { marketFetchesSince, noteMarketFetch, throttledUntil, type MarketFetch } from '../../../db/market-fetches.ts'
import { storePrices } from '../../../db/prices.ts'
import { tariffsOfSites } from '../../../db/tariffs.ts'
import { listed, type Said } from '../../../domain/sentences/said.ts'
import { addDays } from '../../../domain/service-time.ts'
import { SLOT_MS } from '../../../domain/slots.ts'
import { entsoeZone } from '../../../domain/tariff/market-fetch.ts'
import { carbonSeriesOf } from '../../../domain/tariff/tariff.ts'
import { readDayAhead } from '../../prices/entsoe/day-ahead.ts'
import { FACTOR_SOURCE } from '../../prices/entsoe/generation-factors.ts'
import { readGenerationCarbon } from '../../prices/entsoe/generation.ts'
import { marketDate, marketDay } from '../../prices/entsoe/market-day.ts'
import { askForText, type TextAnswer } from '../ask-for-text.ts'
import type { JobContext } from '../job.ts'
import { entsoeQuery } from './entsoe-query.ts'
import type { MarketSources } from './market-sources.ts'
import { BACK_FILL_DAYS, retryAt, wantedDays } from './wanted-days.ts'
import { keptSentence, wordsOf } from '../../../domain/sentences/kept-sentence.ts'
import { say, Sentence } from '../../../domain/sentences/sentence.ts'
import { OutsideError } from '../ask-outside.ts'

/** A run asks so often at most, one question after the other; ENTSO-E allows 400 a minute. */
const QUESTIONS_A_RUN = 20
const THROTTLED_MS = 10 * 60_000
const LONGEST_WAIT_S = 3600
/** A wrong key does not become right by itself. */
const REFUSED_MS = 60 * 60_000

type Kind = 'price' | 'carbon'
type Result = Pick<MarketFetch, 'outcome' | 'slots' | 'missingSlots'> & {
  reason: Said | null
  waitMs?: number
}

/**
 * Fetches what sites' tariffs name as `entsoe:ZONE`: tomorrow's prices once they are out, holes of the last two weeks, and the carbon intensity of days that are over. Each
 * day is stored once; a try that fails is made again, later each time, and stands in `market_fetch`.
 */
export async function fetchMarket({ db, now, log, market }: JobContext): Promise<void> {
  if (market === undefined || market.entsoeToken === null) return
  const source = { ...market, entsoeToken: market.entsoeToken }
  if ((await throttledUntil(db, now())) !== null) return
  let questions = 0
  for (const { kind, series, zone } of await fetchedSeries(db, now())) {
    const fetched = await marketFetchesSince(db, kind, series, addDays(marketDate(now()), -BACK_FILL_DAYS - 1))
    for (const date of wantedDays(kind, fetched, now())) {
      if (questions >= QUESTIONS_A_RUN) return
      questions += 1
      const result = await fetchDay(db, source, { kind, series, zone, date, at: now() })
      const at = now()
      const attempts = (fetched.get(date)?.attempts ?? 0) + 1
      const { waitMs, ...outcome } = { ...result, reason: keptReason(result.reason, source.entsoeToken) }
      const next = result.outcome === 'stored' ? null : waitMs === undefined ? retryAt(attempts, at) : after(at, waitMs)
      await noteMarketFetch(db, { kind, series, date, fetchedAt: at, ...outcome, retryAt: next })
      const reason = outcome.reason === null ? null : wordsOf(outcome.reason, 'en')
      const told = { kind, series, date, outcome: result.outcome, slots: result.slots, reason }
      if (result.outcome === 'stored') log.info(told, 'market data stored')
      else log.warn(told, 'market data are not complete; asked for again later')
      // Whatever is asked next would be refused too.
      if (result.outcome === 'throttled' || result.outcome === 'refused') return
    }
  }
}

/** The series that are to be fetched, prices first. */
async function fetchedSeries(db: JobContext['db'], now: Date): Promise<{ kind: Kind; series: string; zone: string }[]> {
  const since = addDays(marketDate(now), -BACK_FILL_DAYS)
  const sites = await tariffsOfSites(db)
  const tariffs = sites.flatMap((site) => [
    ...(site.fallback === null ? [] : [site.fallback]),
    ...site.dated.filter((one) => one.validTo === null || one.validTo > since).map((one) => one.tariff),
  ])
  const names = (kind: Kind, of: (tariff: (typeof tariffs)[number]) => string | null) =>
    [...new Set(tariffs.flatMap((tariff) => of(tariff) ?? []))].sort().flatMap((series) => {
      const zone = entsoeZone(series)
      return zone === null ? [] : [{ kind, series, zone }]
    })
  return [...names('price', (tariff) => tariff.series ?? null), ...names('carbon', carbonSeriesOf)]
}

async function fetchDay(
  db: JobContext['db'],
  market: MarketSources & { entsoeToken: string },
  day: { kind: Kind; series: string; zone: string; date: string; at: Date },
): Promise<Result> {
  let answer: TextAnswer
  try {
    answer = await askForText(entsoeQuery(market, day.kind, day.zone, day.date))
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    return nothing('failed', error.sentence)
  }
  if (answer.status === 401 || answer.status === 403)
    return { ...nothing('refused', say('outside_keyRefused')), waitMs: REFUSED_MS }
  if (answer.status === 429) {
    const waitMs = answer.retryAfterS === null ? THROTTLED_MS : Math.min(LONGEST_WAIT_S, answer.retryAfterS) * 1000
    return { ...nothing('throttled', say('outside_tooOften')), waitMs }
  }
  const read = day.kind === 'price' ? readDayAhead(answer.body, day.zone) : readGenerationCarbon(answer.body, day.zone)
  if (read.kind === 'noData') return nothing('noData', read.reason)
  if (read.kind === 'refused') return { ...nothing('refused', read.reason), waitMs: REFUSED_MS }
  if (answer.status !== 200) return nothing('failed', say('outside_status', { status: answer.status }))
  if (read.kind === 'unreadable') return nothing('failed', read.reason)

  const { from, to } = marketDay(day.date)
  const within = <Slot extends { startAt: Date; endAt: Date }>(slots: readonly Slot[]) =>
    slots.filter((slot) => slot.startAt >= from && slot.endAt <= to)
  const slots = within<{ startAt: Date; endAt: Date }>(read.slots)
  const knownMs = slots.reduce((sum, slot) => sum + slot.endAt.getTime() - slot.startAt.getTime(), 0)
  const missingSlots = Math.round((to.getTime() - from.getTime() - knownMs) / SLOT_MS)
  const reason = read.problems.length === 0 ? null : listed(read.problems.slice(0, 3))
  if (slots.length === 0) return nothing('noData', reason ?? say('outside_nothing'))
  if (read.kind === 'prices') await storePrices(db, day.series, within(read.slots), `ENTSO-E A44 ${day.date}`, day.at)
  else await storeCarbon(db, day.series, within(read.slots), FACTOR_SOURCE, day.at)
  return { outcome: missingSlots === 0 ? 'stored' : 'incomplete', reason, slots: slots.length, missingSlots }
}

function nothing(outcome: Result['outcome'], reason: Said): Result {
  return { outcome, reason, slots: 0, missingSlots: 0 }
}

/** What we say, or what others wrote: short, in one line, and without the key, should they repeat the question. */
function keptReason(reason: Result['reason'], token: string): string | null {
  if (reason === null) return null
  if (reason instanceof Sentence) return keptSentence(reason).replaceAll(token, '…')
  return reason
    .replaceAll(token, '…')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 500)
}

function after(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms)
}
