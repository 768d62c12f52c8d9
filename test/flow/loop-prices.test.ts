import { beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { pricesBetween, storePrices } from '../../db/prices.ts'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { json } from '../../db/database.ts'
import { sitePrices } from '../../scheduler/prices/site-prices.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const start = new Date('2026-11-23T22:00:00Z')
const hour = (n: number): Date => new Date(start.getTime() + n * 3_600_000)
const hours = (from: number, prices: number[]) =>
  prices.map((price, i) => ({ startAt: hour(from + i), endAt: hour(from + i + 1), priceMicroEurPerKwh: price }))

let db: Db

beforeEach(async () => {
  db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1'] })
})

describe('prices of a site', () => {
  test('an hourly series stands in each quarter, with the network price added', async () => {
    await storePrices(db, 'day-ahead', hours(0, [100_000, -20_000]), 'prices.csv', start)
    const tariff = { series: 'day-ahead', networkEurPerKwh: 0.03, peakEurPerKw: 0 }
    const { microEurPerKwh, origin } = await sitePrices(db, { timeZone: 'Europe/Sofia', tariff }, start, 8)
    expect(microEurPerKwh).toEqual([130_000, 130_000, 130_000, 130_000, 10_000, 10_000, 10_000, 10_000])
    expect(origin).toEqual({ kind: 'series', series: 'day-ahead', missingFrom: null, fallback: null })
  })

  test('where the series ends the zones go on', async () => {
    await storePrices(db, 'day-ahead', hours(0, [100_000]), 'prices.csv', start)
    const zones = [{ from: '00:00', to: '24:00', eurPerKwh: 0.2 }]
    const tariff = { series: 'day-ahead', zones, networkEurPerKwh: 0, peakEurPerKw: 0 }
    const { microEurPerKwh, origin } = await sitePrices(db, { timeZone: 'Europe/Sofia', tariff }, start, 6)
    expect(microEurPerKwh).toEqual([100_000, 100_000, 100_000, 100_000, 200_000, 200_000])
    expect(origin).toEqual({
      kind: 'mixed',
      series: 'day-ahead',
      missingFrom: hour(1).toISOString(),
      fallback: 'zones',
    })
  })

  test('without zones the same time of the last known day stands in', async () => {
    await storePrices(db, 'day-ahead', hours(-24, [70_000, 80_000]), 'prices.csv', start)
    const tariff = { series: 'day-ahead', networkEurPerKwh: 0, peakEurPerKw: 0 }
    const { microEurPerKwh, origin } = await sitePrices(db, { timeZone: 'Europe/Sofia', tariff }, start, 9)
    expect(microEurPerKwh).toEqual([70_000, 70_000, 70_000, 70_000, 80_000, 80_000, 80_000, 80_000, 100_000])
    expect(origin).toMatchObject({ missingFrom: start.toISOString(), fallback: 'lastKnown' })
  })

  test('a site without a tariff has one flat price and misses nothing', async () => {
    const { microEurPerKwh, origin } = await sitePrices(db, { timeZone: 'Europe/Sofia', tariff: null }, start, 2)
    expect(microEurPerKwh).toEqual([100_000, 100_000])
    expect(origin).toEqual({ kind: 'none', series: null, missingFrom: null, fallback: 'flat' })
  })

  test('new prices replace those of the same time and ask for a plan where they count', async () => {
    await db
      .updateTable('site')
      .set({ tariff: json({ series: 'day-ahead' }) })
      .execute()
    await storePrices(db, 'day-ahead', hours(0, [100_000, 110_000]), 'old.csv', start)
    await storePrices(db, 'day-ahead', hours(1, [120_000]), 'new.csv', start)
    const stored = await pricesBetween(db, 'day-ahead', start, hour(2))
    expect(stored.map((slot) => slot.priceMicroEurPerKwh)).toEqual([100_000, 120_000])
    expect(await openReplanRequests(db)).toMatchObject([
      { siteId: 'depot', reason: 'prices of day-ahead were imported' },
    ])
  })
})
