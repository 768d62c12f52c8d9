import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { carbonBetween } from '../../db/carbon.ts'
import { json, type Db } from '../../db/database.ts'
import { marketFetchViews } from '../../db/market-fetches.ts'
import { pricesBetween } from '../../db/prices.ts'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { forecastMean, weatherBetween } from '../../db/weather.ts'
import type { JobContext } from '../../scheduler/jobs/job.ts'
import { fetchMarket } from '../../scheduler/jobs/market/fetch-market.ts'
import { fetchWeather } from '../../scheduler/jobs/market/fetch-weather.ts'
import { marketDay } from '../../scheduler/prices/entsoe/market-day.ts'
import { createHighsSolver } from '../../scheduler/plan/solver.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'
import { keptSentence, wordsOf } from '../../domain/sentences/kept-sentence.ts'
import { say } from '../../domain/sentences/sentence.ts'

const TOKEN = 'a-token-for-this-test-only'
const ZONE = '10YCA-BULGARIA-R'
const SERIES = `entsoe:${ZONE}`
const solver = createHighsSolver()
const fixture = (name: string): string =>
  readFileSync(new URL(`../../scheduler/prices/fixtures/${name}.xml`, import.meta.url), 'utf8')

let db: Db
let server: Server
let clock: Date
let lines: string[]
let asked: URL[]
let answer: (url: URL, response: ServerResponse) => void

beforeEach(async () => {
  db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1'] })
  await tariff({ series: SERIES, carbonSeries: 'none' })
  clock = new Date('2026-11-22T12:10:00Z')
  lines = []
  asked = []
  answer = (_url, response) => void response.writeHead(500).end()
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://here')
    asked.push(url)
    answer(url, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
})

afterEach(() => new Promise((resolve) => void server.close(resolve)))

async function tariff(value: object): Promise<void> {
  await db
    .updateTable('site')
    .set({ tariff: json(value) })
    .execute()
}

function context(): JobContext {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keep = (fields: object, message: string): void => void lines.push(`${message} ${JSON.stringify(fields)}`)
  return {
    db,
    gateway: { send: () => Promise.reject(new Error('nobody is asked')) },
    now: () => clock,
    log: { debug: keep, info: keep, warn: keep, error: keep },
    solver,
    outbound: { allowPrivate: true },
    market: { entsoeUrl: `${url}/api`, entsoeToken: TOKEN, openMeteoUrl: url },
  }
}

const later = (minutes: number): void => void (clock = new Date(clock.getTime() + minutes * 60_000))
const days = (): string[] => asked.map((url) => url.searchParams.get('periodStart') ?? '')
const tries = async () =>
  (await marketFetchViews(db, { limit: 100 }))
    .filter((one) => one.kind === 'price')
    .map((one) => ({ ...one, reason: one.reason === null ? null : wordsOf(one.reason, 'en') }))

/** A day's prices in one point of curve type A03, by the period that was asked for. */
function dayOf(url: URL, price: string): string {
  const at = (name: string): string =>
    (url.searchParams.get(name) ?? '').replace(/^(....)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5Z')
  return fixture('carried-forward')
    .replaceAll('2026-11-22T23:00Z', at('periodStart'))
    .replaceAll('2026-11-23T23:00Z', at('periodEnd'))
    .replace(/<Point>.*<\/Point>/s, `<Point><position>1</position><price.amount>${price}</price.amount></Point>`)
}

describe('fetching day-ahead prices', () => {
  test('tomorrow is asked for from 13:00 Central European Time on, then today and two weeks back, each once', async () => {
    answer = (url, response) => void response.end(dayOf(url, '100.5'))
    clock = new Date('2026-11-22T11:55:00Z')
    await fetchMarket(context())
    expect(days()[0]).toBe('202611212300')
    expect(asked).toHaveLength(15)
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
      documentType: 'A44',
      in_Domain: ZONE,
      out_Domain: ZONE,
      periodStart: '202611212300',
      periodEnd: '202611222300',
      securityToken: TOKEN,
    })
    later(15)
    asked = []
    await fetchMarket(context())
    expect(days()).toEqual(['202611222300'])
    later(15)
    await fetchMarket(context())
    expect(asked).toHaveLength(1)
    const { from, to } = marketDay('2026-11-23')
    const stored = await pricesBetween(db, SERIES, from, to)
    expect(stored).toHaveLength(96)
    expect(stored[0]?.priceMicroEurPerKwh).toBe(100_500)
    expect(await openReplanRequests(db)).toHaveLength(1)
    expect(await tries()).toHaveLength(16)
  })

  test('what is not published yet is asked for again, later each time, and nobody calls it an error', async () => {
    answer = (_url, response) => void response.end(fixture('no-data'))
    await fetchMarket(context())
    const [tomorrow] = await tries()
    expect(tomorrow).toMatchObject({ date: '2026-11-23', outcome: 'noData', attempts: 1, slots: 0 })
    expect(tomorrow?.reason).toContain('No matching data')
    asked = []
    later(4)
    await fetchMarket(context())
    expect(asked).toEqual([])
    later(2)
    await fetchMarket(context())
    expect(days()).toContain('202611222300')
    expect((await tries())[0]?.retryAt).toEqual(new Date(clock.getTime() + 10 * 60_000))
    expect(await pricesBetween(db, SERIES, new Date(0), new Date('2027-01-01'))).toEqual([])
  })

  test('too many questions stop all questions until the time that the service names', async () => {
    answer = (_url, response) => void response.writeHead(429, { 'retry-after': '900' }).end()
    await fetchMarket(context())
    expect(asked).toHaveLength(1)
    later(14)
    await fetchMarket(context())
    expect(asked).toHaveLength(1)
    answer = (url, response) => void response.end(dayOf(url, '1'))
    later(2)
    await fetchMarket(context())
    expect(asked.length).toBeGreaterThan(10)
  })

  test('a wrong key is asked with once an hour, and stands neither in the log nor in the database', async () => {
    answer = (_url, response) => void response.writeHead(401).end(`<html>${TOKEN} is wrong</html>`)
    await fetchMarket(context())
    expect(asked).toHaveLength(1)
    expect((await tries())[0]).toMatchObject({ outcome: 'refused', reason: 'the key (ENTSOE_TOKEN) is not accepted' })
    expect(JSON.stringify([lines, await tries()])).not.toContain(TOKEN)
  })

  test.each([
    ['garbage', '\u0000\u0001 <<<', 200],
    ['a page of a proxy', '<html><body>Bad gateway</body></html>', 502],
    ['a redirect', '', 302],
    ['a refusal that repeats the key', fixture('refused').replace('The amount', `${TOKEN}: The amount`), 400],
    ['another zone’s prices', fixture('carried-forward').replaceAll(ZONE, '10YRO-TEL------P'), 200],
    ['too much', 'x'.repeat(9_000_000), 200],
  ])('%s stores nothing and is tried again', async (_what, body, status) => {
    answer = (_url, response) => void response.writeHead(status, { location: '/elsewhere' }).end(body)
    await fetchMarket(context())
    expect(await pricesBetween(db, SERIES, new Date(0), new Date('2027-01-01'))).toEqual([])
    const [tomorrow] = await tries()
    expect(tomorrow?.outcome).toMatch(/failed|noData|refused/)
    expect(tomorrow?.retryAt).not.toBeNull()
    expect(asked.every((url) => url.pathname === '/api')).toBe(true)
    expect(JSON.stringify(await tries())).not.toContain(TOKEN)
  })

  test('a service that is not there is a failure without its address', async () => {
    const gone = context()
    await fetchMarket({
      ...gone,
      market: { entsoeUrl: 'http://127.0.0.1:1/api', entsoeToken: TOKEN, openMeteoUrl: null },
    })
    expect((await tries())[0]).toMatchObject({ outcome: 'failed', reason: 'not reachable' })
  })

  test('of an incomplete day what is known is stored and the rest asked for again', async () => {
    answer = (_url, response) => void response.end(fixture('missing-slot'))
    await fetchMarket(context())
    const found = (await tries()).find((one) => one.date === '2026-11-23')
    expect(found).toMatchObject({ outcome: 'incomplete', slots: 23, missingSlots: 4 })
    const { from, to } = marketDay('2026-11-23')
    expect(await pricesBetween(db, SERIES, from, to)).toHaveLength(23)
  })

  test('without a token, or without a series of ENTSO-E, nothing is asked', async () => {
    const open = context()
    await fetchMarket({ ...open, market: { entsoeUrl: 'http://127.0.0.1:1', entsoeToken: null, openMeteoUrl: null } })
    await tariff({ series: 'ibex' })
    await fetchMarket(open)
    expect(asked).toEqual([])
    expect(await tries()).toEqual([])
  })
})

