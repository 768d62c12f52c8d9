import { siteLocations } from '../../../db/site-locations.ts'
import { marketFetchesSince, noteMarketFetch, type MarketFetch } from '../../../db/market-fetches.ts'
import { storeWeather } from '../../../db/weather.ts'
import { openMeteoAnswer, readOpenMeteo, type TemperatureAt } from '../../../domain/weather/open-meteo.ts'
import { askForText } from '../ask-for-text.ts'
import { OutsideError } from '../ask-outside.ts'
import type { JobContext } from '../job.ts'
import { retryAt } from './wanted-days.ts'
import { keptSentence } from '../../../domain/sentences/kept-sentence.ts'
import { SaidError } from '../../../domain/sentences/said-error.ts'
import { say, type Sentence } from '../../../domain/sentences/sentence.ts'

/** Forecasts are worked out anew every few hours. */
const EVERY_MS = 3 * 60 * 60_000

type Result = Pick<MarketFetch, 'outcome' | 'slots'> & { reason: Sentence | null }

/** Fetches the temperatures of yesterday to the day after tomorrow at every site, every three hours; does nothing when no service is configured. */
export async function fetchWeather({ db, now, log, market }: JobContext): Promise<void> {
  if (market?.openMeteoUrl === undefined || market.openMeteoUrl === null) return
  for (const site of await siteLocations(db)) {
    const at = now()
    const date = at.toISOString().slice(0, 10)
    const last = (await marketFetchesSince(db, 'weather', site.siteId, date)).get(date)
    if (last?.retryAt !== undefined && last.retryAt !== null && last.retryAt > at) continue
    const result = await fetchSite(db, market.openMeteoUrl, site, at)
    const next = result.outcome === 'stored' ? new Date(at.getTime() + EVERY_MS) : retryAt(last?.attempts ?? 1, at)
    await noteMarketFetch(db, {
      kind: 'weather',
      series: site.siteId,
      date,
      fetchedAt: at,
      missingSlots: 0,
      ...result,
      reason: result.reason === null ? null : keptSentence(result.reason),
      retryAt: next,
    })
    if (result.outcome !== 'stored') log.warn({ siteId: site.siteId, reason: result.reason }, 'no weather came')
  }
}

async function fetchSite(
  db: JobContext['db'],
  openMeteoUrl: string,
  site: { siteId: string; latitude: number; longitude: number },
  at: Date,
): Promise<Result> {
  try {
    const url = new URL('v1/forecast', openMeteoUrl.endsWith('/') ? openMeteoUrl : `${openMeteoUrl}/`)
    const parameters = {
      latitude: site.latitude,
      longitude: site.longitude,
      hourly: 'temperature_2m',
      timezone: 'UTC',
      past_days: 1,
      forecast_days: 3,
    }
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value))
    const answer = await askForText(url)
    if (answer.status === 429) return { outcome: 'throttled', reason: say('outside_tooOften'), slots: 0 }
    if (answer.status !== 200)
      return { outcome: 'failed', reason: say('outside_status', { status: answer.status }), slots: 0 }
    const hours = hoursOf(answer.body)
    if (hours.length === 0) return { outcome: 'noData', reason: say('outside_nothing'), slots: 0 }
    await storeWeather(db, site.siteId, hours, 'open-meteo', at)
    return { outcome: 'stored', reason: null, slots: hours.length }
  } catch (error) {
    // What is wrong on our side, a database for one, is not the weather's fault.
    if (!(error instanceof SaidError || error instanceof OutsideError)) throw error
    return { outcome: 'failed', reason: error.sentence, slots: 0 }
  }
}

function hoursOf(body: string): TemperatureAt[] {
  let read: ReturnType<typeof openMeteoAnswer.safeParse>
  try {
    read = openMeteoAnswer.safeParse(JSON.parse(body))
  } catch {
    throw new SaidError(say('outside_unreadable'))
  }
  if (!read.success) throw new SaidError(say('outside_unreadable'))
  return readOpenMeteo(read.data)
}
