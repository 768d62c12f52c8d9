import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { storeTelemetry } from '../../db/telemetry.ts'
import type { Db } from '../../db/database.ts'
import { predictedStop } from '../../db/stored-stops.ts'
import { learnTravelTimes } from '../../scheduler/jobs/learn-travel-times.ts'
import { predictArrivals } from '../../scheduler/jobs/predict-arrivals.ts'
import { replanAll } from '../../scheduler/jobs/replan.ts'
import type { JobContext } from '../../scheduler/jobs/jobs.ts'
import { createHighsSolver } from '../../scheduler/plan/solver.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterLine, placeAt, type LineTrip } from '../support/line.ts'

const TRIPS: LineTrip[] = [
  { id: 'out-1', from: '08:00', way: 'out' },
  { id: 'back-1', from: '08:25', way: 'back' },
  { id: 'out-2', from: '08:50', way: 'out' },
  { id: 'back-2', from: '09:15', way: 'back' },
]

let db: Db

/** Local time of the day to an instant: Sofia is two hours ahead in November. */
function at(time: string): Date {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return new Date(Date.UTC(2026, 10, 23, hours - 2, minutes, seconds))
}

function local(instant: string | Date | null | undefined): string {
  return instant === null || instant === undefined
    ? ''
    : new Date(new Date(instant).getTime() + 2 * 3_600_000).toISOString().slice(11, 19)
}

async function seen(
  time: string,
  kilometres: number,
  options: { vehicleId?: string; east?: number } = {},
): Promise<void> {
  const place = placeAt(kilometres)
  await storeTelemetry(
    db,
    [
      {
        vehicleId: options.vehicleId ?? 'bus-1',
        at: at(time),
        source: 'api',
        socPercent: null,
        odometerM: null,
        speedKmh: null,
        latitude: place.latitude,
        longitude: place.longitude + (options.east ?? 0),
        headingDeg: null,
        outdoorTemperatureC: null,
        batteryTemperatureC: null,
        doorsOpen: null,
        passengers: null,
      },
    ],
    at(time),
  )
}

const solver = createHighsSolver()
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

function context(time: string): JobContext {
  return { db, now: () => at(time), log: quiet, solver } as unknown as JobContext
}

const predict = (time: string): Promise<void> => predictArrivals(context(time))

async function prediction() {
  const row = await db.selectFrom('block_prediction').selectAll().executeTakeFirstOrThrow()
  const stops = row.stops.map(predictedStop)
  const stop = (tripId: string, stopId: string) => stops.find((one) => one.tripId === tripId && one.stopId === stopId)
  return { row, stop, arrival: (tripId: string, stopId: string) => local(stop(tripId, stopId)?.arrivalAt) }
}

async function charge(vehicleId: string, socPercent: number, time: string): Promise<void> {
  await db
    .updateTable('vehicle')
    .set({ soc_percent: socPercent, soc_at: at(time) })
    .where('id', '=', vehicleId)
    .execute()
}

beforeEach(async () => {
  db = await emptyDatabase()
  await enterLine(db, at('00:00'), TRIPS)
})

