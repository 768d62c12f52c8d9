import { expect, test } from 'vitest'
import type { Block } from './block.ts'
import { vehicleDay, type VehicleNow } from './vehicle-day.ts'

const at = (time: string): Date => new Date(`2026-11-23T${time}:00Z`)
const block = (blockId: string, from: string, to: string): Block => ({
  blockId,
  date: '2026-11-23',
  vehicleId: 'bus-1',
  assignedBy: 'timetable',
  startAt: at(from),
  endAt: at(to),
  distanceM: 1000,
  routes: ['7'],
  trips: [],
})
const early = block('early', '05:00', '09:00')
const late = block('late', '15:00', '19:00')
const away: VehicleNow = { inService: true, delaySeconds: null, plug: null, lastAtPlugAt: null }
const plugged: VehicleNow = { ...away, plug: { pluggedIn: true, powerW: 0, powerAt: null } }
const day = (vehicle: VehicleNow, now: string) => vehicleDay(vehicle, [early, late], [], at(now))

test('a vehicle drives its block until the block ends, late by what it is known to be late', () => {
  expect(day(away, '08:59')).toMatchObject({
    state: 'onTheLine',
    block: { blockId: 'early' },
    next: { blockId: 'late' },
  })
  expect(day(away, '09:01')).toMatchObject({ state: 'late', block: null })
  const delayed = { ...away, delaySeconds: 1800 }
  expect(day(delayed, '09:20')).toMatchObject({ state: 'late', block: { blockId: 'early' } })
  expect(day(delayed, '10:29').state).toBe('late')
  expect(day(delayed, '10:31').state).toBe('unknown')
})

test('a vehicle that has been at a plug since its block ended is parked', () => {
  expect(day({ ...away, lastAtPlugAt: at('09:30') }, '12:00').state).toBe('parked')
  expect(day({ ...away, plug: { pluggedIn: false, powerW: null, powerAt: null } }, '12:00').state).toBe('parked')
})

test('a vehicle that stands at its plug after pull-out still has that pull-out before it, for an hour', () => {
  expect(day(plugged, '05:20')).toMatchObject({ state: 'pluggedIn', block: null, next: { blockId: 'early' } })
  expect(day(plugged, '06:01')).toMatchObject({ block: { blockId: 'early' }, next: { blockId: 'late' } })
})

test('power that was read long ago is not charging now', () => {
  const charging = { ...plugged, plug: { pluggedIn: true, powerW: 50_000, powerAt: at('11:57') } }
  expect(day(charging, '12:00').state).toBe('charging')
  expect(day(charging, '12:03').state).toBe('pluggedIn')
})
