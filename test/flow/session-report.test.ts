import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { listOf } from '../../fleet-api/schemas/common.ts'
import { reportedSession } from '../../fleet-api/schemas/reports.ts'
import { body, depotApi, openSession, type TestApi } from './api-depot.ts'
import { quarters } from './report-rows.ts'

let api: TestApi
beforeEach(async () => {
  api = await depotApi()
})

const SPAN = 'from=2026-11-23&to=2026-11-25'

interface Meter {
  start: number | null
  stop: number | null
  energyWh: number
  group?: number
  resets?: number
  batteryWh?: number
  lastWh?: number
}

/** A session that ended, with what the energy job made of its register. */
async function counted(startedAt: string, endedAt: string | null, meter: Meter, vehicleId = 'bus-1'): Promise<number> {
  const end = endedAt === null ? {} : { endedAt: new Date(endedAt) }
  const number = await openSession(api, { vehicleId, startedAt: new Date(startedAt), ...end })
  await api.db
    .updateTable('charging_session')
    .set({
      meter_start_wh: meter.start,
      meter_stop_wh: meter.stop,
      energy_wh: meter.energyWh,
      soc_start_percent: 40,
      soc_percent: 80,
    })
    .where('number', '=', number)
    .execute()
  await api.db
    .insertInto('session_energy')
    .values({
      session_number: number,
      station_id: 'CP1',
      evse_id: 1,
      first_at: new Date(startedAt),
      first_wh: meter.start ?? 0,
      last_at: new Date(endedAt ?? startedAt),
      last_wh: meter.lastWh ?? meter.stop ?? 0,
      energy_wh: meter.energyWh,
      resets: meter.resets ?? 0,
      battery_wh: meter.batteryWh ?? null,
      continues_number: meter.group ?? null,
      group_number: meter.group ?? number,
    })
    .execute()
  return number
}

test('a session that was cut in two is one, from the first meter start to the last meter stop, with its parts', async () => {
  const first = await counted('2026-11-23T18:00:00Z', '2026-11-23T19:00:00Z', {
    start: 1000,
    stop: 41_000,
    energyWh: 40_000,
    batteryWh: 37_000,
  })
  const second = await counted('2026-11-23T19:01:00Z', '2026-11-23T20:00:00Z', {
    start: 41_000,
    stop: 71_000,
    energyWh: 30_000,
    batteryWh: 28_000,
    group: first,
  })
  const told = await body(api.get(`/api/v1/reports/sessions?${SPAN}`), listOf(reportedSession))
  expect(told.items).toHaveLength(1)
  const [session] = told.items
  expect(session).toMatchObject({
    sessionNumber: first,
    startAt: '2026-11-23T18:00:00.000Z',
    endAt: '2026-11-23T20:00:00.000Z',
    meterStartWh: 1000,
    meterStopWh: 71_000,
    energyWh: 70_000,
    batteryWh: 65_000,
    efficiency: 0.9286,
    durationSeconds: 7200,
    flags: [],
  })
  expect(session?.parts.map((part) => [part.sessionNumber, part.energyWh])).toEqual([
    [first, 40_000],
    [second, 30_000],
  ])
})

test('parts too short to tell what arrived in the battery tell it together, from the first state of charge to the last', async () => {
  await api.db.updateTable('vehicle_type').set({ battery_capacity_wh: 100_000 }).execute()
  const meter = { start: 1000, stop: 10_000, energyWh: 9000 }
  const first = await counted('2026-11-23T18:00:00Z', '2026-11-23T19:00:00Z', meter)
  const next = { start: 10_000, stop: 18_000, energyWh: 8000, group: first }
  const second = await counted('2026-11-23T19:01:00Z', '2026-11-23T20:00:00Z', next)
  for (const [number, from, to] of [
    [first, 40, 48],
    [second, 48, 56],
  ] as const)
    await api.db
      .updateTable('charging_session')
      .set({ soc_start_percent: from, soc_percent: to })
      .where('number', '=', number)
      .execute()
  const told = await body(api.get(`/api/v1/reports/sessions?${SPAN}`), listOf(reportedSession))
  expect(told.items).toMatchObject([{ energyWh: 17_000, batteryWh: 16_000, efficiency: 0.9412, flags: [] }])
})

