import { expect, test } from 'vitest'
import { pointId, type FleetEvse } from '../../domain/fleet.ts'
import { placeStays } from './place-stays.ts'
import type { Stay } from './visits.ts'

function evse(stationId: string, usable = true): FleetEvse {
  return {
    stationId,
    evseId: 1,
    nodeId: 'site',
    currentType: 'DC',
    phases: 3,
    maxPowerW: 60_000,
    minPowerW: 0,
    efficiency: 0.94,
    usable,
    pluggedIn: null,
    vehicleId: null,
  }
}

function stay(vehicleId: string, arrive: number, depart: number, here = false): Stay {
  const midnight = Date.parse('2026-11-23T00:00:00Z')
  const at = (hours: number): Date => new Date(midnight + hours * 3_600_000)
  return { vehicleId, arriveAt: at(arrive), departAt: at(depart), here, before: [], after: null }
}

function shown(placed: ReturnType<typeof placeStays>['placed']): string[] {
  return [...placed.values()]
    .flat()
    .map(
      (one) =>
        `${one.vehicleId} ${pointId(one.point)} ${one.arriveAt.toISOString().slice(11, 16)}-${one.departAt.toISOString().slice(11, 16)}`,
    )
    .sort()
}

const a = evse('A')
const b = evse('B')

test('everybody goes home, and whoever stands at a plug keeps it', () => {
  const { placed, unplaced } = placeStays(
    [
      { stay: stay('1', 0, 5, true), home: b, energyKwh: 10 },
      { stay: stay('2', 2, 6), home: a, energyKwh: 10 },
    ],
    [a, b],
  )
  expect(shown(placed)).toEqual(['1 B/1 00:00-05:00', '2 A/1 02:00-06:00'])
  expect(unplaced).toEqual([])
})

test('when its own plug is taken or broken, a vehicle goes to a free one, and it is said', () => {
  const broken = evse('A', false)
  const { placed } = placeStays([{ stay: stay('1', 0, 5), home: broken, energyKwh: 10 }], [broken, b])
  expect(shown(placed)).toEqual(['1 B/1 00:00-05:00'])
  expect(placed.get('1')?.[0]?.note).toEqual({ kind: 'otherPoint', homePointId: 'A/1', pointId: 'B/1' })
})

test('two vehicles for one plug share it: the first to leave first, time by need, ten minutes to swap', () => {
  const { placed } = placeStays(
    [
      { stay: stay('1', 0, 6), home: a, energyKwh: 200 },
      { stay: stay('2', 1, 5), home: a, energyKwh: 100 },
    ],
    [a],
  )
  const [late, early] = [placed.get('1')?.[0], placed.get('2')?.[0]]
  expect(early?.departAt.getTime()).toBeLessThan(late?.arriveAt.getTime() ?? 0)
  expect((late?.arriveAt.getTime() ?? 0) - (early?.departAt.getTime() ?? 0)).toBe(600_000)
  expect(early?.note).toEqual({ kind: 'sharedPoint', pointId: 'A/1', firstVehicleId: '2', secondVehicleId: '1' })
  expect(late?.note).toBe(early?.note)
})

test('a vehicle with little to charge takes a plug until its owner comes', () => {
  const { placed } = placeStays(
    [
      { stay: stay('1', 6, 12), home: a, energyKwh: 60 },
      { stay: stay('2', 0, 10), home: null, energyKwh: 30 },
    ],
    [a],
  )
  expect(shown(placed)).toEqual(['1 A/1 06:00-12:00', '2 A/1 00:00-05:50'])
})

test('a vehicle that stands at the plug charges first, even when it leaves later', () => {
  const { placed } = placeStays(
    [
      { stay: stay('1', 0, 8, true), home: a, energyKwh: 100 },
      { stay: stay('2', 1, 6), home: a, energyKwh: 100 },
    ],
    [a],
  )
  expect(placed.get('1')?.[0]?.arriveAt.toISOString()).toBe('2026-11-23T00:00:00.000Z')
  expect(placed.get('1')?.[0]?.departAt.getTime()).toBeLessThan(placed.get('2')?.[0]?.arriveAt.getTime() ?? 0)
})

test('a vehicle for which there is no plug at all is named', () => {
  expect(placeStays([{ stay: stay('1', 0, 5), home: null, energyKwh: 1 }], []).unplaced).toEqual([
    { vehicleId: '1', reason: 'no charging point is free for it' },
  ])
})

test('a vehicle at a plug that is out of order stays there, and it is said', () => {
  const broken = evse('A', false)
  const stuck = placeStays([{ stay: stay('1', 0, 5, true), home: broken, energyKwh: 1 }], [broken, b])
  expect(shown(stuck.placed)).toEqual(['1 A/1 00:00-05:00'])
  expect(stuck.placed.get('1')?.[0]?.note).toEqual({ kind: 'pointOutOfOrder', pointId: 'A/1' })
  expect(stuck.unplaced).toEqual([])
})
