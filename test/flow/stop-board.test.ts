import { beforeEach, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { putFeedAttribution } from '../../db/feed-attribution.ts'
import { listOf } from '../../fleet-api/schemas/common.ts'
import { foundStop, stopArrivals, stopDetail } from '../../fleet-api/schemas/stops.ts'
import { blockPath, line } from '../../fleet-api/schemas/timetable.ts'
import { body, type TestApi } from './api-depot.ts'
import { addTrip, boardApi, NOON, predict } from './board-depot.ts'

let api: TestApi
beforeEach(async () => {
  api = await boardApi()
})

/** As a passenger asks: without a key. */
async function publicly(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return await api.app.request(path, { headers })
}

async function board(stopId: string, query = ''): Promise<z.output<typeof stopArrivals>> {
  return await body(publicly(`/api/v1/stops/${stopId}/arrivals${query}`), stopArrivals)
}

async function rows(stopId: string, query = ''): Promise<string[]> {
  const { items } = await board(stopId, query)
  return items.map(({ tripId, minutes, status }) => `${tripId} ${minutes} ${status}`)
}

test('without predictions the board has the timetable, and says that it is only that', async () => {
  const { items, live, stop } = await board('p')
  expect(live).toBe('none')
  expect(stop.name).toBe('Park 100%')
  expect(items.map(({ tripId, minutes, status }) => [tripId, minutes, status])).toEqual([
    ['n1', 20, 'scheduled'],
    ['n2', 55, 'scheduled'],
  ])
  expect(items[0]).toMatchObject({ predictedAt: null, asOf: null, basis: 'schedule', vehicleLabel: null, route: '7' })
})

test('a late bus is expected later, with its age and how sure that is; garages and empty runs are not on any board', async () => {
  await predict(api.db, NOON, { lateS: 300, ageS: 20 })
  const { items, live } = await board('p')
  expect(live).toBe('live')
  expect(items[0]).toMatchObject({
    tripId: 'n1',
    scheduledAt: '2026-11-24T10:20:00.000Z',
    predictedAt: '2026-11-24T10:25:00.000Z',
    minutes: 25,
    status: 'late',
    basis: 'learned',
    uncertaintySeconds: 40,
    asOf: '2026-11-24T09:59:40.000Z',
    old: false,
    vehicleLabel: 'bus-1',
  })
  expect(JSON.stringify(items)).not.toContain('vehicleId')
  expect(await rows('garage', '?minutes=360')).toEqual([])
})

test('a bus that should have come and has not is still there; one that left early is listed until its time, as gone', async () => {
  await predict(api.db, NOON, { lateS: 1_500 })
  api.clock.now = new Date('2026-11-24T10:22:00Z')
  await predict(api.db, api.clock.now, { lateS: 1_500 })
  expect(await rows('p')).toEqual(['n1 23 late', 'n2 58 late'])

  api.clock.now = new Date('2026-11-24T10:18:00Z')
  await predict(api.db, api.clock.now, { lateS: -180, passedUpTo: { tripId: 'n1', sequence: 2 } })
  const [first] = (await board('p')).items
  expect(first).toMatchObject({ tripId: 'n1', status: 'early', departed: true, minutes: 0 })
  api.clock.now = new Date('2026-11-24T10:20:01Z')
  expect((await board('p')).items[0]?.tripId).toBe('n2')
})

test('a bus that falls silent is old after 90 seconds, unknown after ten minutes, and never on time by silence', async () => {
  await predict(api.db, NOON, { ageS: 100 })
  expect((await board('p')).items[0]).toMatchObject({ status: 'onTime', old: true })
  await predict(api.db, NOON, { ageS: 700 })
  const silent = await board('p')
  expect(silent.live).toBe('silent')
  expect(silent.items[0]).toMatchObject({ status: 'unknown', predictedAt: null, minutes: 20, old: true })
})

test('a trip that its bus has no energy for is cancelled, and the reason is told in three languages', async () => {
  await predict(api.db, NOON, { cancelledTrips: ['n2'] })
  const of = async (lang: string) => (await board('v', `?lang=${lang}`)).items.find((one) => one.tripId === 'n2')
  expect(await of('en')).toMatchObject({
    status: 'cancelled',
    minutes: null,
    predictedAt: null,
    vehicleLabel: null,
    notice: { kind: 'cancelled', text: expect.stringContaining('Line 7 at 12:40 does not run') },
  })
  expect((await of('bg'))?.notice?.text).toContain('достатъчно енергия')
  expect((await of('uk'))?.notice?.text).toContain('не вистачить заряду')
  expect(await rows('p')).toEqual(['n1 20 onTime', 'n2 null cancelled'])
})

test('a trip that is cancelled while people wait for its late bus is listed for ten minutes more', async () => {
  api.clock.now = new Date('2026-11-24T10:24:00Z')
  await predict(api.db, api.clock.now, { cancelledTrips: ['n1', 'n2'] })
  expect(await rows('p')).toEqual(['n1 null cancelled', 'n2 null cancelled'])
  api.clock.now = new Date('2026-11-24T10:30:01Z')
  expect(await rows('p')).toEqual(['n2 null cancelled'])
})

test('a trip beyond what is predicted in detail is cancelled all the same', async () => {
  await predict(api.db, NOON, { cancelledTrips: ['n2'] })
  await api.db.updateTable('block_prediction').set({ stops: '[]' }).execute()
  expect(await rows('p')).toEqual(['n1 20 scheduled', 'n2 null cancelled'])
})

test('a trip that another bus takes over runs by the timetable, under the other bus’s name', async () => {
  await predict(api.db, NOON, { lateS: 600, cancelledTrips: ['n2'], replacement: 'bus-3' })
  const { items } = await board('p')
  expect(items.map(({ tripId, status, vehicleLabel }) => [tripId, status, vehicleLabel])).toEqual([
    ['n1', 'late', 'bus-1'],
    ['n2', 'scheduled', 'bus-3'],
  ])
  expect(items[1]?.notice).toMatchObject({ kind: 'replaced' })
})

test('a station gathers its platforms, and the end of a trip is marked as no departure', async () => {
  await predict(api.db, NOON)
  const { stop, items } = await board('c', '?minutes=90')
  expect(stop).toMatchObject({ stopId: 'c', kind: 'station' })
  expect(items.map(({ tripId, stopId, arrivalOnly }) => [tripId, stopId, arrivalOnly])).toEqual([
    ['n1', 'c1', false],
    ['n2', 'c2', true],
  ])
  expect(await rows('c', '?minutes=90&departuresOnly=true')).toEqual(['n1 5 onTime'])
})

test('trips after 24:00 belong to the day before', async () => {
  api.clock.now = new Date('2026-11-23T22:00:00Z')
  const { items } = await board('c1')
  expect(items.map(({ tripId, date, scheduledAt }) => [tripId, date, scheduledAt])).toEqual([
    ['night', '2026-11-23', '2026-11-23T22:10:00.000Z'],
  ])
})

test('on the days when clocks change, a trip leaves at its wall-clock time', async () => {
  await api.db
    .insertInto('service_day')
    .values(['2026-03-29', '2026-10-25'].map((date) => ({ feed_id: 'f', service_id: 'daily', date })))
    .execute()
  api.clock.now = new Date('2026-03-29T09:00:00Z')
  expect((await board('c1')).items[0]?.scheduledAt).toBe('2026-03-29T09:05:00.000Z')
  api.clock.now = new Date('2026-10-25T10:00:00Z')
  expect((await board('c1')).items[0]?.scheduledAt).toBe('2026-10-25T10:05:00.000Z')
})

test('limit, minutes and line narrow the board; a stop that is not there is told so', async () => {
  await addTrip(api.db, { id: 'extra', block: null, at: '12:10', stops: ['c1', 'p'] })
  expect(await rows('c1', '?limit=1')).toEqual(['n1 5 scheduled'])
  expect(await rows('c1', '?minutes=7')).toEqual(['n1 5 scheduled'])
  expect(await rows('c1', '?lineId=r')).toHaveLength(2)
  expect(await rows('c1', '?lineId=nowhere')).toEqual([])
  expect((await publicly('/api/v1/stops/nowhere/arrivals')).status).toBe(404)
  for (const query of ['?minutes=0', '?minutes=100000', '?limit=0', '?limit=9999', '?lang=xx'])
    expect((await publicly(`/api/v1/stops/c1/arrivals${query}`)).status).toBe(400)
})

test('where two timetables have the same stop id, the timetable’s name in front tells them apart', async () => {
  await api.db
    .insertInto('feed')
    .values({
      id: 'g',
      file_name: 'g.zip',
      sha256: '1',
      imported_at: NOON,
      time_zone: 'Europe/Sofia',
      start_date: null,
      end_date: null,
    })
    .execute()
  await api.db
    .insertInto('stop')
    .values({ feed_id: 'g', id: 'c1', code: null, name: 'Elsewhere', latitude: 50, longitude: 30, parent_id: null })
    .execute()
  const name = async (id: string) => (await body(publicly(`/api/v1/stops/${id}`), stopDetail)).stop.name
  expect(await name('c1')).toBe('Centre, platform 1')
  expect(await name('g:c1')).toBe('Elsewhere')
  expect(await name('f:c1')).toBe('Centre, platform 1')
})

test('stops are found near a place, by a part of the name, page by page; a garage is none', async () => {
  const find = async (query: string) => await body(publicly(`/api/v1/stops?${query}`), listOf(foundStop))
  const near = await find('near=42.0001,23.1')
  expect(near.items.map(({ stopId, distanceM }) => [stopId, distanceM])).toEqual([
    ['c1', 0],
    ['c', 11],
    ['c2', 22],
  ])
  expect((await find('near=42.0001,23.1&radiusM=5000')).items).toHaveLength(5)
  expect((await find('q=cent')).items.map((one) => one.stopId)).toEqual(['c', 'c1', 'c2'])
  expect((await find('q=100%25')).items.map((one) => one.stopId)).toEqual(['p'])
  expect((await find('q=V')).items.map((one) => one.stopId)).toContain('v')
  await api.db.updateTable('stop').set({ name: 'бул. „Джеймс Баучер“' }).where('id', '=', 'v').execute()
  for (const words of ['джеймс', 'ДЖЕЙМС БАУЧЕР', 'Бул. „джеймс'])
    expect((await find(`q=${encodeURIComponent(words)}`)).items.map((one) => one.stopId)).toEqual(['v'])
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: { stopId: string }[]; next: string | null } = await find(
      `near=42.0001,23.1&radiusM=5000&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
    )
    seen.push(...page.items.map((one) => one.stopId))
    cursor = page.next
  }
  expect(seen).toEqual(['c1', 'c', 'c2', 'p', 'v'])
  expect((await publicly('/api/v1/stops?near=91,0')).status).toBe(400)
  expect((await publicly('/api/v1/stops?near=north')).status).toBe(400)
})

test('whose timetable it is stands beside the data', async () => {
  const licence = {
    publisher: 'City of Test',
    licence: 'CC-BY-4.0',
    url: 'https://example.org',
    text: '© City of Test',
  }
  expect(await putFeedAttribution(api.db, 'f', licence)).toBe(true)
  expect(await putFeedAttribution(api.db, 'nowhere', licence)).toBe(false)
  expect((await board('c1')).attribution).toEqual(licence)
})

test('an unchanged board is answered with 304, and may be kept for some seconds', async () => {
  await predict(api.db, NOON)
  const first = await publicly('/api/v1/stops/p/arrivals')
  const tag = first.headers.get('etag') ?? ''
  expect(first.headers.get('cache-control')).toBe('public, max-age=5')
  const again = await publicly('/api/v1/stops/p/arrivals', { 'If-None-Match': tag })
  expect(again.status).toBe(304)
  await predict(api.db, NOON, { lateS: 200 })
  expect((await publicly('/api/v1/stops/p/arrivals', { 'If-None-Match': tag })).status).toBe(200)
})

test('the way of a block has its trips with stops, times and lines; lines are open to all', async () => {
  await api.db
    .insertInto('shape')
    .values({
      feed_id: 'f',
      id: 's',
      points: JSON.stringify([
        [42, 23.1, 0],
        [42.03, 23.1, 3336],
      ]),
      length_m: 3336,
    })
    .execute()
  await api.db.updateTable('trip').set({ shape_id: 's' }).where('id', '=', 'n1').execute()
  const path = await body(api.get('/api/v1/blocks/B1/path?date=2026-11-24'), blockPath)
  expect(path.trips.map(({ tripId, kind }) => [tripId, kind])).toEqual([
    ['n1', 'revenue'],
    ['n2', 'revenue'],
    ['home', 'pull-in'],
  ])
  expect(path.trips[0]?.stops[1]).toMatchObject({ stopId: 'p', arrivalAt: '2026-11-24T10:20:00.000Z', distanceM: 2000 })
  expect(path.trips[0]?.line).toHaveLength(2)
  expect(path.trips[1]?.line).toBeNull()
  expect((await api.get('/api/v1/blocks/B1/path?date=2026-12-24')).status).toBe(404)
  expect((await api.app.request('/api/v1/blocks/B1/path?date=2026-11-24')).status).toBe(401)
  const { items } = await body(publicly('/api/v1/lines'), listOf(line))
  expect(items).toMatchObject([
    {
      lineId: 'r',
      shortName: '7',
      ways: [
        {
          shapeId: 's',
          trips: 1,
          line: [
            [42, 23.1],
            [42.03, 23.1],
          ],
        },
      ],
    },
  ])
})
