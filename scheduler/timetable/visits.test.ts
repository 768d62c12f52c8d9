import { expect, test } from 'vitest'
import type { Block } from '../../domain/block.ts'
import { staysOf } from './visits.ts'

function at(clock: string): Date {
  return new Date(`2026-11-${clock.length > 5 ? clock.replace(' ', 'T') : `23T${clock}`}:00Z`)
}

function block(blockId: string, start: string, end: string): Block {
  return {
    blockId,
    date: '2026-11-23',
    vehicleId: 'bus-1',
    assignedBy: 'timetable',
    startAt: at(start),
    endAt: at(end),
    distanceM: 100_000,
    routes: ['12'],
    trips: [],
  }
}

const morning = block('M', '05:00', '12:00')
const evening = block('E', '15:00', '21:00')
const next = block('N', '24 05:00', '24 12:00')

function stays(
  now: string,
  known: { pluggedIn?: boolean | null; delaySeconds?: number },
  blocks = [morning, evening, next],
) {
  const vehicle = { vehicleId: 'bus-1', pluggedIn: null, delaySeconds: null, ...known }
  return staysOf(vehicle, blocks, { now: at(now), to: at('24 12:00') }).map((stay) => [
    stay.arriveAt.toISOString().slice(8, 16),
    stay.departAt.toISOString().slice(8, 16),
    stay.before.map((one) => one.blockId).join('+'),
    stay.after?.blockId ?? null,
    stay.here,
  ])
}

test('a vehicle on the line comes home when its block ends, and stays until the next', () => {
  expect(stays('08:00', { pluggedIn: false })).toEqual([
    ['23T12:00', '23T15:00', 'M', 'E', false],
    ['23T21:00', '24T05:00', 'E', 'N', false],
  ])
})

test('a vehicle at a plug is here from now on', () => {
  expect(stays('13:00', { pluggedIn: true })[0]).toEqual(['23T13:00', '23T15:00', '', 'E', true])
})

test('a late vehicle arrives later by its delay, and an overdue one in a few minutes', () => {
  expect(stays('08:00', { pluggedIn: false, delaySeconds: 2400 })[0]?.slice(0, 2)).toEqual(['23T12:40', '23T15:00'])
  expect(stays('12:30', { pluggedIn: false, delaySeconds: 2400 })[0]).toEqual(['23T12:40', '23T15:00', 'M', 'E', false])
  expect(stays('12:39', { pluggedIn: false, delaySeconds: 2400 })[0]?.slice(0, 2)).toEqual(['23T12:44', '23T15:00'])
  expect(stays('13:00', { pluggedIn: false })[0]).toEqual(['23T13:05', '23T15:00', '', 'E', false])
})

test('when nobody knows about the plug, a vehicle without work is taken to be at home', () => {
  expect(stays('13:00', {})[0]).toEqual(['23T13:00', '23T15:00', '', 'E', false])
})

test('a vehicle at its plug when its block has begun leaves late; in the second half it has come home early', () => {
  expect(stays('05:30', { pluggedIn: true }).slice(0, 2)).toEqual([
    ['23T05:30', '23T05:35', '', 'M', true],
    ['23T12:00', '23T15:00', 'M', 'E', false],
  ])
  expect(stays('11:30', { pluggedIn: true })[0]).toEqual(['23T11:30', '23T15:00', '', 'E', true])
})

test('a stay too short to charge is driven through', () => {
  const soon = block('S', '12:05', '14:00')
  expect(stays('08:00', {}, [morning, soon, evening])).toEqual([
    ['23T14:00', '23T15:00', 'M+S', 'E', false],
    ['23T21:00', '24T12:00', 'E', null, false],
  ])
})

test('without further work a stay lasts to the end of the span; with later work, to that', () => {
  expect(stays('22:00', {}, [evening])).toEqual([['23T22:00', '24T12:00', '', null, false]])
  expect(stays('22:00', {}, [evening, block('L', '25 05:00', '25 12:00')])).toEqual([
    ['23T22:00', '25T05:00', '', 'L', false],
  ])
})
