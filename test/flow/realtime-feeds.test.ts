import realtime from 'gtfs-realtime-bindings'
import { beforeEach, expect, test } from 'vitest'
import { noteFeedInfo } from '../../db/feed-attribution.ts'
import type { RealtimeEntity, RealtimeMessage } from '../../fleet-api/feeds/realtime-message.ts'
import { realtimeMessageSchema } from '../../fleet-api/schemas/realtime.ts'
import { realtimeFaults } from '../support/realtime-rules.ts'
import { body, type TestApi } from './api-depot.ts'
import { boardApi, NOON, predict } from './board-depot.ts'

let api: TestApi
beforeEach(async () => {
  api = await boardApi()
})

const FEEDS = ['trip-updates', 'vehicle-positions', 'alerts'] as const

async function json(feed: (typeof FEEDS)[number], query = ''): Promise<RealtimeMessage> {
  return (await body(api.app.request(`/gtfs-rt/${feed}.json${query}`), realtimeMessageSchema)) as RealtimeMessage
}

async function all(): Promise<RealtimeMessage[]> {
  return [await json('trip-updates'), await json('vehicle-positions'), await json('alerts')]
}

/** What a program with the standard's own reader gets. */
async function binary(feed: (typeof FEEDS)[number]): Promise<RealtimeMessage> {
  const answer = await api.app.request(`/gtfs-rt/${feed}.pb`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/x-protobuf')
  const { FeedMessage } = realtime.transit_realtime
  const message = FeedMessage.decode(new Uint8Array(await answer.arrayBuffer()))
  const plain = FeedMessage.toObject(message, { longs: Number, enums: String }) as object
  return snakeCase(plain) as RealtimeMessage
}

function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCase(inner),
    ]),
  )
}

/** bus-1 between Centre and Park on trip n1, with 61.5 % in its battery. */
async function onTheRoad(now: Date, ageS = 15): Promise<void> {
  const at = new Date(now.getTime() - ageS * 1000)
  await api.db
    .updateTable('vehicle')
    .set({
      latitude: 42.005,
      longitude: 23.1,
      position_at: at,
      heading_deg: 10,
      speed_kmh: 36,
      odometer_m: 184_302_500,
      doors_open: false,
      passengers: 9,
      soc_percent: 61.5,
      soc_at: at,
      telemetry_at: at,
    })
    .where('id', '=', 'bus-1')
    .execute()
  await api.db.updateTable('vehicle_type').set({ passenger_places: 22 }).execute()
  await api.db.deleteFrom('vehicle_progress').execute()
  await api.db
    .insertInto('vehicle_progress')
    .values({
      vehicle_id: 'bus-1',
      feed_id: 'f',
      block_id: 'B1',
      date: '2026-11-24',
      trip_id: 'n1',
      stop_sequence: 1,
      deviation_s: 0,
      at,
      source: 'position',
      position_at: at,
      told_at: null,
      state: null,
    })
    .execute()
}

const entity = (message: RealtimeMessage, part: string): RealtimeEntity | undefined =>
  message.entity.find(({ id }) => id.includes(part))

test('in every situation the feeds keep the validator’s rules, and the two forms say the same', async () => {
  const situations: [string, () => Promise<void>][] = [
    ['nothing known', async () => {}],
    ['late', () => predict(api.db, NOON, { lateS: 313.4 })],
    ['early and passed', () => predict(api.db, NOON, { lateS: -400, passedUpTo: { tripId: 'n1', sequence: 2 } })],
    ['silent', () => predict(api.db, NOON, { ageS: 3_000 })],
    ['a clock ahead', () => predict(api.db, NOON, { ageS: -60 })],
    ['schedule only', () => predict(api.db, NOON, { basis: 'schedule' })],
    ['cancelled', () => predict(api.db, NOON, { cancelledTrips: ['n2'] })],
    ['all cancelled', () => predict(api.db, NOON, { cancelledTrips: ['n1', 'n2'] })],
    ['swapped', () => predict(api.db, NOON, { cancelledTrips: ['n2'], replacement: 'bus-3' })],
  ]
  let before: RealtimeMessage | undefined
  for (const [situation, arrange] of situations) {
    await arrange()
    await onTheRoad(NOON)
    const messages = await all()
    const faults = await realtimeFaults(api.db, messages, { now: NOON, ...(before === undefined ? {} : { before }) })
    expect({ situation, faults }).toEqual({ situation, faults: [] })
    for (const [index, feed] of FEEDS.entries()) {
      const twin = structuredClone(messages[index])
      for (const { vehicle } of twin?.entity ?? []) {
        delete vehicle?.state_of_charge_percentage
        delete vehicle?.state_of_charge_timestamp
        // protobuf has positions as 32-bit floats.
        for (const name of ['latitude', 'longitude', 'speed', 'bearing'] as const)
          if (vehicle?.position[name] !== undefined) vehicle.position[name] = Math.fround(vehicle.position[name])
      }
      expect({ situation, ...withoutEmpty(await binary(feed)) }).toEqual({ situation, ...withoutEmpty(twin) })
    }
    before = messages[0]
  }
})

