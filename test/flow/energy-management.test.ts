import { beforeEach, expect, test } from 'vitest'
import { keepSavingDays } from '../../db/saving-days.ts'
import { storePlan } from '../../db/plans.ts'
import { refreshWorkDays } from '../../db/work-days.ts'
import { consumptionReport, indicatorReport, loadReport, savingsReport } from '../../fleet-api/schemas/reports.ts'
import { addDays } from '../../domain/service-time.ts'
import { body, depotApi, nightPlan, openSession, type TestApi } from './api-depot.ts'
import { charged, drove, quarters } from './report-rows.ts'

let api: TestApi
beforeEach(async () => {
  api = await depotApi()
})

async function peak(peakW: number, at: Date): Promise<void> {
  await api.db.insertInto('monthly_peak').values({ site_id: 'depot', month: '2026-11-01', peak_w: peakW, at }).execute()
}

test('the load report has the curve over the base load, the limit, the load factor, and who made the month’s peak', async () => {
  await quarters(api.db, '2026-11-02', 95, 10_000)
  const peakAt = new Date('2026-11-02T21:45:00Z')
  await api.db
    .insertInto('energy_quarter')
    .values({
      site_id: 'depot',
      start_at: peakAt,
      energy_wh: 75_000,
      energy_price_micro_eur_per_kwh: null,
      network_price_micro_eur_per_kwh: null,
      carbon_g_per_kwh: null,
      energy_cost_micro_eur: null,
      network_cost_micro_eur: null,
      carbon_g: null,
      complete: true,
    })
    .execute()
  await api.db
    .insertInto('energy_interval')
    .values([
      { station_id: 'CP1', evse_id: 1, start_at: peakAt, session_number: 1, energy_wh: 18_000, vehicle_id: 'bus-1' },
      { station_id: 'CP2', evse_id: 1, start_at: peakAt, session_number: 2, energy_wh: 57_000, vehicle_id: 'bus-2' },
    ])
    .execute()
  await peak(320_000, peakAt)
  await api.db
    .updateTable('site')
    .set({ tariff: JSON.stringify({ networkEurPerKwh: 0, peakEurPerKw: 5 }) })
    .execute()
  const told = await body(api.get('/api/v1/reports/load?siteId=depot&from=2026-11-02&to=2026-11-03'), loadReport)
  expect(told.curve).toHaveLength(96)
  expect(told).toMatchObject({
    limitW: 300_000,
    baseLoadW: 20_000,
    peakW: 320_000,
    peakAt: '2026-11-02T21:45:00.000Z',
    quartersAboveLimit: 1,
    missingQuarters: 0,
    meanW: Math.round((95 * 60_000 + 320_000) / 96),
    loadFactor: 0.196,
  })
  expect(told.monthPeaks).toMatchObject([
    { month: '2026-11', peakW: 320_000, eurPerKw: 5, costMicroEur: 1_600_000_000 },
  ])
  expect(told.monthPeaks[0]?.contributors.map((one) => [one.stationId, one.vehicleId, one.powerW])).toEqual([
    ['CP2', 'bus-2', 228_000],
    ['CP1', 'bus-1', 72_000],
  ])
})

test('consumption is set against what the type’s curve expects at the same temperatures', async () => {
  await api.db
    .updateTable('vehicle_type')
    .set({
      consumption: JSON.stringify([
        [0, 1.6],
        [20, 1],
      ]),
    })
    .execute()
  await drove(api.db, '2026-11-02', 'bus-1', { '7': 100_000 }, { '7': 130_000 }, { temperatureC: 10 })
  await drove(api.db, '2026-11-03', 'bus-1', { '7': 50_000 }, {}, { temperatureC: 10 })
  await drove(
    api.db,
    '2026-11-02',
    'bus-2',
    { '9': 100_000 },
    { '9': 176_000 },
    { temperatureC: -3, driveSeconds: 18_000 },
  )
  const ask = (groupBy: string) =>
    body(api.get(`/api/v1/reports/consumption?from=2026-11-01&to=2026-12-01&groupBy=${groupBy}`), consumptionReport)
  const vehicles = await ask('vehicle')
  expect(vehicles.rows).toMatchObject([
    { key: 'bus-1', distanceM: 150_000, measuredM: 100_000, batteryKWhPerKm: 1.3, expectedKWhPerKm: 1.3, factor: 1 },
    { key: 'bus-2', batteryKWhPerKm: 1.76, expectedKWhPerKm: 1.6, factor: 1.1 },
  ])
  expect(vehicles.notes.join()).toContain('20 % of the distance')
  expect((await ask('temperature')).rows.map((row) => [row.key, row.label, row.batteryKWhPerKm])).toEqual([
    ['-5', '-5 to 0 °C', 1.76],
    ['10', '10 to 15 °C', 1.3],
  ])
  expect((await ask('speed')).rows.map((row) => [row.key, row.distanceM])).toEqual([
    ['15', 150_000],
    ['20', 100_000],
  ])
})

