import { beforeEach, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { refreshWorkDays } from '../../db/work-days.ts'
import { energyReport } from '../../fleet-api/schemas/reports.ts'
import { body, depotApi, openSession, type TestApi } from './api-depot.ts'
import { charged, drove, quarters } from './report-rows.ts'

let api: TestApi
beforeEach(async () => {
  api = await depotApi()
})

async function report(query: string): Promise<z.output<typeof energyReport>> {
  return body(api.get(`/api/v1/reports/energy?${query}`), energyReport)
}

test('energy by vehicle has cost, carbon, efficiency, distance and share, and its rows add up to the totals', async () => {
  await charged(api.db, '2026-11-02', 'bus-1', 100_000, {
    energyCostMicroEur: 10_000_000,
    networkCostMicroEur: 3_000_000,
    carbonG: 31_800,
    batteryWh: 90_000,
    batteryGridWh: 100_000,
  })
  await charged(api.db, '2026-11-03', 'bus-2', 50_000, {
    stationId: 'CP2',
    standbyWh: 1000,
    energyCostMicroEur: 4_000_000,
    uncostedWh: 4500,
    uncarbonedWh: 50_000,
    batteryWh: 40_000,
    batteryGridWh: 49_000,
  })
  await charged(api.db, '2026-12-01', 'bus-1', 9_999_999)
  // A charger that nobody used, and that drew nothing.
  await charged(api.db, '2026-11-02', '', 0, { stationId: 'CP2' })
  await drove(api.db, '2026-11-02', 'bus-1', { '7': 80_000 })
  await openSession(api, { vehicleId: 'bus-1', startedAt: new Date('2026-11-02T20:00:00Z') })
  const told = await report('from=2026-11-01&to=2026-12-01&siteId=depot&groupBy=vehicle')
  expect(told.from).toBe('2026-10-31T22:00:00.000Z')
  expect(told.rows).toMatchObject([
    {
      key: 'bus-1',
      energyWh: 100_000,
      batteryWh: 90_000,
      efficiency: 0.9,
      efficiencyFlag: null,
      sessions: 1,
      distanceM: 80_000,
      kWhPerKm: 1.25,
      totalCostMicroEur: 13_000_000,
      carbonLocationG: 31_800,
      share: 0.666667,
    },
    {
      key: 'bus-2',
      energyWh: 50_000,
      standbyWh: 1000,
      efficiencyFlag: 'low',
      distanceM: null,
      kWhPerKm: null,
      carbonLocationG: null,
    },
  ])
  expect(told.totals).toMatchObject({ energyWh: 150_000, standbyWh: 1000, totalCostMicroEur: 17_000_000, sessions: 1 })
  expect(told.notes).toContain('No prices for 3 % of the energy; its cost is not in the figures.')
  expect(told.notes.join()).toMatch(/No location-based carbon factor for 33.3 %/)
})

test('a month’s peak charge is shared by energy over all that was charged in the month, so a day bears its part', async () => {
  await api.db
    .updateTable('site')
    .set({ tariff: JSON.stringify({ networkEurPerKwh: 0, peakEurPerKw: 5 }) })
    .execute()
  await api.db
    .insertInto('monthly_peak')
    .values({ site_id: 'depot', month: '2026-11-01', peak_w: 120_000, at: new Date('2026-11-05T18:00:00Z') })
    .execute()
  await charged(api.db, '2026-11-02', 'bus-1', 30_000)
  await charged(api.db, '2026-11-20', 'bus-2', 90_000)
  const month = await report('from=2026-11-01&to=2026-12-01&groupBy=site')
  expect(month.totals.peakCostMicroEur).toBe(600_000_000)
  const day = await report('from=2026-11-02&to=2026-11-03&groupBy=vehicle')
  expect(day.rows).toMatchObject([{ key: 'bus-1', peakCostMicroEur: 150_000_000 }])
})

test('market-based carbon goes by the factor in force on each day, and the basis says which', async () => {
  await api.db
    .insertInto('carbon_factor')
    .values([
      {
        site_id: 'depot',
        method: 'market',
        valid_from: '2026-01-01',
        g_per_kwh: 400,
        source: 'supplier',
        year: 2025,
        changed_at: api.clock.now,
      },
      {
        site_id: 'depot',
        method: 'market',
        valid_from: '2026-11-03',
        g_per_kwh: 0,
        source: 'guarantees of origin',
        year: 2026,
        changed_at: api.clock.now,
      },
    ])
    .execute()
  await charged(api.db, '2026-11-02', 'bus-1', 10_000, { carbonG: 3180 })
  await charged(api.db, '2026-11-03', 'bus-1', 10_000, { carbonG: 3180 })
  const told = await report('from=2026-11-02&to=2026-11-04&groupBy=day')
  expect(told.rows.map((row) => [row.key, row.carbonMarketG, row.carbonLocationG])).toEqual([
    ['2026-11-02', 4000, 3180],
    ['2026-11-03', 0, 3180],
  ])
  expect(told.carbonBasis.map((one) => [one.method, one.gPerKwh, one.source, one.year, one.isDefault])).toEqual([
    ['location', 318, 'lowcarbonpower.org', 2023, true],
    ['market', 400, 'supplier', 2025, false],
    ['market', 0, 'guarantees of origin', 2026, false],
  ])
})

test('lines are charged for what was driven, whole watt-hours that add up, with the same period a year before', async () => {
  await drove(api.db, '2026-11-02', 'bus-1', { '7': 10_000, '9': 10_000, '12': 10_000 })
  await charged(api.db, '2026-11-02', 'bus-1', 100_000)
  await drove(api.db, '2025-11-02', 'bus-1', { '7': 10_000 })
  await charged(api.db, '2025-11-02', 'bus-1', 40_000)
  await refreshWorkDays(api.db)
  const told = await report('from=2026-11-01&to=2026-12-01&groupBy=line&compare=previousYear')
  expect(told.compareFrom).toBe('2025-10-31T22:00:00.000Z')
  expect(told.rows.reduce((sum, row) => sum + row.energyWh, 0)).toBe(100_000)
  expect(told.rows.map((row) => [row.key, row.energyWh, row.comparison?.energyWh])).toEqual([
    ['12', 33_334, 0],
    ['7', 33_333, 40_000],
    ['9', 33_333, 0],
  ])
  expect(told.totals.comparison).toMatchObject({ energyWh: 40_000, differenceWh: 60_000, differenceShare: 1.5 })
  const blocks = await report('from=2026-11-01&to=2026-12-01&groupBy=block&bucket=month')
  expect(blocks.rows).toMatchObject([{ key: 'B1', bucket: '2026-11', energyWh: 100_000, distanceM: 30_000 }])
})

test('a series is compared day by day and not by what happens to stand at the same place', async () => {
  await charged(api.db, '2026-11-01', 'bus-1', 1000)
  await charged(api.db, '2026-11-03', 'bus-1', 3000)
  await charged(api.db, '2026-11-05', 'bus-1', 5000)
  await charged(api.db, '2026-11-06', 'bus-1', 6000)
  const told = await report('from=2026-11-04&to=2026-11-07&groupBy=vehicle&bucket=day&compare=previousPeriod')
  expect(told.rows.map((row) => [row.bucket, row.energyWh, row.comparison?.energyWh])).toEqual([
    ['2026-11-05', 5000, 0],
    ['2026-11-06', 6000, 3000],
  ])
  const days = await report('from=2026-11-04&to=2026-11-07&groupBy=day&compareFrom=2026-11-01&compareTo=2026-11-04')
  expect(days.rows.map((row) => [row.key, row.comparison?.energyWh])).toEqual([
    ['2026-11-05', 0],
    ['2026-11-06', 3000],
  ])
})

test.each([
  ['2026-03-29', 92, 23],
  ['2026-06-01', 96, 24],
  ['2026-10-25', 100, 25],
])('%s has %i quarters and %i hours', async (date, count, hours) => {
  await quarters(api.db, date, count, 250)
  const next = date.slice(0, 8) + String(Number(date.slice(8)) + 1).padStart(2, '0')
  const fine = await report(`from=${date}&to=${next}&groupBy=site&bucket=15min`)
  expect(fine.rows).toHaveLength(count)
  expect(fine.totals.energyWh).toBe(count * 250)
  const coarse = await report(`from=${date}&to=${next}&groupBy=site&bucket=hour`)
  expect(coarse.rows.map((row) => row.energyWh)).toEqual(Array.from({ length: hours }, () => 1000))
  const byHour = await report(`from=${date}&to=${next}&groupBy=hourOfDay`)
  const three = byHour.rows.find((row) => row.key === '03')?.energyWh
  expect(three).toBe(count === 92 ? undefined : count === 100 ? 2000 : 1000)
})

test('stations in quarters come from the intervals, costed with their site’s quarter', async () => {
  await quarters(api.db, '2026-11-02', 2, 1000, { energyPriceMicroEurPerKwh: 100_000, carbonGPerKwh: 300 })
  await api.db
    .insertInto('energy_interval')
    .values([
      {
        station_id: 'CP1',
        evse_id: 1,
        start_at: new Date('2026-11-01T22:00:00Z'),
        session_number: 1,
        energy_wh: 600,
        vehicle_id: 'bus-1',
      },
      {
        station_id: 'CP2',
        evse_id: 1,
        start_at: new Date('2026-11-01T22:00:00Z'),
        session_number: 0,
        energy_wh: 400,
        vehicle_id: null,
      },
    ])
    .execute()
  const told = await report('from=2026-11-02&to=2026-11-03&groupBy=station&bucket=15min')
  expect(told.rows).toMatchObject([
    {
      key: 'CP1',
      bucket: '2026-11-01T22:00:00.000Z',
      energyWh: 600,
      sessionWh: 600,
      energyCostMicroEur: 60_000,
      carbonLocationG: 180,
    },
    { key: 'CP2', energyWh: 400, standbyWh: 400, energyCostMicroEur: 40_000 },
  ])
})

test.each([
  ['from=2026-11-02&to=2026-11-02', 'query.to'],
  ['from=2026-11-02&to=2039-11-02', 'query.to'],
  ['from=2026-11-02&to=2026-12-31&bucket=15min', 'query.to'],
  ['from=2026-11-02&to=2026-12-31&bucket=hour&groupBy=vehicle', 'query.to'],
  ['from=2026-11-02&to=2026-11-03&bucket=hour&groupBy=line', 'query.bucket'],
  ['from=2026-11-02&to=2026-11-03&compareFrom=2026-11-01', 'query.compareTo'],
  ['from=yesterday&to=2026-11-03', 'query.from'],
])('%s is refused, and the answer says what is wrong', async (query, path) => {
  const answer = await api.get(`/api/v1/reports/energy?${query}`)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ errors: [{ path }] })
})

