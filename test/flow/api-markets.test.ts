import { expect, test } from 'vitest'
import { noteMarketFetch } from '../../db/market-fetches.ts'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { listOf } from '../../fleet-api/schemas/common.ts'
import * as markets from '../../fleet-api/schemas/markets.ts'
import { body, depotApi, EVENING } from './api-depot.ts'

const zones = [{ from: '00:00', to: '24:00', eurPerKwh: 0.1 }]

test('a tariff is set from a day on, is in force on its days, is replaced and taken away', async () => {
  const { db, get, send } = await depotApi()
  const put = (from: string, tariff: unknown, validTo: string | null = null) =>
    send('PUT', `/api/v1/sites/depot/tariffs/${from}`, { validTo, tariff })
  const read = async () => (await body(get('/api/v1/sites/depot/tariffs'), listOf(markets.datedTariff))).items
  expect(await read()).toEqual([])

  const stored = await body(put('2026-11-01', { zones, peakEurPerKw: 5 }), markets.datedTariff)
  expect(stored).toMatchObject({
    origin: 'validity',
    validFrom: '2026-11-01',
    inForce: true,
    tariff: { peakEurPerKw: 5, networkEurPerKwh: 0 },
  })
  expect(await openReplanRequests(db)).toMatchObject([{ siteId: 'depot' }])
  await put('2026-12-01', { zones, networkZones: zones }, '2027-01-01')
  await put('2026-11-01', { zones, peakEurPerKw: 6 })
  expect((await read()).map((one) => [one.validFrom, one.validTo, one.inForce, one.tariff.peakEurPerKw])).toEqual([
    ['2026-11-01', null, true, 6],
    ['2026-12-01', '2027-01-01', false, 0],
  ])

  expect((await send('DELETE', '/api/v1/sites/depot/tariffs/2026-11-01')).status).toBe(204)
  expect((await send('DELETE', '/api/v1/sites/depot/tariffs/2026-11-01')).status).toBe(404)
  expect((await put('2026-11-01', { zones }, '2026-11-01')).status).toBe(400)
  expect((await put('2026-11-01', { zones: [{ from: '25:00', to: '24:00', eurPerKwh: 1 }] })).status).toBe(400)
  expect((await put('2026-11-01', { zones, unknown: 1 })).status).toBe(400)
  expect((await put('2026-02-30', { zones })).status).toBe(400)
  expect((await send('PUT', '/api/v1/sites/x/tariffs/2026-11-01', { tariff: { zones } })).status).toBe(404)
  expect((await get('/api/v1/sites/x/tariffs')).status).toBe(404)
})

test('what a person changes in tariffs and series stands in the audit log', async () => {
  const { db, send } = await depotApi()
  await send('PUT', '/api/v1/sites/depot/tariffs/2026-11-01', { tariff: { zones } })
  await send('PUT', '/api/v1/carbon?series=grid', {
    slots: [{ startAt: '2026-11-23T22:00:00Z', endAt: '2026-11-23T23:00:00Z', gPerKwh: 300 }],
  })
  const lines = await db
    .selectFrom('audit_log')
    .select(['action', 'subject_kind', 'subject_id'])
    .orderBy('id')
    .execute()
  expect(lines).toContainEqual({ action: 'putTariff', subject_kind: 'tariff', subject_id: 'depot/2026-11-01' })
  expect(lines).toContainEqual({ action: 'putCarbon', subject_kind: 'series', subject_id: 'carbon/grid' })
})

test('carbon intensities are stored, paged and refused when they overlap', async () => {
  const { get, send } = await depotApi()
  const slot = (hour: number, gPerKwh: number) => ({
    startAt: `2026-11-24T0${hour}:00:00Z`,
    endAt: `2026-11-24T0${hour + 1}:00:00Z`,
    gPerKwh,
  })
  const put = (slots: unknown) => send('PUT', '/api/v1/carbon?series=grid', { slots })
  expect(await (await put([slot(1, 300), slot(2, 290), slot(3, 280)])).json()).toEqual({ series: 'grid', stored: 3 })
  const first = await body(get('/api/v1/carbon?series=grid&limit=2'), listOf(markets.carbonSlot))
  const rest = await body(get(`/api/v1/carbon?series=grid&limit=2&cursor=${first.next}`), listOf(markets.carbonSlot))
  expect([...first.items, ...rest.items].map((one) => one.gPerKwh)).toEqual([300, 290, 280])
  expect((await put([slot(2, 1), slot(1, 1)])).status).toBe(400)
  expect((await put([{ ...slot(1, 1), endAt: '2027-11-24T00:00:00Z' }])).status).toBe(400)
  expect((await put([slot(1, -1)])).status).toBe(400)
})

