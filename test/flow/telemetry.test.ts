import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { depotApi, type TestApi } from './api-depot.ts'

/** What a batch is answered with. */
async function post(
  api: TestApi,
  readings: object[],
): Promise<{ stored: number; repeated: number; refused: object[] }> {
  const answer = await api.send('POST', '/api/v1/telemetry', { readings })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { stored: number; repeated: number; refused: object[] }
}

async function vehicleRow(api: TestApi, id = 'bus-1') {
  return api.db.selectFrom('vehicle').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function socs(api: TestApi, query: string): Promise<number[]> {
  const answer = await api.get(`/api/v1/vehicles/bus-1/soc?${query}`)
  return ((await answer.json()) as { items: { socPercent: number }[] }).items.map((one) => one.socPercent)
}

const at = (minute: number, second = 0): string => new Date(Date.UTC(2026, 10, 23, 19, minute, second)).toISOString()

describe('telemetry', () => {
  test('a batch is stored once however often and in whatever order it comes', async () => {
    const api = await depotApi()
    const batch = [
      { vehicleId: 'bus-1', at: at(12), socPercent: 58, odometerM: 1200 },
      { vehicleId: 'bus-1', at: at(10), socPercent: 60, odometerM: 1000 },
      { vehicleId: 'bus-2', at: at(11), socPercent: 70 },
    ]
    expect(await post(api, batch)).toEqual({ stored: 3, repeated: 0, refused: [] })
    const before = await vehicleRow(api)
    expect(await post(api, batch.toReversed())).toEqual({ stored: 0, repeated: 3, refused: [] })
    expect(await vehicleRow(api)).toEqual(before)
    expect(before).toMatchObject({ soc_percent: 58, soc_source: 'telemetry', odometer_m: 1200 })
    expect(before.soc_at).toEqual(new Date(at(12)))
    expect(await socs(api, '')).toEqual([60, 58])
  })

  test('an older reading fills the history and leaves what is newer, value by value', async () => {
    const api = await depotApi()
    await post(api, [{ vehicleId: 'bus-1', at: at(20), socPercent: 50 }])
    await post(api, [
      { vehicleId: 'bus-1', at: at(15), socPercent: 52, outdoorTemperatureC: 7, latitude: 42.1, longitude: 23.2 },
    ])
    const row = await vehicleRow(api)
    expect(row).toMatchObject({ soc_percent: 50, outdoor_temperature_c: 7, latitude: 42.1, longitude: 23.2 })
    expect(row.position_at).toEqual(new Date(at(15)))
    expect(row.telemetry_at).toEqual(new Date(at(20)))
    expect(await socs(api, '')).toEqual([52, 50])
  })

  test('two messages of the same instant complete each other, and the first word stays', async () => {
    const api = await depotApi()
    await post(api, [{ vehicleId: 'bus-1', at: at(1), speedKmh: 30 }])
    expect(await post(api, [{ vehicleId: 'bus-1', at: at(1), speedKmh: 99, passengers: 12 }])).toMatchObject({
      stored: 1,
    })
    const row = await api.db.selectFrom('telemetry').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ speed_kmh: 30, passengers: 12, source: 'api' })
    expect(await vehicleRow(api)).toMatchObject({ speed_kmh: 30, passengers: 12 })
  })

  test('what cannot be taken is told item by item, and the rest is stored', async () => {
    const api = await depotApi()
    const outcome = await post(api, [
      { vehicleId: 'ghost', at: at(1), socPercent: 50 },
      { vehicleId: 'bus-1', at: '2026-11-23T20:02:01Z', socPercent: 50 },
      { vehicleId: 'bus-1', at: '1970-01-01T00:00:00Z', socPercent: 50 },
      { vehicleId: 'bus-1', at: at(1), socPercent: 104 },
      { vehicleId: 'bus-1', at: at(1), latitude: 42 },
      { vehicleId: 'bus-1', at: at(1) },
      { at: at(1), socPercent: 3 },
      { vehicleId: 'bus-1', at: '2026-11-23T20:01:59Z', socPercent: 51 },
    ])
    expect(outcome.stored).toBe(1)
    expect(outcome.refused).toMatchObject([
      { index: 0, vehicleId: 'ghost', reason: 'unknownVehicle' },
      { index: 1, reason: 'future' },
      { index: 2, reason: 'tooOld' },
      { index: 3, reason: 'invalid', detail: expect.stringContaining('socPercent') },
      { index: 4, reason: 'invalid' },
      { index: 5, reason: 'empty' },
      { index: 6, vehicleId: null, reason: 'invalid' },
    ])
    expect(await vehicleRow(api)).toMatchObject({ soc_percent: 51 })
    const count = await api.db
      .selectFrom('telemetry')
      .select(sql<number>`count(*)::int`.as('n'))
      .executeTakeFirstOrThrow()
    expect(count.n).toBe(1)
  })

  test('names of MBTA and of rFMS are understood, and a charge read earlier keeps its own time', async () => {
    const api = await depotApi()
    const outcome = await post(api, [
      {
        vehicle_id: 'bus-1',
        timestamp: Date.parse(at(30)) / 1000,
        state_of_charge_percentage: 64,
        state_of_charge_timestamp: at(26),
        latitude: 42.01,
        longitude: 23.09,
        bearing: 90,
      },
      {
        vin: 'bus-2',
        createdDateTime: at(31),
        hrTotalVehicleDistance: 250_000,
        status2OfDoors: 'AT_LEAST_ONE_BUS_DOOR_NOT_CLOSED',
        snapshotData: {
          hybridBatteryPackRemainingCharge: 77,
          ambientAirTemperature: 3.5,
          wheelBasedSpeed: 12,
          gnssPosition: { latitude: 42.02, longitude: 23.1, heading: 180, speed: 11 },
        },
      },
    ])
    expect(outcome.refused).toEqual([])
    const [first, second] = [await vehicleRow(api, 'bus-1'), await vehicleRow(api, 'bus-2')]
    expect(first).toMatchObject({
      soc_percent: 64,
      heading_deg: 90,
      soc_at: new Date(at(26)),
      position_at: new Date(at(30)),
    })
    expect(second).toMatchObject({
      soc_percent: 77,
      odometer_m: 250_000,
      doors_open: true,
      outdoor_temperature_c: 3.5,
      speed_kmh: 12,
      heading_deg: 180,
    })
  })

  test('a receiver without a fix moves nobody to the Gulf of Guinea', async () => {
    const api = await depotApi()
    await post(api, [{ vehicleId: 'bus-1', at: at(1), latitude: 42, longitude: 23 }])
    await post(api, [{ vehicleId: 'bus-1', at: at(2), latitude: 0, longitude: 0, speedKmh: 5 }])
    expect(await vehicleRow(api)).toMatchObject({ latitude: 42, longitude: 23, speed_kmh: 5 })
  })

  test('a charge that stays is remembered every five minutes, every change at once', async () => {
    const api = await depotApi()
    const readings = Array.from({ length: 60 }, (_, i) => ({
      vehicleId: 'bus-1',
      at: at(0, i * 10),
      socPercent: i < 45 ? 50 : 49,
    }))
    await post(api, readings.slice(0, 20))
    for (const reading of readings.slice(20)) await post(api, [reading])
    const rows = await api.db.selectFrom('vehicle_soc').select(['at', 'soc_percent']).orderBy('at').execute()
    expect(rows.map((row) => [row.at.toISOString(), row.soc_percent])).toEqual([
      [at(0), 50],
      [at(5), 50],
      [at(7, 30), 49],
    ])
    const kept = await api.db
      .selectFrom('telemetry')
      .select(sql<number>`count(*)::int`.as('n'))
      .executeTakeFirstOrThrow()
    expect(kept.n).toBe(60)
  })

  test('a newer word of the charger stays, whatever telemetry brings late', async () => {
    const api = await depotApi()
    await api.db
      .updateTable('vehicle')
      .set({ soc_percent: 80, soc_at: new Date(at(40)), soc_source: 'ocpp' })
      .where('id', '=', 'bus-1')
      .execute()
    await post(api, [{ vehicleId: 'bus-1', at: at(39), socPercent: 79 }])
    expect(await vehicleRow(api)).toMatchObject({ soc_percent: 80, soc_source: 'ocpp' })
  })

  test('more than a thousand readings, or none, are not a batch', async () => {
    const api = await depotApi()
    const one = { vehicleId: 'bus-1', at: at(1), socPercent: 50 }
    for (const readings of [[], Array.from({ length: 1001 }, () => one)]) {
      const answer = await api.send('POST', '/api/v1/telemetry', { readings })
      expect(answer.status).toBe(400)
    }
  })
})