describe('a bus that tells its position', () => {
  test('is expected later at every stop ahead when it is late, and on time again after a layover that is long enough', async () => {
    // Two kilometres on after ten minutes: four minutes late.
    await seen('08:09:40', 1.95)
    await seen('08:10:00', 2.03)
    await predict('08:10:00')
    const { row, stop, arrival } = await prediction()
    expect(row).toMatchObject({ basis: 'live', vehicle_id: 'bus-1', feed_id: 'city', date: '2026-11-23' })
    expect(row.deviation_s).toBeGreaterThan(200)
    expect(row.deviation_s).toBeLessThan(250)
    expect(stop('out-1', 'S1')).toMatchObject({ passed: true })
    expect(stop('out-1', 'S3')).toMatchObject({ passed: false, cancelled: false, basis: 'deviation' })
    // Scheduled 08:09; boards are a little cautious.
    expect(arrival('out-1', 'S3') > '08:12:00').toBe(true)
    expect(arrival('out-1', 'S3') < '08:13:30').toBe(true)
    // The next trip leaves at 08:25 and so it does.
    expect(local(stop('back-1', 'S5')?.departureAt)).toBe('08:25:00')
    const [first, second] = [stop('out-1', 'S3'), stop('back-1', 'S3')]
    expect(second?.uncertaintyS ?? 0).toBeGreaterThan(first?.uncertaintyS ?? 0)
    const progress = await db.selectFrom('vehicle_progress').selectAll().executeTakeFirstOrThrow()
    expect(progress).toMatchObject({
      vehicle_id: 'bus-1',
      block_id: 'B',
      trip_id: 'out-1',
      source: 'position',
      stop_sequence: 3,
    })
  })

  test('that is later than its layover is long starts its next trip late', async () => {
    await seen('08:26:40', 2.45)
    await seen('08:27:00', 2.5)
    await predict('08:27:00')
    const { stop } = await prediction()
    // 19.5 minutes late with 7.5 minutes to go: at the far end about 08:35 with its usual dwells, then a minute's break.
    const leaves = local(stop('back-1', 'S5')?.departureAt)
    expect(leaves > '08:34:30' && leaves < '08:38:00').toBe(true)
  })

  test('that is early stays early, but never leaves the start of a trip before its time', async () => {
    await seen('08:03:40', 1.95)
    await seen('08:04:00', 2.05)
    await predict('08:04:00')
    const { row, stop, arrival } = await prediction()
    expect(row.deviation_s).toBeLessThan(-100)
    expect(arrival('out-1', 'S3') < '08:07:30').toBe(true)
    expect(local(stop('back-1', 'S5')?.departureAt)).toBe('08:25:00')
  })

  test('that tells nothing for more than five minutes is unknown, not on time', async () => {
    await seen('08:10:00', 2.03)
    await predict('08:10:00')
    await predict('08:14:59')
    expect((await prediction()).row).toMatchObject({ basis: 'live' })
    await predict('08:16:10')
    const { row, stop } = await prediction()
    expect(row).toMatchObject({ basis: 'schedule', deviation_s: null, depot_arrival_at: null })
    expect(stop('out-1', 'S5')).toMatchObject({ basis: 'schedule' })
  })

  test('that leaves its route is not put back on it: what was known grows old', async () => {
    await seen('08:03:10', 1.02)
    await predict('08:03:10')
    await seen('08:06:00', 2.0, { east: 0.02 })
    await predict('08:06:00')
    expect((await prediction()).row.position_at).toEqual(at('08:03:10'))
    await seen('08:09:00', 3.0, { east: 0.02 })
    await predict('08:09:00')
    expect((await prediction()).row).toMatchObject({ basis: 'schedule', deviation_s: null })
  })

  test('whose clock runs ahead is taken to have told its position when it came', async () => {
    const { latitude, longitude } = placeAt(2)
    const reading = {
      vehicleId: 'bus-1',
      at: at('08:08:00'),
      source: 'api' as const,
      socPercent: null,
      odometerM: null,
      speedKmh: null,
      latitude,
      longitude,
      headingDeg: null,
      outdoorTemperatureC: null,
      batteryTemperatureC: null,
      doorsOpen: null,
      passengers: null,
    }
    await storeTelemetry(db, [reading], at('08:06:30'))
    await predict('08:06:30')
    expect((await prediction()).row).toMatchObject({ position_at: at('08:06:30'), deviation_s: 30 })
  })

  test('without any word from its bus a block follows the timetable and says so', async () => {
    await predict('07:45')
    const { row, arrival } = await prediction()
    expect(row).toMatchObject({ basis: 'schedule', deviation_s: null, position_at: null })
    expect(arrival('out-1', 'S3')).toBe('08:09:00')
  })
})

