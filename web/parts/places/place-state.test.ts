import { expect, test } from 'vitest'
import type { Place } from '../api-types.ts'
import { placeState } from './place-state.ts'

const NOW = Date.parse('2026-11-24T08:00:00Z')
const place = (change: Partial<Place>): Place => ({
  placeId: 'parkings:P1',
  kind: 'parking',
  name: 'Market',
  latitude: 42,
  longitude: 23,
  capacity: 60,
  free: 23,
  freeIsKnown: true,
  old: false,
  asOf: new Date(NOW - 60_000).toISOString(),
  ageSeconds: 60,
  public: true,
  status: null,
  charging: null,
  source: { sourceId: 'parkings', name: 'City', licence: null, attribution: null },
  properties: {},
  readings: [],
  links: { geo: 'geo:42,23', map: 'https://www.openstreetmap.org' },
  ...change,
})
const fresh = { now: NOW, fresh: true }

test('a car park is free, full or unknown; a count that is old is unknown, not free', () => {
  expect(placeState(place({}), fresh)).toBe('free')
  expect(placeState(place({ free: 0 }), fresh)).toBe('full')
  expect(placeState(place({ free: null }), fresh)).toBe('unknown')
  expect(placeState(place({ free: 41, old: true }), fresh)).toBe('unknown')
})

test('while the server is silent a count grows old in the page', () => {
  const silent = { now: NOW + 16 * 60_000, fresh: false }
  expect(placeState(place({}), { ...silent, now: NOW + 60_000 })).toBe('free')
  expect(placeState(place({}), silent)).toBe('unknown')
})

test('a charger is told by its status: free, in use, out of order, or unknown', () => {
  const charger = (status: Place['status']) => placeState(place({ kind: 'charger', status, free: null }), fresh)
  expect(charger('AVAILABLE')).toBe('free')
  expect(charger('CHARGING')).toBe('full')
  expect(charger('RESERVED')).toBe('full')
  expect(charger('OUTOFORDER')).toBe('broken')
  expect(charger('INOPERATIVE')).toBe('broken')
  expect(charger('UNKNOWN')).toBe('unknown')
  expect(charger(null)).toBe('unknown')
})
