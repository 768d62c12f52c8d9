import { serve } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { placeSources, putPlaceSource, type PlaceSource } from '../../db/place-sources.ts'
import { placeView } from '../../db/views/places.ts'
import { wordsOf } from '../../domain/sentences/kept-sentence.ts'
import { fetchPlaces } from '../../scheduler/jobs/fetch-places.ts'
import { createHighsSolver } from '../../scheduler/plan/solver.ts'
import { emptyDatabase } from '../support/database.ts'

let db: Db
let clock: Date
let answer: () => Response
let asked: number
let server: ReturnType<typeof serve>
let url: string

beforeEach(async () => {
  db = await emptyDatabase()
  clock = new Date('2026-01-15T12:00:00Z')
  asked = 0
  answer = () => Response.json(parkingsAt('2026-01-15 13:58:00'))
  await new Promise<void>((resolve) => {
    server = serve({ port: 0, hostname: '127.0.0.1', fetch: () => ((asked += 1), answer()) }, () => resolve())
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/parking.geojson`
})
afterEach(() => void server.close())

function parkingsAt(time: string) {
  const properties = { parking_id: '1', name: 'P', total_lots: '50', data: [{ free_lots: '20', time }] }
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [27.46, 42.49] }, properties }],
  }
}

async function source(change: Partial<PlaceSource> = {}): Promise<void> {
  const base = {
    name: 'P',
    kind: 'parking' as const,
    public: true,
    mapping: {},
    licence: null,
    attribution: null,
    fetchMinutes: 5,
  }
  await putPlaceSource(db, { sourceId: 'p', ...base, url, ...change }, clock)
}

async function run(allowPrivate = true): Promise<void> {
  const silent = () => undefined
  await fetchPlaces({
    db,
    now: () => clock,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    gateway: { send: () => Promise.reject(new Error('no station is asked')) },
    solver: createHighsSolver(),
    outbound: { allowPrivate },
  })
}

function later(minutes: number): void {
  clock = new Date(clock.getTime() + minutes * 60_000)
}

test('a source is fetched when its time has come, and not before', async () => {
  await source()
  await run()
  expect(await placeView(db, 'p:1', true, clock)).toMatchObject({ free: 20, asOf: new Date('2026-01-15T11:58:00Z') })
  later(4)
  await run()
  expect(asked).toBe(1)
  later(1)
  await run()
  expect(asked).toBe(2)
})

test.each([
  ['a server that fails', () => new Response('', { status: 500 }), 'HTTP 500', 'HTTP 500'],
  ['no JSON', () => new Response('<html>'), 'cannot be read', 'отговорът не може да се прочете'],
  ['an empty list', () => Response.json({ type: 'FeatureCollection', features: [] }), 'no feature', 'няма обект'],
  [
    'a redirect',
    () => new Response('', { status: 302, headers: { Location: 'http://169.254.169.254/' } }),
    'HTTP 302',
    'HTTP 302',
  ],
  ['too much', () => new Response('x'.repeat(9_000_000)), 'too large', 'отговорът е твърде голям'],
])(
  '%s leaves the places as they were, ageing, and is asked less and less often',
  async (_, bad, reason, inBulgarian) => {
    await source()
    await run()
    answer = bad
    for (const wait of [5, 5, 10, 20]) {
      later(wait)
      await run()
    }
    expect(asked).toBe(5)
    const [told] = await placeSources(db, { ids: ['p'] })
    expect(wordsOf(told?.fetchOutcome ?? '', 'en')).toContain(reason)
    expect(wordsOf(told?.fetchOutcome ?? '', 'bg')).toContain(inBulgarian)
    expect(told?.fetchedAt).toEqual(new Date('2026-01-15T12:00:00Z'))
    expect(await placeView(db, 'p:1', true, clock)).toMatchObject({
      free: null,
      old: true,
      asOf: new Date('2026-01-15T11:58:00Z'),
    })
    answer = () => Response.json(parkingsAt('2026-01-15 15:18:00'))
    later(40)
    await run()
    expect((await placeSources(db, { ids: ['p'] }))[0]?.fetchOutcome).toBe('ok')
  },
)

test('an address of a private network is not asked, even when it was entered while that was allowed', async () => {
  await source()
  await run(false)
  expect(asked).toBe(0)
  const [told] = await placeSources(db, { ids: ['p'] })
  expect(wordsOf(told?.fetchOutcome ?? '', 'uk')).toMatch(/приватній мережі.*OUTBOUND|HTTP.*OUTBOUND/)
})
