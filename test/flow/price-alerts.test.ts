import { afterEach, expect, test } from 'vitest'
import { noteMarketFetch } from '../../db/market-fetches.ts'
import { storePrices } from '../../db/prices.ts'
import { watch } from '../../scheduler/jobs/watch.ts'
import { createHighsSolver } from '../../scheduler/plan/solver.ts'
import { startLoop, type Loop } from '../support/loop.ts'
import { toldInBulgarian } from '../support/alert-words.ts'

const SERIES = 'entsoe:10YCA-BULGARIA-R'
let loop: Loop | null = null

afterEach(async () => {
  await loop?.stop()
  loop = null
})

/** Prices until 01:00 by Sofia's clocks in the coming night, as they stand before tomorrow's come out. */
async function begin(at: string, endAt = '2026-11-22T23:00:00Z'): Promise<Loop> {
  loop = await startLoop({ at, tariff: { series: SERIES } })
  const from = new Date('2026-11-20T23:00:00Z')
  await storePrices(loop.db, SERIES, [{ startAt: from, endAt: new Date(endAt), priceMicroEurPerKwh: 1 }], 'test', from)
  await loop.run('replan', 'watch')
  return loop
}

test('at 15:00 by the site’s clocks, tomorrow’s missing prices are an alert, and before that they are not', async () => {
  const { alerts, advance, run } = await begin('2026-11-22T12:50:00Z')
  expect(await alerts('pricesMissing')).toEqual([])
  advance(10)
  await run('replan', 'watch')
  const [alert] = await alerts('pricesMissing')
  expect(alert?.sentence).toBe(`There are no prices of ${SERIES} from 01:00 on.`)
  expect(alert?.cause).toBe(
    'No key for ENTSO-E is set, so they are not fetched. The plan goes on with the prices of the last day of the same kind.',
  )
  expect(alert?.remedy).toContain('ENTSOE_TOKEN')
})

test('a gap at tomorrow’s end is told at 15:00 too, though it is far away', async () => {
  const { alerts } = await begin('2026-11-22T13:00:00Z', '2026-11-23T20:00:00Z')
  expect(await alerts('pricesMissing')).toHaveLength(1)
})

test('when tomorrow is complete nobody is told of the day after', async () => {
  const { alerts } = await begin('2026-11-22T13:00:00Z', '2026-11-23T23:00:00Z')
  expect(await alerts('pricesMissing')).toEqual([])
})

test.each([
  ['noData', 'No matching data found', 'ENTSO-E had none when it was asked at 14:55.', 'asked again by itself'],
  ['refused', 'wrong key', 'ENTSO-E refused at 14:55: wrong key.', 'Check ENTSOE_TOKEN.'],
  [
    'failed',
    '{"code":"outside_unreachable","values":{}}',
    'ENTSO-E could not be asked at 14:55: not reachable.',
    'asked again by itself',
  ],
] as const)('with a key set, the alert says what the market answered: %s', async (outcome, reason, cause, remedy) => {
  const { db, now, alerts } = await begin('2026-11-22T13:00:00Z')
  const fetched = {
    kind: 'price' as const,
    series: SERIES,
    date: '2026-11-23',
    slots: 0,
    missingSlots: 0,
    retryAt: null,
  }
  await noteMarketFetch(db, { ...fetched, fetchedAt: new Date('2026-11-22T12:55:00Z'), outcome, reason })
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  await watch({
    db,
    now,
    log,
    gateway: { send: () => Promise.resolve({ outcome: 'offline' }) },
    solver: createHighsSolver(),
    outbound: { allowPrivate: false },
    market: { entsoeUrl: 'http://127.0.0.1:1', entsoeToken: 'a-token', openMeteoUrl: null },
  })
  const [alert] = await alerts('pricesMissing')
  expect(alert?.cause).toContain(cause)
  expect(alert?.remedy).toContain(remedy)
  if (outcome === 'failed') expect((await toldInBulgarian(alert, now())).cause).toContain('няма връзка')
})
