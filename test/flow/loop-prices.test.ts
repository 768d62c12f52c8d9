import { beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { pricesBetween, storePrices } from '../../db/prices.ts'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { json } from '../../db/database.ts'
import { putSiteTariff, tariffsInForce } from '../../db/tariffs.ts'
import type { FleetTariff } from '../../domain/fleet-file.ts'
import { siteTariff } from '../../domain/tariff/tariff.ts'
import { sitePrices, type SitePrices } from '../../scheduler/prices/site-prices.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const start = new Date('2026-11-23T22:00:00Z')
const hour = (n: number): Date => new Date(start.getTime() + n * 3_600_000)
const hours = (from: number, prices: number[]) =>
  prices.map((price, i) => ({ startAt: hour(from + i), endAt: hour(from + i + 1), priceMicroEurPerKwh: price }))

let db: Db

/** Prices of the site with this tariff in its fleet file. */
async function pricesWith(tariff: FleetTariff | null, slots: number): Promise<SitePrices> {
  await db
    .updateTable('site')
    .set({ tariff: json(tariff) })
    .execute()
  const tariffs = await tariffsInForce(db, 'depot', start, new Date(start.getTime() + slots * 900_000))
  return sitePrices(db, { timeZone: 'Europe/Sofia', tariffs }, start, slots)
}

beforeEach(async () => {
  db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1'] })
})

describe('prices of a site', () => {
  test('an hourly series stands in each quarter, with the network price added', async () => {
    await storePrices(db, 'day-ahead', hours(0, [100_000, -20_000]), 'prices.csv', start)
    const tariff = { series: 'day-ahead', networkEurPerKwh: 0.03, peakEurPerKw: 0 }
    const { microEurPerKwh, origin } = await pricesWith(tariff, 8)
    expect(microEurPerKwh).toEqual([130_000, 130_000, 130_000, 130_000, 10_000, 10_000, 10_000, 10_000])
    expect(origin).toEqual({ kind: 'series', series: 'day-ahead', missingFrom: null, fallback: null })
  })

  test('where the series ends the zones go on', async () => {
    await storePrices(db, 'day-ahead', hours(0, [100_000]), 'prices.csv', start)
    const zones = [{ from: '00:00', to: '24:00', eurPerKwh: 0.2 }]
    const tariff = { series: 'day-ahead', zones, networkEurPerKwh: 0, peakEurPerKw: 0 }
    const { microEurPerKwh, origin } = await pricesWith(tariff, 6)
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
    const { microEurPerKwh, origin } = await pricesWith(tariff, 9)
    expect(microEurPerKwh).toEqual([70_000, 70_000, 70_000, 70_000, 80_000, 80_000, 80_000, 80_000, 100_000])
    expect(origin).toMatchObject({ missingFrom: start.toISOString(), fallback: 'lastKnown' })
  })

  test('a site without a tariff has one flat price and misses nothing', async () => {
    const { microEurPerKwh, origin } = await pricesWith(null, 2)
    expect(microEurPerKwh).toEqual([100_000, 100_000])
    expect(origin).toEqual({ kind: 'none', series: null, missingFrom: null, fallback: 'flat' })
  })

  test('of the days before, one of the same kind stands in: Sunday’s price does not become Monday’s', async () => {
    // 23 November 2026.
    const monday = new Date('2026-11-22T22:00:00Z')
    const slot = (days: number, price: number) => {
      const startAt = new Date(monday.getTime() - days * 86_400_000)
      return { startAt, endAt: new Date(startAt.getTime() + 3_600_000), priceMicroEurPerKwh: price }
    }
    await storePrices(db, 'day-ahead', [slot(3, 50_000), slot(2, 60_000), slot(1, 70_000)], 'prices.csv', start)
    const tariffs = [
      {
        startAt: monday,
        endAt: hour(0),
        tariff: siteTariff.parse({ series: 'day-ahead' }),
        origin: { kind: 'fleetFile' as const },
      },
    ]
    const site = { timeZone: 'Europe/Sofia', tariffs }
    expect((await sitePrices(db, site, monday, 1)).microEurPerKwh).toEqual([50_000])
    const holiday = siteTariff.parse({ series: 'day-ahead', holidays: ['2026-11-23'] })
    const off = { ...site, tariffs: tariffs.map((span) => ({ ...span, tariff: holiday })) }
    expect((await sitePrices(db, off, monday, 1)).microEurPerKwh).toEqual([70_000])
  })

  test('a tariff that changes at midnight prices each side by its own, network zones too', async () => {
    const zones = [{ from: '00:00', to: '24:00', eurPerKwh: 0.1 }]
    await db
      .updateTable('site')
      .set({ tariff: json({ zones, networkEurPerKwh: 0.02 }) })
      .execute()
    const next = siteTariff.parse({
      series: 'day-ahead',
      networkZones: [{ from: '00:00', to: '00:15', eurPerKwh: 0.05 }],
      networkEurPerKwh: 0.01,
    })
    await putSiteTariff(db, 'depot', { validFrom: '2026-11-24', validTo: null, tariff: next }, start)
    const from = new Date(start.getTime() - 900_000)
    await storePrices(db, 'day-ahead', hours(0, [80_000]), 'prices.csv', start)
    const tariffs = await tariffsInForce(db, 'depot', from, hour(1))
    const { microEurPerKwh, origin } = await sitePrices(db, { timeZone: 'Europe/Sofia', tariffs }, from, 4)
    expect(microEurPerKwh).toEqual([120_000, 130_000, 90_000, 90_000])
    expect(origin).toEqual({ kind: 'mixed', series: 'day-ahead', missingFrom: null, fallback: null })
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
