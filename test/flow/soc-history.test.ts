import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { socCurve } from '../../db/views/soc-curve.ts'
import { socReading } from '../../fleet-api/schemas/records.ts'
import { listOf } from '../../fleet-api/schemas/common.ts'
import { body, depotApi, EVENING, openSession, type TestApi } from './api-depot.ts'

const DAY_MS = 86_400_000
const list = listOf(socReading)

async function remember(api: TestApi, readings: { at: Date; soc: number; source?: string }[]): Promise<void> {
  await sql`insert into vehicle_soc (vehicle_id, at, soc_percent, source) select 'bus-1', * from unnest(
    ${readings.map((one) => one.at.toISOString())}::timestamptz[], ${readings.map((one) => one.soc)}::real[],
    ${readings.map((one) => one.source ?? 'telemetry')}::text[])`.execute(api.db)
}

/** A charge that goes up and down all year, every ten minutes or so. */
function year(from: Date, count: number): { at: Date; soc: number }[] {
  let seed = 99
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  let soc = 50
  return Array.from({ length: count }, (_, i) => {
    soc = Math.min(100, Math.max(3, soc + (random() - 0.5) * 6))
    return {
      at: new Date(from.getTime() + i * 600_000 + Math.floor(random() * 500_000)),
      soc: Math.round(soc * 10) / 10,
    }
  })
}

describe('history of the state of charge', () => {
  test('a thinned curve has, of each part of the span, the lowest and highest reading, and the first and last of all, as a search of all finds them', async () => {
    const api = await depotApi()
    const from = new Date(EVENING.getTime() - 40 * DAY_MS)
    const readings = year(from, 5000)
    await remember(api, readings)
    const curve = await socCurve(api.db, { vehicleId: 'bus-1', from, to: EVENING, points: 400 })
    const partMs = Math.ceil((EVENING.getTime() - from.getTime()) / 199)
    const key = (one: { at: Date; soc: number }): string => `${one.at.toISOString()} ${one.soc}`
    const inOrder = readings.toSorted((a, b) => a.at.getTime() - b.at.getTime())
    const expected = new Set([inOrder[0], inOrder.at(-1)].flatMap((one) => (one === undefined ? [] : [key(one)])))
    for (const part of Map.groupBy(readings, (one) =>
      Math.floor((one.at.getTime() - from.getTime()) / partMs),
    ).values()) {
      const byCharge = part.toSorted((a, b) => a.soc - b.soc || a.at.getTime() - b.at.getTime())
      const highest = part.toSorted((a, b) => b.soc - a.soc || a.at.getTime() - b.at.getTime())[0]
      for (const one of [byCharge[0], highest]) if (one !== undefined) expected.add(key(one))
    }
    expect(curve.length).toBeLessThanOrEqual(400)
    expect(curve.map((one) => key({ at: one.at, soc: one.socPercent }))).toEqual([...expected].sort())
  })

  test('a year comes on one page with its extremes, and ends in an estimate that says so', async () => {
    const api = await depotApi()
    const from = new Date(EVENING.getTime() - 365 * DAY_MS)
    const low = { at: new Date(from.getTime() + 100 * DAY_MS), soc: 1.5 }
    await remember(api, [...year(from, 20_000), low])
    const query = `from=${from.toISOString()}&points=200`
    const { items, next } = await body(api.get(`/api/v1/vehicles/bus-1/soc?${query}`), list)
    expect(next).toBeNull()
    expect(items.length).toBeLessThanOrEqual(200)
    expect(items).toContainEqual({ at: low.at.toISOString(), socPercent: 1.5, source: 'telemetry', measured: true })
    expect(items.filter((one) => !one.measured)).toEqual([
      { at: EVENING.toISOString(), socPercent: expect.any(Number), source: 'estimate', measured: false },
    ])
    expect(items.at(-1)?.measured).toBe(false)
    expect(items.map((one) => one.at)).toEqual(items.map((one) => one.at).toSorted())
  })

  test('what a charger sent late is in the curve: every sample of a short span, the ends of each session in a long one', async () => {
    const api = await depotApi()
    const startedAt = new Date(EVENING.getTime() - 3 * 3_600_000)
    const number = await openSession(api, { vehicleId: 'bus-1', startedAt, endedAt: EVENING })
    const last = new Date(EVENING.getTime() - 600_000)
    await api.db
      .updateTable('charging_session')
      .set({ soc_start_percent: 21, soc_percent: 63, last_sample_at: last })
      .where('number', '=', number)
      .execute()
    await sql`insert into meter_sample (station_id, evse_id, session_number, at, received_at, soc_percent)
      select 'CP1', 1, ${number}, ${startedAt}::timestamptz + i * interval '10 minutes', ${EVENING}, 21 + i * 3 from generate_series(0, 14) i`.execute(
      api.db,
    )
    const socs = async (days: number): Promise<number[]> => {
      const from = new Date(EVENING.getTime() - days * DAY_MS)
      const curve = await socCurve(api.db, { vehicleId: 'bus-1', from, to: EVENING, points: 1000 })
      return curve.map((one) => one.socPercent)
    }
    expect(await socs(1)).toHaveLength(15)
    expect(await socs(30)).toEqual([21, 63])
  })

  test('nothing comes of nothing, and more than 366 days or fewer than 8 points are refused', async () => {
    const api = await depotApi()
    expect(await body(api.get('/api/v1/vehicles/bus-1/soc?points=100'), list)).toEqual({ items: [], next: null })
    expect((await api.get('/api/v1/vehicles/bus-1/soc?points=100&from=2024-01-01T00:00:00Z')).status).toBe(400)
    expect((await api.get('/api/v1/vehicles/bus-1/soc?points=7')).status).toBe(400)
    expect((await api.get('/api/v1/vehicles/ghost/soc?points=100')).status).toBe(404)
  })
})
