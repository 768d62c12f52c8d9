import { serve } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { putPlaceSource } from '../../db/place-sources.ts'
import { storeSourcePlaces } from '../../db/store-places.ts'
import type { OutboundRules } from '../../domain/outbound-url.ts'
import { cityGlance, sisterCityList } from '../../fleet-api/schemas/city.ts'
import { fetchSisterCities } from '../../scheduler/jobs/fetch-sister-cities.ts'
import { createHighsSolver } from '../../scheduler/plan/solver.ts'
import { body, type TestApi } from './api-depot.ts'
import { boardApi, NOON } from './board-depot.ts'

let api: TestApi
let sister: ReturnType<typeof serve>
let url: string
let answer: (request: Request) => Response | Promise<Response>
let asked: string[]

beforeEach(async () => {
  api = await boardApi()
  asked = []
  answer = async () => new Response(await (await api.app.request('/api/v1/city')).text())
  await new Promise<void>((resolve) => {
    const fetch = (request: Request) => (asked.push(new URL(request.url).pathname), answer(request))
    sister = serve({ port: 0, hostname: '127.0.0.1', fetch }, () => resolve())
  })
  url = `http://127.0.0.1:${(sister.address() as AddressInfo).port}`
})
afterEach(() => void sister.close())

const glance = () => body(api.app.request('/api/v1/city'), cityGlance)
const sisters = async () => (await body(api.app.request('/api/v1/sister-cities'), sisterCityList)).items

async function fetchSisters(
  cities = [{ name: 'Burgas', url }],
  outbound: OutboundRules = { allowPrivate: false, allowLoopback: true },
): Promise<void> {
  const silent = () => undefined
  await fetchSisterCities({
    db: api.db,
    now: () => api.clock.now,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    gateway: { send: () => Promise.reject(new Error('no station is asked')) },
    solver: createHighsSolver(),
    outbound,
    sisters: cities,
  })
}

async function carParks(at: Date): Promise<void> {
  const source = { mapping: {}, licence: 'CC0-1.0', attribution: null, url: null, fetchMinutes: null }
  await putPlaceSource(api.db, { sourceId: 'p', name: 'City', kind: 'parking', public: true, ...source }, at)
  const place = (id: string, free: number | null, asOf: Date | null) => ({
    externalId: id,
    kind: 'parking' as const,
    name: id,
    latitude: 42,
    longitude: 23.1,
    capacity: 60,
    free,
    asOf,
    properties: {},
    readings: [],
  })
  const places = [
    place('market', 23, at),
    place('full', 0, at),
    place('stopped', 41, new Date(at.getTime() - 3_600_000)),
  ]
  await storeSourcePlaces(api.db, 'p', places, at)
}

test('the city at a glance counts what is known, and an old count as known to nobody', async () => {
  await carParks(NOON)
  const told = await glance()
  expect(told.parking).toEqual({ places: 3, known: 2, withRoom: 1, freeSpaces: 23, spaces: 120 })
  expect(told).toMatchObject({ now: NOON.toISOString(), timeZone: 'Europe/Sofia', lines: 1 })
  expect(told.buses.onTrip).toBe(told.buses.onTime + told.buses.late + told.buses.early + told.buses.unknown)
  expect(told.buildings).toEqual({ places: 0, known: 0, powerW: null })
})

test('a sister city stands beside this one with what its own server tells, and its age', async () => {
  await carParks(NOON)
  await fetchSisters()
  expect(asked).toEqual(['/api/v1/city'])
  expect(await sisters()).toMatchObject([
    {
      name: 'Burgas',
      reachable: true,
      outcome: 'ok',
      ageSeconds: 0,
      old: false,
      glance: { parking: { freeSpaces: 23 } },
    },
  ])
  // Not before two minutes are over.
  api.clock.now = new Date(NOON.getTime() + 60_000)
  await fetchSisters()
  expect(asked).toHaveLength(1)
  expect((await sisters())[0]).toMatchObject({ ageSeconds: 60 })
})

test('a sister that falls silent keeps what it told, is said to be unreachable, and is old after a quarter of an hour', async () => {
  await fetchSisters()
  answer = () => new Response('no', { status: 503 })
  api.clock.now = new Date(NOON.getTime() + 20 * 60_000)
  await fetchSisters()
  expect(await sisters()).toMatchObject([
    { reachable: false, outcome: 'it answers with HTTP 503', ageSeconds: 1200, old: true, glance: { lines: 1 } },
  ])
})

test('what is no glance, too large, or leads elsewhere is not taken', async () => {
  const outcomes: (string | null)[] = []
  for (const wrong of [
    () => new Response('<html>'),
    () => Response.json({ now: 'yesterday' }),
    () => new Response('x'.repeat(300_000)),
    () => new Response(null, { status: 302, headers: { location: 'http://169.254.169.254/latest' } }),
  ]) {
    answer = wrong
    await api.db.deleteFrom('sister_city').execute()
    await fetchSisters()
    const [city] = await sisters()
    expect(city?.glance).toBeNull()
    outcomes.push(city?.outcome ?? null)
  }
  expect(outcomes).toEqual([
    'what it tells is no JSON',
    'what it tells has another form',
    'the answer is too large',
    'it answers with HTTP 302',
  ])
  expect(asked).toHaveLength(4)
})

test('a private address is asked only where the operator allows it; the demo allows this machine and no other', async () => {
  await fetchSisters([{ name: 'Burgas', url }], { allowPrivate: false })
  expect(asked).toEqual([])
  expect((await sisters())[0]?.outcome).toContain('OUTBOUND=private')
  // An address that only the operator's network knows is not told to everybody.
  expect((await sisters())[0]?.url).toBeNull()
  await fetchSisters([{ name: 'Router', url: 'http://192.168.1.1' }])
  expect((await sisters()).map(({ name, glance }) => ({ name, glance }))).toEqual([{ name: 'Router', glance: null }])
  await fetchSisters([])
  expect(await sisters()).toEqual([])
})
