import { beforeEach, describe, expect, test } from 'vitest'
import { carbonBetween, putCarbonFactor, storeCarbon } from '../../db/carbon.ts'
import { json, type Db } from '../../db/database.ts'
import { pricesBetween, storePrices } from '../../db/prices.ts'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { siteCosting } from '../../db/site-costing.ts'
import { deleteSiteTariff, putSiteTariff, tariffsInForce } from '../../db/tariffs.ts'
import { siteTariff } from '../../domain/tariff/tariff.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const at = new Date('2026-11-20T08:00:00Z')
// Sofia's midnight of 1 December.
const midnight = new Date('2026-11-30T22:00:00Z')
const quarter = (n: number): Date => new Date(midnight.getTime() + n * 900_000)
const flat = (eurPerKwh: number, more: object = {}) =>
  siteTariff.parse({ zones: [{ from: '00:00', to: '24:00', eurPerKwh }], ...more })

let db: Db

beforeEach(async () => {
  db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1'] })
  await db
    .updateTable('site')
    .set({ tariff: json(flat(0.1, { networkEurPerKwh: 0.02, peakEurPerKw: 5 })) })
    .execute()
})

describe('costing a site’s quarter hours', () => {
  test('each quarter has the tariff in force, across a change at midnight', async () => {
    const tariff = flat(0.15, {
      networkZones: [{ from: '00:00', to: '06:00', eurPerKwh: 0.01 }],
      networkEurPerKwh: 0.04,
      peakEurPerKw: 6.5,
    })
    await putSiteTariff(db, 'depot', { validFrom: '2026-12-01', validTo: null, tariff }, at)
    const costing = await siteCosting(db, 'depot', quarter(-4), quarter(96))
    expect(costing?.quarter(quarter(-1))).toMatchObject({
      energyMicroEurPerKwh: 100_000,
      networkMicroEurPerKwh: 20_000,
    })
    expect(costing?.quarter(quarter(0))).toMatchObject({ energyMicroEurPerKwh: 150_000, networkMicroEurPerKwh: 10_000 })
    expect(costing?.quarter(quarter(24))).toMatchObject({ networkMicroEurPerKwh: 40_000 })
    expect(costing?.peakMicroEurPerKw(quarter(-1))).toBe(5_000_000)
    expect(costing?.peakMicroEurPerKw(quarter(0))).toBe(6_500_000)
    expect(() => costing?.quarter(quarter(96))).toThrow(RangeError)
    expect(() => costing?.quarter(new Date(midnight.getTime() + 1))).toThrow(RangeError)
    expect(await siteCosting(db, 'nowhere', quarter(0), quarter(1))).toBeUndefined()
  })

  test('a series wins where it has a price; where neither it nor zones know one the price is unknown, never that of another day', async () => {
    const tariff = siteTariff.parse({ series: 'day-ahead' })
    await putSiteTariff(db, 'depot', { validFrom: '2026-12-01', validTo: '2027-01-01', tariff }, at)
    await storePrices(
      db,
      'day-ahead',
      [{ startAt: quarter(0), endAt: quarter(4), priceMicroEurPerKwh: -5_000 }],
      'prices.csv',
      at,
    )
    const costing = await siteCosting(db, 'depot', quarter(0), quarter(8))
    expect(costing?.quarter(quarter(3)).energyMicroEurPerKwh).toBe(-5_000)
    expect(costing?.quarter(quarter(4)).energyMicroEurPerKwh).toBeNull()
  })

  test('carbon is the hour’s where it is known, else the year’s factor with its source, market-based only when somebody entered it', async () => {
    const tariff = flat(0.1, { carbonSeries: 'grid' })
    await putSiteTariff(db, 'depot', { validFrom: '2026-01-01', validTo: null, tariff }, at)
    await storeCarbon(db, 'grid', [{ startAt: quarter(0), endAt: quarter(4), gPerKwh: 280 }], 'grid.csv', at)
    const before = await siteCosting(db, 'depot', quarter(0), quarter(8))
    expect(before?.quarter(quarter(0))).toMatchObject({
      carbonLocationGPerKwh: 280,
      carbonBasis: 'series',
      carbonMarketGPerKwh: null,
    })
    expect(before?.quarter(quarter(4))).toMatchObject({ carbonLocationGPerKwh: 318, carbonBasis: 'factor' })
    expect(before?.carbonFactors).toMatchObject([{ year: 2023, isDefault: true }])

    const contract = { method: 'market' as const, validFrom: '2026-12-01', gPerKwh: 0, source: 'contract', year: 2026 }
    await putCarbonFactor(db, 'depot', contract, at)
    const after = await siteCosting(db, 'depot', quarter(-1), quarter(8))
    expect(after?.quarter(quarter(-1)).carbonMarketGPerKwh).toBeNull()
    expect(after?.quarter(quarter(0)).carbonMarketGPerKwh).toBe(0)
  })
})

describe('tariffs of a site', () => {
  test('a stored one asks for a plan, and taken away the fleet file’s holds again', async () => {
    await putSiteTariff(db, 'depot', { validFrom: '2026-11-01', validTo: null, tariff: flat(0.3) }, at)
    expect(await openReplanRequests(db)).toMatchObject([{ siteId: 'depot' }])
    const inForce = async () => (await tariffsInForce(db, 'depot', quarter(0), quarter(4))).map((span) => span.origin)
    expect(await inForce()).toEqual([{ kind: 'validity', validFrom: '2026-11-01' }])
    expect(await deleteSiteTariff(db, 'depot', '2026-11-01', at)).toBe(true)
    expect(await deleteSiteTariff(db, 'depot', '2026-11-01', at)).toBe(false)
    expect(await inForce()).toEqual([{ kind: 'fleetFile' }])
    expect(await putSiteTariff(db, 'nowhere', { validFrom: '2026-11-01', validTo: null, tariff: flat(1) }, at)).toBe(
      false,
    )
  })

  test('quarter hours take the place of the hour that was stored before, and an hour that of its quarters', async () => {
    const price = (from: number, to: number, value: number) => ({
      startAt: quarter(from),
      endAt: quarter(to),
      priceMicroEurPerKwh: value,
    })
    await storePrices(db, 's', [price(0, 4, 1), price(4, 8, 2)], 'a', at)
    await storePrices(db, 's', [price(0, 1, 3), price(1, 2, 4), price(2, 3, 5), price(3, 4, 6)], 'b', at)
    const values = async () =>
      (await pricesBetween(db, 's', quarter(0), quarter(8))).map((one) => one.priceMicroEurPerKwh)
    expect(await values()).toEqual([3, 4, 5, 6, 2])
    await storePrices(db, 's', [price(0, 4, 7)], 'c', at)
    expect(await values()).toEqual([7, 2])
    await storeCarbon(db, 's', [{ startAt: quarter(0), endAt: quarter(4), gPerKwh: 300.4 }], 'c', at)
    await storeCarbon(db, 's', [{ startAt: quarter(1), endAt: quarter(2), gPerKwh: 200 }], 'c', at)
    expect(await carbonBetween(db, 's', quarter(0), quarter(8))).toMatchObject([{ gPerKwh: 200 }])
  })
})