/** An empty list is no field in protobuf. */
function withoutEmpty(message: RealtimeMessage | undefined): object {
  return message === undefined ? {} : { header: message.header, entity: message.entity ?? [] }
}

test('the rules find what is wrong', async () => {
  await predict(api.db, NOON, { lateS: 60 })
  const [message] = await all()
  const [first] = message?.entity ?? []
  const updates = first?.trip_update?.stop_time_update ?? []
  if (message === undefined || first?.trip_update === undefined) throw new Error('an update was expected')
  first.trip_update.trip.trip_id = 'nowhere'
  updates.reverse()
  message.header.timestamp += 3_600_000
  const faults = await realtimeFaults(api.db, [message], { now: NOON })
  expect(new Set(faults.map((fault) => fault.split(' ')[0]))).toEqual(
    new Set(['E050', 'E003', 'E035', 'E024', 'E023', 'E002/E036', 'E051', 'E045', 'E022/E025']),
  )
})

test('a late bus’s update has every stop with time, delay and uncertainty, on all trips of its block', async () => {
  await predict(api.db, NOON, { lateS: 300 })
  const message = await json('trip-updates')
  expect(message.entity.map(({ id }) => id)).toEqual(['trip-2026-11-24-n1', 'trip-2026-11-24-n2'])
  expect(entity(message, 'n1')?.trip_update).toMatchObject({
    trip: {
      trip_id: 'n1',
      route_id: 'r',
      direction_id: 0,
      start_time: '12:05:00',
      start_date: '20261124',
      schedule_relationship: 'SCHEDULED',
    },
    vehicle: { id: 'bus-1' },
    timestamp: NOON.getTime() / 1000 - 20,
  })
  expect(entity(message, 'n1')?.trip_update?.stop_time_update?.[1]).toEqual({
    stop_sequence: 2,
    stop_id: 'p',
    arrival: { time: Date.parse('2026-11-24T10:25:00Z') / 1000, delay: 300, uncertainty: 40 },
    departure: { time: Date.parse('2026-11-24T10:25:00Z') / 1000, delay: 300, uncertainty: 40 },
    schedule_relationship: 'SCHEDULED',
  })
})

test('a stop that was passed early is told until its time, and not longer', async () => {
  const sequences = async () =>
    entity(await json('trip-updates'), 'n1')?.trip_update?.stop_time_update?.map((one) => one.stop_sequence)
  const passed = { lateS: -180, passedUpTo: { tripId: 'n1', sequence: 2 } }
  api.clock.now = new Date('2026-11-24T10:18:00Z')
  await predict(api.db, api.clock.now, passed)
  expect(await sequences()).toEqual([2, 3])
  api.clock.now = new Date('2026-11-24T10:21:00Z')
  await predict(api.db, api.clock.now, passed)
  expect(await sequences()).toEqual([3])
})

test('what is not known is NO_DATA or left out, never a delay of nought', async () => {
  await predict(api.db, NOON, { basis: 'schedule' })
  expect((await json('trip-updates')).entity).toEqual([])
  await predict(api.db, NOON, { ageS: 700 })
  const silent = await json('trip-updates')
  expect(silent.entity).toHaveLength(2)
  for (const { trip_update: update } of silent.entity)
    expect(update?.stop_time_update).toMatchObject([{ schedule_relationship: 'NO_DATA' }])
  // Trips of the block beyond the horizon.
  await predict(api.db, NOON)
  await api.db
    .updateTable('block_prediction')
    .set((eb) => ({
      stops: JSON.stringify([]),
      position_at: eb.val(NOON),
    }))
    .execute()
  const ahead = await json('trip-updates')
  expect(ahead.entity).toHaveLength(2)
  for (const { trip_update: update } of ahead.entity)
    expect(update?.stop_time_update).toMatchObject([{ stop_sequence: 1, schedule_relationship: 'NO_DATA' }])
})