describe('a told delay', () => {
  test('moves the stops ahead and is used up by slack', async () => {
    await db
      .updateTable('vehicle')
      .set({ delay_seconds: 300, delay_at: at('08:10') })
      .where('id', '=', 'bus-1')
      .execute()
    await predict('08:10:10')
    const { row, stop, arrival } = await prediction()
    expect(row).toMatchObject({ basis: 'live', deviation_s: 300 })
    expect(arrival('out-1', 'S4') > '08:15:30' && arrival('out-1', 'S4') < '08:18:00').toBe(true)
    expect(local(stop('back-1', 'S5')?.departureAt)).toBe('08:25:00')
  })

  test('told half an hour ago says nothing any more', async () => {
    await db
      .updateTable('vehicle')
      .set({ delay_seconds: 300, delay_at: at('08:10') })
      .where('id', '=', 'bus-1')
      .execute()
    await predict('08:10:10')
    await predict('08:41')
    expect((await prediction()).row).toMatchObject({ basis: 'schedule', deviation_s: null })
  })
})

describe('a bus without the energy for its block', () => {
  test('is cancelled from the first trip that it cannot do, in a sentence, and does not flicker', async () => {
    // 5 km and 5 kWh a trip; 11 kWh above the least are two trips and a bit.
    const { min_soc_percent: least } = await db
      .selectFrom('vehicle_type')
      .select('min_soc_percent')
      .executeTakeFirstOrThrow()
    await charge('bus-1', least + 11, '08:00')
    await seen('08:00:30', 0.05)
    await predict('08:00:30')
    const { row, stop } = await prediction()
    expect(row).toMatchObject({
      cancelled_from_trip_id: 'out-2',
      cancelled_trip_ids: ['out-2', 'back-2'],
      reason: 'energy',
      replacement_vehicle_id: null,
    })
    expect(row.sentence).toMatch(
      /^Bus 1 has about 11 kWh left and needs 20 kWh for the rest of block B: it is not expected to drive the trip at 08:50 on line 12, and no vehicle/,
    )
    expect(stop('out-2', 'S2')).toMatchObject({ cancelled: true, basis: 'schedule' })
    expect(stop('back-1', 'S2')).toMatchObject({ cancelled: false })
    // It goes home after the last trip that it does.
    expect(local(row.depot_arrival_at) < '08:50:00').toBe(true)
    // 15.2 kWh would just do three trips, and twenty minutes later it is known no better: the trip stays cancelled until it is sure.
    await charge('bus-1', least + 15.2, '08:00:40')
    await seen('08:01:30', 0.3)
    await predict('08:01:40')
    expect((await prediction()).row.cancelled_from_trip_id).toBe('out-2')
    await charge('bus-1', least + 30, '08:02')
    await seen('08:02:30', 0.7)
    await predict('08:02:40')
    expect((await prediction()).row).toMatchObject({
      cancelled_from_trip_id: null,
      sentence: null,
      cancelled_trip_ids: [],
    })
  })

  test('is swapped where another is free and has enough, and the board keeps its trips', async () => {
    const { min_soc_percent: least } = await db
      .selectFrom('vehicle_type')
      .select('min_soc_percent')
      .executeTakeFirstOrThrow()
    await charge('bus-1', least + 11, '08:00')
    await charge('bus-2', 80, '08:00')
    await seen('08:00:30', 0.05)
    await predict('08:00:30')
    const { row, stop } = await prediction()
    expect(row).toMatchObject({
      cancelled_from_trip_id: 'out-2',
      cancelled_trip_ids: [],
      replacement_vehicle_id: 'bus-2',
    })
    expect(row.sentence).toMatch(/Bus 2 is free and has enough energy\.$/)
    expect(stop('out-2', 'S2')).toMatchObject({ cancelled: false, basis: 'schedule' })
  })

  test('of unknown charge is not cancelled', async () => {
    await seen('08:00:30', 0.05)
    await predict('08:00:30')
    expect((await prediction()).row).toMatchObject({ cancelled_from_trip_id: null, reason: null })
  })
})