test('what a day’s first plan saved is kept, and counted as measured at the same energy', async () => {
  const noon = new Date('2026-11-23T10:00:00Z')
  const plan = nightPlan()
  plan.instance.start = noon.toISOString()
  plan.instance.slots = 96
  plan.instance.price = Array.from({ length: 96 }, (_, slot) => (slot < 48 ? 0.2 : 0.1))
  plan.instance.carbon = 300
  const kw = (from: number, to: number) =>
    Array.from({ length: 96 }, (_, slot) => (slot >= from && slot < to ? 120 : 20))
  plan.result.importKw = kw(48, 58)
  plan.result.uncontrolled.importKw = kw(20, 30)
  await storePlan(api.db, { ...plan, siteId: 'depot', createdAt: new Date('2026-11-23T10:04:00Z'), causes: [] })
  // The one that follows must not be counted as well.
  await storePlan(api.db, { ...plan, siteId: 'depot', createdAt: new Date('2026-11-23T10:09:00Z'), causes: [] })
  const ended = new Date('2026-11-24T10:00:00Z')
  expect(await keepSavingDays(api.db, new Date('2026-11-24T09:59:00Z'))).toBe(0)
  expect(await keepSavingDays(api.db, ended)).toBe(1)
  expect(await keepSavingDays(api.db, ended)).toBe(0)
  await api.db.deleteFrom('plan').execute()
  // 200 kWh were measured at 0.11 EUR.
  await quarters(api.db, '2026-11-24', 20, 10_000, { energyPriceMicroEurPerKwh: 110_000, carbonGPerKwh: 250 })
  await api.db
    .updateTable('site')
    .set({ tariff: JSON.stringify({ networkEurPerKwh: 0, peakEurPerKw: 5 }) })
    .execute()
  await peak(60_000, new Date('2026-11-23T23:00:00Z'))
  const told = await body(api.get('/api/v1/reports/savings?from=2026-11-23&to=2026-11-24'), savingsReport)
  expect(told.rows).toEqual([
    {
      date: '2026-11-23',
      siteId: 'depot',
      plannedEnergyWh: 250_000,
      actualEnergyWh: 200_000,
      plannedCostMicroEur: 25_000_000,
      actualCostMicroEur: 22_000_000,
      uncontrolledCostMicroEur: 40_000_000,
      savedMicroEur: 18_000_000,
      plannedPeakW: 120_000,
      actualPeakW: 60_000,
      uncontrolledPeakW: 120_000,
      savedCarbonG: 10_000,
    },
  ])
  expect(told.totals).toMatchObject({ savedPeakCostMicroEur: 300_000_000, savedMicroEur: 318_000_000 })
})

test('the energy performance is judged against a baseline at the same temperatures', async () => {
  for (let i = 0; i < 30; i += 1) {
    const celsius = i - 10
    const kWhPerKm = 1 + 0.02 * Math.max(0, 15 - celsius)
    await drove(
      api.db,
      addDays('2026-09-01', i),
      'bus-1',
      { '7': 100_000 },
      { '7': Math.round(kWhPerKm * 100_000) },
      { temperatureC: celsius },
    )
  }
  await drove(api.db, '2026-11-02', 'bus-1', { '7': 100_000 }, { '7': 126_000 }, { temperatureC: -5 })
  const told = await body(
    api.get('/api/v1/reports/indicators?from=2026-11-01&to=2026-12-01&baselineFrom=2026-09-01&baselineTo=2026-10-01'),
    indicatorReport,
  )
  expect(told.performance).toMatchObject({
    kWhPerKm: { value: 1.26 },
    expectedKWhPerKm: { value: 1.4 },
    ratio: { value: 0.9, reason: null },
    savedKWh: { value: 14 },
    baseline: { days: 30, rSquared: 1, heatingKwhPerKmPerK: 0.02 },
  })
  const without = await body(
    api.get('/api/v1/reports/indicators?from=2026-11-01&to=2026-12-01&baselineFrom=2026-10-01&baselineTo=2026-10-05'),
    indicatorReport,
  )
  expect(without.performance.ratio.reason).toContain('0 days')
})

test('cheap charging, states of charge and carbon per passenger-kilometre are told, or why they are not', async () => {
  await api.db
    .updateTable('site')
    .set({
      tariff: JSON.stringify({
        networkEurPerKwh: 0.02,
        peakEurPerKw: 0,
        zones: [
          { from: '00:00', to: '06:00', eurPerKwh: 0.05 },
          { from: '06:00', to: '24:00', eurPerKwh: 0.2 },
        ],
      }),
    })
    .execute()
  await quarters(api.db, '2026-11-02', 32, 1000)
  const number = await openSession(api, {
    vehicleId: 'bus-1',
    startedAt: new Date('2026-11-01T22:10:00Z'),
    endedAt: new Date('2026-11-02T02:00:00Z'),
  })
  await api.db
    .updateTable('charging_session')
    .set({ soc_start_percent: 35, soc_percent: 91 })
    .where('number', '=', number)
    .execute()
  await api.db
    .insertInto('vehicle_soc')
    .values({ vehicle_id: 'bus-2', at: new Date('2026-11-02T14:00:00Z'), soc_percent: 12.5, source: 'telemetry' })
    .execute()
  const path = '/api/v1/reports/indicators?from=2026-11-02&to=2026-11-03'
  const told = await body(api.get(path), indicatorReport)
  expect(told).toMatchObject({
    cheapestQuartileShare: { value: 0.75 },
    socAtPullInPercent: { value: 35 },
    socAtPullOutPercent: { value: 91 },
    lowestSoc: { value: 12.5, vehicleId: 'bus-2', at: '2026-11-02T14:00:00.000Z' },
    carbonPerPassengerKm: { value: null, reason: 'No passengers were counted.' },
  })
  await drove(api.db, '2026-11-02', 'bus-1', { '7': 80_000 }, {}, { passengersKm: 1200 })
  await drove(api.db, '2026-11-02', 'bus-1', { '': 20_000 }, {}, { blockId: 'B9' })
  await charged(api.db, '2026-11-02', 'bus-1', 100_000, { carbonG: 30_000 })
  await refreshWorkDays(api.db)
  const counted = await body(api.get(path), indicatorReport)
  // The empty fifth is borne by the line.
  expect(counted.carbonPerPassengerKm).toEqual({
    value: 25,
    unit: 'g CO2e/passenger-km',
    reason: null,
    passengerKm: 1200,
    countedShare: 1,
  })
})