test('where energy is not meter stop less meter start, a flag says why', async () => {
  await counted('2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z', {
    start: 90_000,
    stop: 5000,
    energyWh: 15_000,
    resets: 1,
  })
  const head = await counted('2026-11-23T12:00:00Z', '2026-11-23T13:00:00Z', {
    start: 5000,
    stop: 6000,
    energyWh: 1000,
  })
  await counted('2026-11-23T13:05:00Z', '2026-11-23T14:00:00Z', {
    start: 6500,
    stop: 8500,
    energyWh: 2000,
    group: head,
  })
  await counted('2026-11-23T15:00:00Z', null, { start: 8500, stop: null, lastWh: 9000, energyWh: 500, batteryWh: 600 })
  const told = await body(api.get(`/api/v1/reports/sessions?${SPAN}`), listOf(reportedSession))
  expect(told.items.map((one) => one.flags)).toEqual([
    ['meterReset', 'energyDiffersFromMeter'],
    ['energyDiffersFromMeter', 'gapBetweenParts'],
    ['open', 'impossibleEfficiency'],
  ])
  const file = async (lang: string) =>
    (await api.get(`/api/v1/reports/sessions?${SPAN}&format=csv&lang=${lang}`)).text()
  expect(await file('en')).toContain('meterReset energyDiffersFromMeter')
  expect(await file('bg')).toContain('още тече; невъзможна ефективност')
  expect(await file('uk')).toContain('енергія не дорівнює різниці показів; енергія між частинами')
})

test('cost and carbon are those of the quarter hours in which it flowed', async () => {
  const number = await counted('2026-11-22T22:05:00Z', '2026-11-22T22:25:00Z', { start: 0, stop: 3000, energyWh: 3000 })
  await quarters(api.db, '2026-11-23', 1, 5000, { energyPriceMicroEurPerKwh: 100_000, carbonGPerKwh: 300 })
  await api.db
    .insertInto('energy_interval')
    .values(
      ['22:00', '22:15'].map((time, i) => ({
        station_id: 'CP1',
        evse_id: 1,
        start_at: new Date(`2026-11-22T${time}:00Z`),
        session_number: number,
        energy_wh: 1000 + i * 1000,
        vehicle_id: 'bus-1',
      })),
    )
    .execute()
  const told = await body(api.get(`/api/v1/reports/sessions?${SPAN}`), listOf(reportedSession))
  expect(told.items).toMatchObject([{ costMicroEur: 100_000, carbonG: 300, flags: ['withoutPrice'] }])
})

test('pages of sessions follow each other without a gap, and the file has them all, to be checked by anyone', async () => {
  for (let hour = 10; hour < 15; hour += 1)
    await counted(`2026-11-23T${hour}:00:00Z`, `2026-11-23T${hour}:30:00Z`, {
      start: hour * 1000,
      stop: hour * 1000 + 750,
      energyWh: 750,
    })
  const seen: string[] = []
  let cursor = ''
  for (let n = 0; n < 3; n += 1) {
    const told = await body(api.get(`/api/v1/reports/sessions?${SPAN}&limit=2${cursor}`), listOf(reportedSession))
    seen.push(...told.items.map((one) => one.startAt))
    cursor = `&cursor=${told.next ?? ''}`
    expect(told.next === null).toBe(n === 2)
  }
  expect(seen).toEqual([10, 11, 12, 13, 14].map((hour) => `2026-11-23T${hour}:00:00.000Z`))
  const csv = await (await api.get(`/api/v1/reports/sessions?${SPAN}&format=csv`)).text()
  const rows = parse(csv, { columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(5)
  for (const row of rows)
    expect(Number(row['Meter stop (kWh)']) - Number(row['Meter start (kWh)'])).toBeCloseTo(
      Number(row['Energy (kWh)']),
      9,
    )
  const others = await body(api.get(`/api/v1/reports/sessions?${SPAN}&vehicleId=bus-2`), listOf(reportedSession))
  expect(others.items).toEqual([])
})
