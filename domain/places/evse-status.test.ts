import { expect, test } from 'vitest'
import type { ConnectorStatus } from '../status.ts'
import { countEvses, evseStatus, isReachable, type EvseStatus } from './evse-status.ts'

test.each<[ConnectorStatus, EvseStatus]>([
  ['available', 'AVAILABLE'],
  ['preparing', 'CHARGING'],
  ['charging', 'CHARGING'],
  ['suspendedEv', 'CHARGING'],
  ['suspendedEvse', 'CHARGING'],
  ['finishing', 'CHARGING'],
  ['occupied', 'CHARGING'],
  ['reserved', 'RESERVED'],
  ['unavailable', 'INOPERATIVE'],
  ['faulted', 'OUTOFORDER'],
  ['unknown', 'UNKNOWN'],
])('OCPP’s %s is OCPI’s %s, and UNKNOWN once the line is cut', (status, word) => {
  expect(evseStatus([status], true)).toBe(word)
  expect(evseStatus([status], false)).toBe('UNKNOWN')
})

test('the status is the EVSE’s: one connector in use is the EVSE in use, one that works makes it available', () => {
  expect(evseStatus(['available', 'charging'], true)).toBe('CHARGING')
  expect(evseStatus(['available', 'reserved'], true)).toBe('RESERVED')
  expect(evseStatus(['faulted', 'available'], true)).toBe('AVAILABLE')
  expect(evseStatus(['faulted', 'unavailable'], true)).toBe('INOPERATIVE')
  expect(evseStatus([], true)).toBe('UNKNOWN')
})

test('a station that says nothing for a quarter of an hour is not believed, even on a standing line', () => {
  const now = new Date('2026-11-23T20:00:00Z')
  const heard = (minutes: number) => ({ connected: true, lastMessageAt: new Date(now.getTime() - minutes * 60_000) })
  expect(isReachable(heard(15), now)).toBe(true)
  expect(isReachable(heard(16), now)).toBe(false)
  expect(isReachable({ connected: true, lastMessageAt: null }, now)).toBe(false)
  expect(isReachable({ ...heard(1), connected: false }, now)).toBe(false)
})

test('free, busy, out of order and unknown are counted apart: nobody reads 2?/4', () => {
  expect(countEvses(['AVAILABLE', 'CHARGING', 'RESERVED', 'UNKNOWN', 'OUTOFORDER', 'INOPERATIVE'])).toEqual({
    total: 6,
    free: 1,
    busy: 2,
    outOfOrder: 2,
    unknown: 1,
  })
})