test('an unknown site is not found', async () => {
  expect((await api.get('/api/v1/reports/energy?from=2026-11-02&to=2026-11-03&siteId=nowhere')).status).toBe(404)
})

test('what is not shared among the lines yet is nobody’s, and missing in no total', async () => {
  await charged(api.db, '2026-11-02', 'bus-1', 100_000, {
    energyCostMicroEur: 10_000_000,
    networkCostMicroEur: 3_000_000,
  })
  await drove(api.db, '2026-11-02', 'bus-1', { '7': 80_000 })
  await refreshWorkDays(api.db)
  await charged(api.db, '2026-11-03', 'bus-2', 50_000, { stationId: 'CP2', energyCostMicroEur: 4_000_000 })
  const by = (groupBy: string, more = '') => report(`from=2026-11-01&to=2026-12-01&groupBy=${groupBy}${more}`)
  const [lines, vehicles, days] = await Promise.all([by('line'), by('vehicle'), by('line', '&bucket=day')])
  expect(lines.rows.map((row) => [row.key, row.energyWh])).toEqual(
    expect.arrayContaining([
      ['7', 100_000],
      ['', 50_000],
    ]),
  )
  for (const { totals } of [lines, days])
    expect([totals.energyWh, totals.energyCostMicroEur, totals.networkCostMicroEur]).toEqual([
      vehicles.totals.energyWh,
      vehicles.totals.energyCostMicroEur,
      vehicles.totals.networkCostMicroEur,
    ])
  expect(days.rows.find((row) => row.bucket === '2026-11-03')).toMatchObject({ key: '', energyWh: 50_000 })
})

test('energy per kilometre leaves out those whose distance nobody knows', async () => {
  await charged(api.db, '2026-11-02', 'bus-1', 100_000)
  await charged(api.db, '2026-11-02', 'bus-2', 50_000, { stationId: 'CP2' })
  await drove(api.db, '2026-11-02', 'bus-1', { '7': 80_000 })
  const told = await report('from=2026-11-01&to=2026-12-01&groupBy=vehicle')
  expect(told.totals).toMatchObject({ energyWh: 150_000, distanceM: 80_000, kWhPerKm: 1.25 })
})