test('a trip that the battery will not last for is CANCELED, with an alert in three languages and for a voice', async () => {
  await predict(api.db, NOON, { lateS: 60, cancelledTrips: ['n2'] })
  const updates = await json('trip-updates')
  expect(entity(updates, 'n2')?.trip_update).toEqual({
    trip: expect.objectContaining({ trip_id: 'n2', schedule_relationship: 'CANCELED' }),
    timestamp: expect.any(Number),
  })
  expect(entity(updates, 'n1')?.trip_update?.trip.schedule_relationship).toBe('SCHEDULED')
  const { entity: alerts } = await json('alerts')
  expect(alerts).toHaveLength(1)
  expect(alerts[0]?.alert).toMatchObject({
    informed_entity: [{ trip: { trip_id: 'n2', start_date: '20261124' } }],
    effect: 'NO_SERVICE',
    active_period: [{ end: Date.parse('2026-11-24T11:10:00Z') / 1000 }],
  })
  const texts = alerts[0]?.alert?.description_text.translation ?? []
  expect(texts.map(({ language }) => language)).toEqual(['en', 'bg', 'uk'])
  expect(texts[0]?.text).toContain('Line 7 at 12:40 does not run')
  expect(alerts[0]?.alert?.tts_description_text.translation[1]?.text).toContain('достатъчно енергия')
})

test('trips far ahead are left out, but for those that do not run', async () => {
  const ids = async () => (await json('trip-updates')).entity.map(({ id }) => id)
  api.clock.now = new Date('2026-11-24T05:00:00Z')
  await predict(api.db, api.clock.now, { cancelledTrips: ['n2'] })
  await api.db.updateTable('block_prediction').set({ stops: '[]' }).execute()
  expect(await ids()).toEqual(['trip-2026-11-24-n2'])
  api.clock.now = new Date('2026-11-24T07:10:00Z')
  await api.db.updateTable('block_prediction').set({ position_at: api.clock.now }).execute()
  expect(await ids()).toEqual(['trip-2026-11-24-n1', 'trip-2026-11-24-n2'])
})

test('a trip that another bus takes over names that bus, and says no more than is known', async () => {
  await predict(api.db, NOON, { cancelledTrips: ['n2'], replacement: 'bus-3' })
  expect(entity(await json('trip-updates'), 'n2')?.trip_update).toMatchObject({
    trip: { schedule_relationship: 'SCHEDULED' },
    vehicle: { id: 'bus-3' },
    stop_time_update: [{ schedule_relationship: 'NO_DATA' }],
  })
  expect((await json('alerts')).entity[0]?.alert?.effect).toBe('MODIFIED_SERVICE')
})

test('positions have the trip, the next stop and how full the bus is; the JSON form has the state of charge', async () => {
  await predict(api.db, NOON)
  await onTheRoad(NOON)
  const { entity: vehicles } = await json('vehicle-positions')
  expect(vehicles).toHaveLength(1)
  expect(vehicles[0]?.vehicle).toEqual({
    trip: expect.objectContaining({ trip_id: 'n1', start_date: '20261124' }),
    vehicle: { id: 'bus-1', label: 'bus-1' },
    position: { latitude: 42.005, longitude: 23.1, bearing: 10, odometer: 184_302_500, speed: 10 },
    current_stop_sequence: 2,
    stop_id: 'p',
    current_status: 'IN_TRANSIT_TO',
    timestamp: NOON.getTime() / 1000 - 15,
    occupancy_status: 'MANY_SEATS_AVAILABLE',
    occupancy_percentage: 41,
    state_of_charge_percentage: 61.5,
    state_of_charge_timestamp: NOON.getTime() / 1000 - 15,
  })
})

test('a bus that has come home and stands is no longer on the road', async () => {
  await onTheRoad(NOON)
  await api.db.updateTable('vehicle').set({ speed_kmh: 0 }).where('id', '=', 'bus-1').execute()
  expect((await json('vehicle-positions')).entity).toEqual([])
  await predict(api.db, NOON)
  expect((await json('vehicle-positions')).entity).toHaveLength(1)
})

test('a position older than ten minutes is not published', async () => {
  await onTheRoad(NOON, 599)
  expect((await json('vehicle-positions')).entity).toHaveLength(1)
  await onTheRoad(NOON, 601)
  expect((await json('vehicle-positions')).entity).toEqual([])
})

test('the feed has the timetable’s version, may be asked for one timetable, and is open to every page', async () => {
  await noteFeedInfo(api.db, 'f', { publisher: 'City', url: null, version: '2026-11' })
  await predict(api.db, NOON)
  expect((await json('trip-updates')).header).toEqual({
    gtfs_realtime_version: '2.0',
    incrementality: 'FULL_DATASET',
    timestamp: NOON.getTime() / 1000,
    feed_version: '2026-11',
  })
  expect((await json('trip-updates', '?feedId=f')).entity).toHaveLength(2)
  expect((await json('trip-updates', '?feedId=other')).entity).toEqual([])
  const answer = await api.app.request('/gtfs-rt/alerts.pb')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})
