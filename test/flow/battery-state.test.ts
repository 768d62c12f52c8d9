import type { z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { vehicle as vehicleSchema } from '../../fleet-api/schemas/depot.ts'
import { body, depotApi, EVENING, openSession, plugIn, type TestApi } from './api-depot.ts'

const MINUTE_MS = 60_000

async function post(api: TestApi, readings: object[]): Promise<void> {
  expect((await api.send('POST', '/api/v1/telemetry', { readings })).status).toBe(200)
}

function minutesAgo(api: TestApi, minutes: number): string {
  return new Date(api.clock.now.getTime() - minutes * MINUTE_MS).toISOString()
}

async function vehicle(api: TestApi, id: string): Promise<z.output<typeof vehicleSchema>> {
  return body(api.get(`/api/v1/vehicles/${id}`), vehicleSchema)
}

async function replans(api: TestApi): Promise<string[]> {
  const rows = await api.db.selectFrom('replan_request').select('reason').execute()
  await api.db.deleteFrom('replan_request').execute()
  return rows.map((row) => row.reason)
}

describe('what a vehicle has in its battery', () => {
  test('after 15 minutes a reading is old, and the estimate beside it goes on with a growing span', async () => {
    // bus-2 drives B2 until 23:00 local time, at 3.5 km an hour.
    const api = await depotApi()
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 0), socPercent: 60 }])
    const fresh = await vehicle(api, 'bus-2')
    expect(fresh).toMatchObject({ socPercent: 60, socSource: 'telemetry', socOld: false })
    expect(fresh.estimate).toMatchObject({ socPercent: 60, basis: 'measured' })

    api.clock.now = new Date(EVENING.getTime() + 30 * MINUTE_MS)
    const later = await vehicle(api, 'bus-2')
    expect(later).toMatchObject({ socPercent: 60, socAt: EVENING.toISOString(), socOld: true })
    expect(later.estimate.basis).toBe('driven')
    // 60 km in 17 h are 1.76 km in half an hour, at 1.2 of 200 kWh a kilometre.
    expect(later.estimate.socPercent).toBeCloseTo(60 - 1.06, 1)
    const span = (of: typeof later): number => of.estimate.highPercent - of.estimate.lowPercent
    expect(span(later)).toBeGreaterThan(span(fresh))
  })

  test('a vehicle that nobody ever heard of has no reading, and its estimate says that it knows nothing', async () => {
    const api = await depotApi()
    expect(await vehicle(api, 'bus-3')).toMatchObject({
      socPercent: null,
      socAt: null,
      socOld: null,
      estimate: { lowPercent: 0, highPercent: 100, basis: 'cautious' },
      telemetry: null,
    })
  })

  test('a charger that tells energy but no charge moves the estimate, not the reading', async () => {
    const api = await depotApi()
    await post(api, [{ vehicleId: 'bus-1', at: minutesAgo(api, 10), socPercent: 50 }])
    const number = await openSession(api, { vehicleId: 'bus-1', startedAt: new Date(minutesAgo(api, 8)) })
    await api.db
      .updateTable('charging_session')
      .set({ energy_wh: 20_000, last_sample_at: api.clock.now })
      .where('number', '=', number)
      .execute()
    const { socPercent, estimate } = await vehicle(api, 'bus-1')
    expect(socPercent).toBe(50)
    expect(estimate.basis).toBe('charged')
    expect(estimate.socPercent).toBeCloseTo(50 + (20 * 0.95 * 100) / 200, 1)
  })

  test('the range is told beside what is left of the block, with the margin above the reserve', async () => {
    const api = await depotApi()
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 0), socPercent: 60 }])
    const { range } = await vehicle(api, 'bus-2')
    expect(range.metres).toBeGreaterThan(80_000)
    expect(range.lowMetres).toBeLessThan(range.metres)
    // One of 17 hours is left of 60 km.
    expect(range.blockRemainingMetres).toBeCloseTo(3500, -2)
    expect(range.marginPercent).toBeGreaterThan(range.lowMarginPercent ?? Infinity)
    expect((await vehicle(api, 'bus-3')).range).toMatchObject({ blockRemainingMetres: null, marginPercent: null })
  })

  test('what a vehicle tells beside its charge is shown value by value with its age', async () => {
    const api = await depotApi()
    await post(api, [
      { vehicleId: 'bus-2', at: minutesAgo(api, 20), outdoorTemperatureC: 4, odometerM: 1000 },
      { vehicleId: 'bus-2', at: minutesAgo(api, 1), latitude: 42.5, longitude: 23.5, headingDeg: 10, doorsOpen: true },
    ])
    expect((await vehicle(api, 'bus-2')).telemetry).toEqual({
      at: minutesAgo(api, 1),
      source: 'api',
      position: { latitude: 42.5, longitude: 23.5, headingDeg: 10, at: minutesAgo(api, 1), old: false },
      speed: null,
      odometer: { metres: 1000, at: minutesAgo(api, 20), old: true },
      outdoorTemperature: { celsius: 4, at: minutesAgo(api, 20), old: true },
      batteryTemperature: null,
      doors: { open: true, at: minutesAgo(api, 1), old: false },
      passengers: null,
    })
  })
})

describe('telemetry asks for a new plan', () => {
  test('for the first charge that is told, and not for positions or for what was to be expected', async () => {
    const api = await depotApi()
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 60), latitude: 42, longitude: 23, speedKmh: 30 }])
    expect(await replans(api)).toEqual([])
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 59), socPercent: 60 }])
    expect(await replans(api)).toEqual(['bus-2 says that it has 60 %'])
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 58), socPercent: 59 }])
    // 58 minutes later: 2 points less by the timetable, so 57 is within what was to be expected.
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 0), socPercent: 57 }])
    expect(await replans(api)).toEqual([])
  })

  test('for a charge that is more than 3 points off the estimate, once', async () => {
    const api = await depotApi()
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 10), socPercent: 60 }])
    await replans(api)
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 9), socPercent: 56 }])
    expect(await replans(api)).toEqual(['bus-2 says that it has 56 %'])
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 9), socPercent: 56 }])
    await post(api, [{ vehicleId: 'bus-2', at: minutesAgo(api, 11), socPercent: 30 }])
    expect(await replans(api)).toEqual([])
  })

  test('not for a bus that charges at its plug, and not for one that is out of service', async () => {
    const api = await depotApi()
    await plugIn(api, 'bus-1', 'CP1')
    await post(api, [
      { vehicleId: 'bus-1', at: minutesAgo(api, 40), socPercent: 40 },
      { vehicleId: 'bus-3', at: minutesAgo(api, 40), socPercent: 40 },
    ])
    await replans(api)
    await api.db.updateTable('vehicle').set({ in_service: false }).where('id', '=', 'bus-3').execute()
    await post(api, [
      { vehicleId: 'bus-1', at: minutesAgo(api, 20), socPercent: 51 },
      { vehicleId: 'bus-3', at: minutesAgo(api, 20), socPercent: 90 },
    ])
    expect(await replans(api)).toEqual([])
  })
})
