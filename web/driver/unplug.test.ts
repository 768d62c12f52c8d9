import { expect, test } from 'vitest'
import type { Evse, Station, Vehicle } from '../parts/api-types.ts'
import { chargeOf, judge, outletState } from './unplug.ts'

const NOW = Date.parse('2026-11-24T02:00:00Z')
const READY = '2026-11-24T02:50:00.000Z'
const minutes = (n: number) => new Date(NOW + n * 60_000).toISOString()

function bus(change: object = {}, next: object | null = {}): Vehicle {
  return {
    inService: true,
    state: 'charging',
    socPercent: 64,
    socAt: minutes(-2),
    estimate: { socPercent: 64, lowPercent: 63, highPercent: 65, basis: 'measured' },
    next: next === null ? null : { needSocPercent: 85, readyAt: READY, ...next },
    ...change,
  } as Vehicle
}

test('a bus that lacks charge may not be unplugged, and the plan says when it may', () => {
  expect(judge(bus(), NOW, NOW)).toEqual({ kind: 'notYet', readyAt: Date.parse(READY) })
  expect(judge(bus({}, { readyAt: null }), NOW, NOW)).toEqual({ kind: 'notYet', readyAt: null })
})

test('a bus with what it needs may be unplugged, also while it charges on', () => {
  expect(judge(bus({ socPercent: 85 }), NOW, NOW)).toEqual({ kind: 'ok' })
  expect(judge(bus({ socPercent: 84.6, state: 'pluggedIn' }), NOW, NOW)).toEqual({ kind: 'ok' })
  expect(judge(bus({ socPercent: 84.4 }), NOW, NOW).kind).toBe('notYet')
})

test('from an old reading only what is nearly sure counts, and what was merely planned counts for nothing', () => {
  const old = { socAt: minutes(-40) }
  const estimate = { socPercent: 87, lowPercent: 84, highPercent: 90, basis: 'charged' }
  expect(judge(bus({ ...old, estimate }), NOW, NOW).kind).toBe('notYet')
  expect(judge(bus({ ...old, estimate: { ...estimate, lowPercent: 85 } }), NOW, NOW)).toEqual({ kind: 'ok' })
  expect(judge(bus({ ...old, estimate: { ...estimate, lowPercent: 95, basis: 'plan' } }), NOW, NOW)).toEqual({
    kind: 'unknown',
    why: 'noReading',
  })
  expect(chargeOf(bus({ socPercent: null }), NOW)).toEqual({ kind: 'unknown' })
})

test('unknown is said with its reason', () => {
  expect(judge(bus({}, null), NOW, NOW)).toEqual({ kind: 'unknown', why: 'noNeed' })
  expect(judge(bus({ socPercent: 100 }, null), NOW, NOW)).toEqual({ kind: 'ok' })
  expect(judge(bus({ state: 'unknown' }), NOW, NOW)).toEqual({ kind: 'unknown', why: 'noPlug' })
  expect(judge(bus({ inService: false }), NOW, NOW)).toEqual({ kind: 'unknown', why: 'outOfService' })
})

test('without a plug it is told to plug in as long as it lacks charge', () => {
  expect(judge(bus({ state: 'parked' }), NOW, NOW)).toEqual({ kind: 'plugIn' })
  expect(judge(bus({ state: 'parked', socPercent: 90 }), NOW, NOW)).toEqual({ kind: 'unplugged' })
  expect(judge(bus({ state: 'onTheLine' }), NOW, NOW)).toEqual({ kind: 'driving' })
})

test('old news that it is not ready holds until it should be, then it is unknown; old news that it is ready holds on', () => {
  expect(judge(bus(), NOW, NOW + 30 * 60_000).kind).toBe('notYet')
  expect(judge(bus(), NOW, NOW + 51 * 60_000)).toEqual({ kind: 'unknown', why: 'overdue' })
  expect(judge(bus({ socPercent: 90 }), NOW, NOW + 51 * 60_000)).toEqual({ kind: 'ok' })
})

test('an outlet is mine, free, busy, out of order or unknown', () => {
  const state = (evse: object, station: object = {}) =>
    outletState(
      { connected: true, ...station } as Station,
      { operative: true, pluggedIn: false, vehicleId: null, connectors: [{ status: 'available' }], ...evse } as Evse,
      'bus-1',
    )
  expect(state({})).toBe('free')
  expect(state({ vehicleId: 'bus-1', pluggedIn: true })).toBe('mine')
  expect(state({ pluggedIn: true })).toBe('busy')
  expect(state({ pluggedIn: null, connectors: [{ status: 'occupied' }] })).toBe('busy')
  expect(state({ connectors: [{ status: 'faulted' }] })).toBe('out')
  expect(state({ operative: false })).toBe('out')
  expect(state({}, { connected: false })).toBe('unknown')
  expect(state({ connectors: [] })).toBe('unknown')
})
