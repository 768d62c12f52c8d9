import { beforeEach, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { energyReport } from '../../fleet-api/schemas/reports.ts'
import { body, depotApi, openSession, type TestApi } from './api-depot.ts'
import { charged, quarters } from './report-rows.ts'

let api: TestApi
beforeEach(async () => {
  api = await depotApi()
})

async function report(query: string): Promise<z.output<typeof energyReport>> {
  return body(api.get(`/api/v1/reports/energy?${query}`), energyReport)
}

test('who charged only in the other period is compared too, so that the rows add up to the totals', async () => {
  await charged(api.db, '2026-11-10', 'bus-1', 4000, { energyCostMicroEur: 400_000 })
  await charged(api.db, '2026-11-03', 'bus-1', 3000, { energyCostMicroEur: 300_000 })
  await charged(api.db, '2026-11-03', 'bus-2', 7000, { energyCostMicroEur: 700_000 })
  const told = await report('from=2026-11-09&to=2026-11-16&groupBy=vehicle&compare=previousPeriod')
  expect(told.rows.map((row) => [row.key, row.label, row.energyWh, row.comparison?.energyWh])).toEqual([
    ['bus-1', expect.any(String), 4000, 3000],
    ['bus-2', expect.any(String), 0, 7000],
  ])
  const sum = (pick: (row: (typeof told.rows)[number]) => number | null | undefined): number =>
    told.rows.reduce((total, row) => total + (pick(row) ?? 0), 0)
  expect(sum((row) => row.comparison?.energyWh)).toBe(told.totals.comparison?.energyWh)
  expect(sum((row) => row.comparison?.differenceWh)).toBe(told.totals.comparison?.differenceWh)
  expect(sum((row) => row.comparison?.totalCostMicroEur)).toBe(told.totals.comparison?.totalCostMicroEur)
  expect(told.rows[1]?.label).not.toBe('')
})

test('whole months are compared with the months before, however long these are', async () => {
  await charged(api.db, '2026-01-30', 'bus-1', 1000)
  await charged(api.db, '2026-02-10', 'bus-1', 2000)
  await charged(api.db, '2026-03-10', 'bus-1', 3000)
  const march = await report('from=2026-03-01&to=2026-04-01&groupBy=month&compare=previousPeriod')
  expect(march.compareFrom).toBe('2026-01-31T22:00:00.000Z')
  expect(march.rows.map((row) => [row.key, row.energyWh, row.comparison?.energyWh])).toEqual([['2026-03', 3000, 2000]])
  expect(march.totals.comparison?.energyWh).toBe(2000)
  const twoMonths = await report('from=2026-02-01&to=2026-04-01&groupBy=month&compare=previousPeriod')
  expect(twoMonths.rows.map((row) => row.comparison?.energyWh)).toEqual([0, 1000])
})

test('some hours of a day are compared with the same hours of the day before and of the year before', async () => {
  await quarters(api.db, '2026-11-02', 96, 1000)
  await quarters(api.db, '2026-11-03', 96, 2000)
  await quarters(api.db, '2025-11-03', 96, 500)
  const span = 'from=2026-11-03T06:00:00%2B02:00&to=2026-11-03T08:00:00%2B02:00&groupBy=site&bucket=hour'
  const dayBefore = await report(`${span}&compare=previousPeriod`)
  expect([dayBefore.compareFrom, dayBefore.compareTo]).toEqual(['2026-11-02T04:00:00.000Z', '2026-11-02T06:00:00.000Z'])
  expect(dayBefore.rows.map((row) => [row.energyWh, row.comparison?.energyWh])).toEqual([
    [8000, 4000],
    [8000, 4000],
  ])
  expect(dayBefore.totals.comparison?.energyWh).toBe(8000)
  const yearBefore = await report(`${span}&compare=previousYear`)
  expect(yearBefore.totals.comparison?.energyWh).toBe(4000)
})

test('costs below zero stay below zero, and the rows still add up', async () => {
  for (const vehicle of ['bus-1', 'bus-2', 'bus-3'])
    await charged(api.db, '2026-11-02', vehicle, 1000, { energyCostMicroEur: -33_333, networkCostMicroEur: 10_000 })
  const told = await report('from=2026-11-02&to=2026-11-03&groupBy=vehicle')
  expect(told.rows.map((row) => row.totalCostMicroEur)).toEqual([-23_333, -23_333, -23_333])
  expect(told.totals).toMatchObject({ energyCostMicroEur: -99_999, totalCostMicroEur: -69_999 })
})

test('sessions are of the same local days as the energy, at each site by its own clocks', async () => {
  const site = await api.db.selectFrom('site').selectAll().where('id', '=', 'depot').executeTakeFirstOrThrow()
  await api.db
    .insertInto('site')
    .values({
      id: 'far',
      name: 'Far',
      time_zone: 'America/New_York',
      latitude: site.latitude,
      longitude: site.longitude,
    })
    .execute()
  await api.db.updateTable('station').set({ site_id: 'far', node_id: null }).where('id', '=', 'CP1').execute()
  await api.db
    .insertInto('energy_day')
    .values({
      date: '2026-11-02',
      site_id: 'far',
      station_id: 'CP1',
      evse_id: 1,
      vehicle_id: 'bus-1',
      energy_wh: 5000,
      session_wh: 5000,
      standby_wh: 0,
    })
    .execute()
  // Eleven in the evening there, and six in the morning of the next day at the first site.
  await openSession(api, { vehicleId: 'bus-1', startedAt: new Date('2026-11-03T04:00:00Z') })
  const told = await report('from=2026-11-02&to=2026-11-03&groupBy=site')
  expect(told.rows).toMatchObject([{ key: 'far', energyWh: 5000, sessions: 1 }])
})
