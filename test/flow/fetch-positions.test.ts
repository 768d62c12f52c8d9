import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import realtime from 'gtfs-realtime-bindings'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { positionSource } from '../../db/position-source.ts'
import { stopArrivals } from '../../fleet-api/schemas/stops.ts'
import type { JobContext } from '../../scheduler/jobs/job.ts'
import { fetchPositions } from '../../scheduler/jobs/positions/fetch-positions.ts'
import { readRealtime } from '../../scheduler/jobs/positions/read-realtime.ts'
import { body, type TestApi } from './api-depot.ts'
import { boardApi, NOON } from './board-depot.ts'

const { FeedMessage } = realtime.transit_realtime
const NOW_S = NOON.getTime() / 1000

let api: TestApi
let answer: { status: number; body: Uint8Array }
let asked: (string | undefined)[]
const server = createServer((request, response) => {
  asked.push(request.headers.authorization)
  response.writeHead(answer.status).end(answer.body)
})

beforeEach(async () => {
  api = await boardApi()
  asked = []
  answer = { status: 200, body: message([]) }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
})
afterEach(() => {
  server.close()
  server.closeAllConnections()
})

function message(entity: object[], timestamp = NOW_S): Uint8Array {
  return FeedMessage.encode(
    FeedMessage.fromObject({ header: { gtfsRealtimeVersion: '2.0', timestamp }, entity }),
  ).finish()
}

function bus(vehicle: { id?: string; label?: string }, change: object = {}): object {
  const position = { latitude: 42.01, longitude: 23.1, bearing: 90, odometer: 120_000, speed: 5 }
  return { id: `v-${vehicle.id ?? vehicle.label}`, vehicle: { vehicle, position, timestamp: NOW_S - 10, ...change } }
}