describe('what was driven', () => {
  async function drive(fromTime: string, options: { minutesPerKm: number }): Promise<string> {
    const start = at(fromTime).getTime()
    let last = fromTime
    for (let s = 0; s <= options.minutesPerKm * 60 * 5; s += 20) {
      last = local(new Date(start + s * 1000))
      await seen(last, Math.min(5, s / 60 / options.minutesPerKm))
    }
    await predict(last)
    return last
  }

  test('is recorded stop by stop, and learned once', async () => {
    await seen('08:00:00', 0)
    await predict('08:00:00')
    const end = await drive('08:00:20', { minutesPerKm: 4 })
    const passages = await db.selectFrom('stop_passage').selectAll().orderBy('sequence').execute()
    expect(passages.map((row) => [row.trip_id, row.sequence, row.stop_id, row.from_stop_id])).toEqual([
      ['out-1', 1, 'S0', null],
      ['out-1', 2, 'S1', 'S0'],
      ['out-1', 3, 'S2', 'S1'],
      ['out-1', 4, 'S3', 'S2'],
      ['out-1', 5, 'S4', 'S3'],
      ['out-1', 6, 'S5', 'S4'],
    ])
    for (const row of passages.slice(1)) expect(Math.abs((row.travel_s ?? 0) - 235)).toBeLessThan(15)
    await learnTravelTimes(context(end))
    await learnTravelTimes(context(end))
    const learned = await db
      .selectFrom('travel_time')
      .selectAll()
      .where('from_stop_id', '=', 'S1')
      .orderBy('bucket')
      .execute()
    expect(learned.map((row) => [row.to_stop_id, row.bucket, row.n, row.days])).toEqual([
      ['S2', -1, 1, 1],
      ['S2', 8, 1, 1],
    ])
    expect(Math.abs((learned[0]?.mean_s ?? 0) - 235)).toBeLessThan(15)
  })

  test('makes the next prediction, which says that it is learned', async () => {
    await seen('08:00:00', 0)
    await predict('08:00:00')
    const end = await drive('08:00:20', { minutesPerKm: 4 })
    await learnTravelTimes(context(end))
    // The same way again, on the next trip out: four minutes a kilometre now, not three.
    await seen('08:51:40', 0.45)
    await seen('08:52:00', 0.5)
    await predict('08:52:00')
    const { stop } = await prediction()
    expect(stop('out-2', 'S5')).toMatchObject({ basis: 'learned' })
    const expected = at('09:10').getTime()
    expect((stop('out-2', 'S5')?.arrivalAt.getTime() ?? Number.NaN) - expected).toBeGreaterThan(-150_000)
    expect((stop('out-2', 'S5')?.arrivalAt.getTime() ?? Number.NaN) - expected).toBeLessThan(120_000)
  })
})

describe('what is stored', () => {
  test('changes only with news or time, and goes when the block is over', async () => {
    await seen('08:06:00', 2.0)
    await predict('08:06:00')
    const versions = () =>
      db
        .selectFrom('block_prediction')
        .select(sql<string>`xmin::text`.as('written'))
        .execute()
    const before = await versions()
    expect(before).toHaveLength(1)
    await predict('08:06:30')
    expect(await versions()).toEqual(before)
    await predict('08:07:30')
    expect((await prediction()).row.computed_at).toEqual(at('08:07:30'))
    await predict('13:00')
    expect(await db.selectFrom('block_prediction').selectAll().execute()).toEqual([])
  })

  test('follows the block to another vehicle', async () => {
    await predict('07:45')
    await db
      .insertInto('block_assignment')
      .values({ date: '2026-11-23', block_id: 'B', vehicle_id: 'bus-2', source: 'manual', assigned_at: at('07:46') })
      .execute()
    await predict('07:46')
    expect((await prediction()).row.vehicle_id).toBe('bus-2')
  })
})

test('a bus that is late by its positions alone is planned to plug in later', async () => {
  const arrivals = async (time: string): Promise<string> => {
    await replanAll(context(time))
    const plan = await db.selectFrom('plan').select(['instance']).where('current', '=', true).executeTakeFirstOrThrow()
    const instance = plan.instance as unknown as { vehicles: { id: string; visits: { arrive: string }[] }[] }
    return local(instance.vehicles.find((one) => one.id === 'bus-1')?.visits[0]?.arrive)
  }
  expect(await arrivals('09:20')).toBe('09:30:00')
  // On the last trip home, due at 09:30, it has done one kilometre by then.
  await seen('09:29:30', 4.1)
  await seen('09:30:00', 4)
  await predict('09:30')
  const home = await arrivals('09:30')
  expect(home > '09:41:00' && home < '09:45:00').toBe(true)
})