test('a site’s carbon factors come with source and year, the default first until one is entered', async () => {
  const { get, send } = await depotApi()
  const path = '/api/v1/sites/depot/carbon-factors'
  const read = async () => (await body(get(path), listOf(markets.carbonFactor))).items
  expect(await read()).toMatchObject([{ method: 'location', gPerKwh: 318, year: 2023, isDefault: true }])
  const contract = { gPerKwh: 0, source: 'guarantees of origin', year: 2026 }
  await body(send('PUT', `${path}/market/2026-01-01`, contract), markets.carbonFactor)
  expect(await read()).toMatchObject([{ isDefault: true }, { method: 'market', isDefault: false, ...contract }])
  expect((await send('DELETE', `${path}/market/2026-01-01`)).status).toBe(204)
  expect((await send('DELETE', `${path}/market/2026-01-01`)).status).toBe(404)
  expect((await send('PUT', `${path}/other/2026-01-01`, contract)).status).toBe(400)
  expect((await get('/api/v1/sites/x/carbon-factors')).status).toBe(404)
})

test('temperatures are taken as hours and as an answer of Open-Meteo', async () => {
  const { get, send } = await depotApi()
  const path = '/api/v1/sites/depot/weather'
  const hours = [{ at: '2026-11-24T01:00:00+02:00', temperatureC: 1.5 }]
  expect(await (await send('PUT', path, { source: 'roof', hours })).json()).toEqual({ siteId: 'depot', stored: 1 })
  const openMeteo = {
    latitude: 42,
    utc_offset_seconds: 7200,
    hourly_units: { time: 'iso8601', temperature_2m: '°C' },
    hourly: { time: ['2026-11-24T01:00', '2026-11-24T02:00'], temperature_2m: [2.5, 3] },
  }
  expect(await (await send('PUT', path, openMeteo)).json()).toEqual({ siteId: 'depot', stored: 2 })
  const { items, next } = await body(get(`${path}?limit=1`), listOf(markets.weatherHour))
  const rest = await body(get(`${path}?limit=1&cursor=${next}`), listOf(markets.weatherHour))
  expect([...items, ...rest.items]).toEqual([
    { at: '2026-11-23T23:00:00.000Z', temperatureC: 2.5, source: 'open-meteo' },
    { at: '2026-11-24T00:00:00.000Z', temperatureC: 3, source: 'open-meteo' },
  ])
  const kelvin = { ...openMeteo, hourly_units: { time: 'iso8601', temperature_2m: 'K' } }
  expect((await send('PUT', path, kelvin)).status).toBe(400)
  expect((await send('PUT', '/api/v1/sites/x/weather', { hours })).status).toBe(404)
  expect((await get('/api/v1/sites/x/weather')).status).toBe(404)
})

test('what came of fetching is listed by day, newest first', async () => {
  const { db, get } = await depotApi()
  const note = (date: string, kind: 'price' | 'carbon') =>
    noteMarketFetch(db, {
      kind,
      series: 'entsoe:10YCA-BULGARIA-R',
      date,
      fetchedAt: EVENING,
      outcome: 'noData',
      reason: 'No matching data found',
      slots: 0,
      missingSlots: 0,
      retryAt: EVENING,
    })
  await note('2026-11-23', 'price')
  await note('2026-11-24', 'price')
  await note('2026-11-24', 'carbon')
  await note('2026-11-24', 'price')
  const seen: string[] = []
  let cursor = ''
  for (let pages = 0; pages < 5; pages += 1) {
    const { items, next } = await body(get(`/api/v1/market-fetches?limit=1${cursor}`), listOf(markets.marketFetch))
    seen.push(...items.map((one) => `${one.date} ${one.kind} ${one.attempts}`))
    if (next === null) break
    cursor = `&cursor=${next}`
  }
  expect(seen).toEqual(['2026-11-24 carbon 1', '2026-11-24 price 2', '2026-11-23 price 1'])
  const foreign = btoa(JSON.stringify(['today', 'price', 'x']))
  expect((await get(`/api/v1/market-fetches?cursor=${foreign}`)).status).toBe(400)
})