test('whatever the order and however the readings are cut into batches, the vehicle and its history come out the same', async () => {
  const readings = Array.from({ length: 24 }, (_, i) => ({
    vehicleId: `bus-${(i % 2) + 1}`,
    at: at(Math.floor(i / 3), (i % 3) * 20),
    ...(i % 2 === 0 ? { socPercent: 60 - i } : {}),
    ...(i % 3 === 0 ? { latitude: 42 + i / 100, longitude: 23 + i / 100, headingDeg: i } : {}),
    ...(i % 4 === 1 ? { outdoorTemperatureC: i } : { passengers: i }),
  }))
  const api = await depotApi()
  const outcome = async (): Promise<unknown> => ({
    vehicles: (await api.db.selectFrom('vehicle').selectAll().orderBy('id').execute()).map((row) => ({
      ...row,
      change_seq: 0,
    })),
    telemetry: await api.db.selectFrom('telemetry').selectAll().orderBy('vehicle_id').orderBy('at').execute(),
    socs: await api.db.selectFrom('vehicle_soc').selectAll().orderBy('vehicle_id').orderBy('at').execute(),
  })
  const forget = async (): Promise<void> => {
    await sql`truncate telemetry, vehicle_soc`.execute(api.db)
    await sql`update vehicle set soc_percent = null, soc_at = null, soc_source = null, latitude = null, longitude = null, heading_deg = null, position_at = null,
      outdoor_temperature_c = null, outdoor_temperature_at = null, passengers = null, passengers_at = null, telemetry_at = null, telemetry_source = null`.execute(
      api.db,
    )
  }
  await post(api, readings)
  const expected = await outcome()
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(readings, { minLength: readings.length }),
      fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 24, maxLength: 24 }),
      async (shuffled, sizes) => {
        await forget()
        let from = 0
        for (const size of sizes) {
          const batch = shuffled.slice(from, from + size)
          from += size
          if (batch.length > 0) await post(api, batch)
        }
        await post(api, shuffled.slice(0, 3))
        expect(await outcome()).toEqual(expected)
      },
    ),
    { numRuns: 12 },
  )
})