/** Runs the job as `everyS` seconds later. */
async function fetchAfter(everyS = 20): Promise<void> {
  api.clock.now = new Date(api.clock.now.getTime() + everyS * 1000)
  const silent = () => undefined
  const context: Partial<JobContext> = {
    db: api.db,
    now: () => api.clock.now,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    positions: {
      urls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/vehicles.pb`],
      authorization: 'Bearer secret',
    },
  }
  await fetchPositions(context as JobContext)
}

const vehicle = async (id: string) =>
  await api.db.selectFrom('vehicle').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const openAlerts = async () =>
  await api.db.selectFrom('alert').select(['kind', 'cause']).where('cleared_at', 'is', null).execute()
const live = async () => (await body(api.app.request('/api/v1/stops/p/arrivals'), stopArrivals)).live

test('positions of our vehicles become telemetry, whether they are known by id or by label; others are passed over', async () => {
  await api.db.updateTable('vehicle').set({ label: 'E 1202 EB' }).where('id', '=', 'bus-2').execute()
  answer.body = message([bus({ id: 'bus-1' }), bus({ id: '17', label: 'E 1202 EB' }), bus({ id: 'tram-5' })])
  await fetchAfter()
  expect(asked).toEqual(['Bearer secret'])
  for (const id of ['bus-1', 'bus-2']) {
    expect(await vehicle(id)).toMatchObject({ speed_kmh: 18, heading_deg: 90, odometer_m: 120_000 })
    expect((await vehicle(id)).latitude).toBeCloseTo(42.01, 4)
    expect((await vehicle(id)).position_at).toEqual(new Date((NOW_S - 10) * 1000))
  }
  const rows = await api.db.selectFrom('telemetry').select(['vehicle_id', 'source']).orderBy('vehicle_id').execute()
  expect(rows).toEqual([
    { vehicle_id: 'bus-1', source: 'gtfsRt' },
    { vehicle_id: 'bus-2', source: 'gtfsRt' },
  ])
})

test('what is stale, from the future or without a place changes nothing', async () => {
  answer.body = message([
    bus({ id: 'bus-1' }, { timestamp: NOW_S - 700 }),
    bus({ id: 'bus-2' }, { timestamp: NOW_S + 600 }),
    bus({ id: 'bus-3' }, { position: { latitude: 0, longitude: 0 } }),
  ])
  await fetchAfter()
  expect(await api.db.selectFrom('telemetry').select('vehicle_id').execute()).toEqual([])
})

test('the delay of a trip update is kept for its vehicle: of the stop that was made last', async () => {
  const call = (timeS: number, delay: number) => ({ departure: { time: timeS, delay } })
  answer.body = message([
    {
      id: 't1',
      tripUpdate: {
        trip: { tripId: 'n1' },
        vehicle: { id: 'bus-1' },
        timestamp: NOW_S - 5,
        stopTimeUpdate: [call(NOW_S - 300, 60), call(NOW_S - 30, 150), call(NOW_S + 400, 90)],
      },
    },
  ])
  await fetchAfter()
  expect(await vehicle('bus-1')).toMatchObject({ delay_seconds: 150, delay_at: new Date((NOW_S - 5) * 1000) })
})

test('it is asked every twenty seconds, not more often', async () => {
  await fetchAfter(20)
  await fetchAfter(5)
  await fetchAfter(5)
  expect(asked).toHaveLength(1)
  await fetchAfter(10)
  expect(asked).toHaveLength(2)
})

test('a feed that fails three times is down, which the board tells from having no data, until it comes back', async () => {
  expect(await live()).toBe('none')
  answer.status = 503
  await fetchAfter()
  await fetchAfter()
  expect(await openAlerts()).toEqual([])
  expect(await live()).toBe('none')
  await fetchAfter()
  expect(await openAlerts()).toEqual([{ kind: 'positionsDown', cause: 'It answers with HTTP 503.' }])
  expect(await live()).toBe('down')
  await fetchAfter()
  expect(await openAlerts()).toHaveLength(1)
  answer = { status: 200, body: message([]) }
  await fetchAfter()
  expect(await openAlerts()).toEqual([])
  expect(await live()).toBe('none')
})

test('a feed whose clock stands still, that is no message, or that is too large counts as failed', async () => {
  const error = async () =>
    (await api.db.selectFrom('setting').select('value').where('name', '=', 'positionSource').executeTakeFirst())?.value
  answer.body = message([bus({ id: 'bus-1' })], NOW_S - 3_000)
  await fetchAfter()
  expect(await error()).toMatchObject({ failures: 1, error: expect.stringContaining('feed_still') })
  answer.body = new TextEncoder().encode('<html>Not a feed</html>')
  await fetchAfter()
  expect(await error()).toMatchObject({ failures: 2, error: '{"code":"feed_noMessage","values":{}}' })
  answer.body = new Uint8Array(10_000_001)
  await fetchAfter()
  expect(await error()).toMatchObject({ failures: 3, error: '{"code":"feed_tooLarge","values":{}}' })
})

test('whatever bytes come, reading either works or refuses', () => {
  const good = message([bus({ id: 'bus-1' })])
  for (let i = 0; i < good.length; i += 1) {
    for (const value of [0, 127, 255]) {
      const bytes = good.slice()
      bytes[i] = value
      try {
        const { readings } = readRealtime(bytes, { now: NOON, vehicles: new Map([['bus-1', 'bus-1']]) })
        for (const one of readings) expect(Math.abs(one.latitude ?? 0)).toBeLessThanOrEqual(90)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }
  }
})

test('a time in nanoseconds, beyond every calendar, costs its own vehicle only', async () => {
  answer.body = message([bus({ id: 'bus-1' }, { timestamp: '1790000000000000000' }), bus({ id: 'bus-2' })])
  await fetchAfter()
  expect(await vehicle('bus-2')).toMatchObject({ speed_kmh: 18 })
  expect((await vehicle('bus-1')).position_at).not.toEqual(expect.any(Date))
  const { readings, ignored } = readRealtime(answer.body, { now: NOON, vehicles: new Map([['bus-1', 'bus-1']]) })
  expect(readings).toEqual([])
  expect(ignored).toMatchObject({ future: 1 })
})

test('a feed that tells times in milliseconds, or whose clock runs ahead, counts as failed', async () => {
  const noted = async () => (await positionSource(api.db))?.error
  answer.body = message([bus({ id: 'bus-1' })], NOW_S * 1000)
  await fetchAfter()
  expect(await noted()).toMatch(/feed_ahead/)
  answer.body = message([
    bus({ id: 'bus-1' }, { timestamp: NOW_S * 1000 }),
    bus({ id: 'bus-2' }, { timestamp: NOW_S * 1000 }),
  ])
  await fetchAfter()
  expect(await noted()).toMatch(/feed_future/)
  answer.body = message([bus({ id: 'bus-1' }, { timestamp: NOW_S * 1000 }), bus({ id: 'bus-2' })])
  await fetchAfter()
  expect(await noted()).toBeNull()
})

test('a vehicle that is told several times stands where it was last; numbers that are none cost their own field or entity only', async () => {
  const nowhere = { latitude: Number.NaN, longitude: 23.1 }
  answer.body = message([
    bus({ id: 'bus-1' }, { timestamp: NOW_S - 5, position: { latitude: 42.02, longitude: 23.2 } }),
    bus({ id: 'bus-1' }, { timestamp: NOW_S - 50 }),
    bus({ id: 'bus-1' }, { timestamp: NOW_S - 5, position: { latitude: 42.03, longitude: 23.3 } }),
    bus({ id: 'bus-2' }, { position: nowhere }),
    bus({ id: 'bus-3' }, { position: { latitude: 42.01, longitude: 23.1, speed: Number.NaN, odometer: Infinity } }),
  ])
  await fetchAfter()
  expect((await vehicle('bus-1')).position_at).toEqual(new Date((NOW_S - 5) * 1000))
  expect((await vehicle('bus-1')).latitude).toBeCloseTo(42.02, 4)
  expect(await vehicle('bus-2')).toMatchObject({ latitude: null, position_at: null })
  expect(await vehicle('bus-3')).toMatchObject({ speed_kmh: null, odometer_m: null })
  expect((await vehicle('bus-3')).latitude).toBeCloseTo(42.01, 4)
})