test('generation of the days that are over becomes carbon intensity with its source', async () => {
  await tariff({ carbonSeries: SERIES, zones: [{ from: '00:00', to: '24:00', eurPerKwh: 0.1 }] })
  answer = (_url, response) => void response.end(fixture('generation'))
  clock = new Date('2026-11-24T06:00:00Z')
  await fetchMarket(context())
  expect(asked[0]?.searchParams.get('documentType')).toBe('A75')
  expect(days()[0]).toBe('202611222300')
  const { from, to } = marketDay('2026-11-23')
  expect((await carbonBetween(db, SERIES, from, to)).map((slot) => slot.gPerKwh).slice(0, 4)).toEqual([
    281, 281, 281, 281,
  ])
})

test('temperatures come every three hours, and the mean of the coming day is what plans go by', async () => {
  const time = Array.from({ length: 48 }, (_, i) => new Date(Date.UTC(2026, 10, 22, i)).toISOString().slice(0, 16))
  const hourly = { time, temperature_2m: time.map((_, i) => (i < 24 ? 10 : -2)) }
  answer = (_url, response) =>
    void response.end(JSON.stringify({ hourly_units: { time: 'iso8601', temperature_2m: '°C' }, hourly }))
  clock = new Date('2026-11-22T12:00:00Z')
  await fetchWeather(context())
  expect(asked[0]?.pathname).toBe('/v1/forecast')
  expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toMatchObject({ latitude: '42', timezone: 'UTC' })
  expect(await weatherBetween(db, { siteId: 'depot', limit: 100 })).toHaveLength(48)
  expect(await forecastMean(db, 'depot', clock)).toBe(4)
  expect(await forecastMean(db, 'depot', new Date('2026-11-23T20:00:00Z'))).toBeNull()
  later(60)
  await fetchWeather(context())
  expect(asked).toHaveLength(1)
  later(121)
  answer = (_url, response) => void response.end('{"hourly":')
  await fetchWeather(context())
  expect(asked).toHaveLength(2)
  expect(await marketFetchViews(db, { kind: 'weather', limit: 10 })).toMatchObject([
    { outcome: 'failed', reason: keptSentence(say('outside_unreadable')) },
  ])
})
