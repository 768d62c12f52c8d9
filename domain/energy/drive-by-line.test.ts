import { expect, test } from 'vitest'
import type { BlockTrip } from '../block.ts'
import { driveByLine, drivenEnergyWh } from './drive-by-line.ts'

function trip(route: string | null, minute: number, minutes: number, distanceM: number, kind = 'revenue'): BlockTrip {
  const at = (after: number) => new Date(Date.parse('2026-11-23T04:00:00Z') + after * 60_000)
  return {
    tripId: `${minute}`,
    kind,
    route,
    headsign: null,
    startAt: at(minute),
    endAt: at(minute + minutes),
    distanceM,
    startStopId: null,
    endStopId: null,
  }
}

const trips = [
  trip('7', 0, 10, 3000, 'pull-out'),
  trip('7', 10, 40, 10_000),
  trip('9', 60, 30, 7_001),
  trip('7', 100, 40, 10_000),
  trip(null, 140, 5, 1000, 'deadhead'),
]

test('a block is parted by line, without passengers under none, and its energy by distance to the watt-hour', () => {
  const lines = driveByLine({ trips }, 40_000)
  expect(lines.map(({ route, distanceM, driveSeconds }) => [route, distanceM, driveSeconds])).toEqual([
    ['', 4000, 900],
    ['7', 20_000, 4800],
    ['9', 7001, 1800],
  ])
  expect(lines.reduce((sum, line) => sum + (line.energyWh ?? 0), 0)).toBe(40_000)
  expect(lines[1]?.energyWh).toBe(Math.round((40_000 * 24_000) / 31_001) - Math.round((40_000 * 4000) / 31_001))
})

test('without a measured energy, or without any distance, the lines have none', () => {
  expect(driveByLine({ trips }, null).map((line) => line.energyWh)).toEqual([null, null, null])
  expect(driveByLine({ trips: [trip('7', 0, 10, 0)] }, 5000).map((line) => line.energyWh)).toEqual([null])
})

test('what was charged on the way was used too, and what cannot be told is unknown', () => {
  const known = { socBeforePercent: 90, socAfterPercent: 50, gainedPercent: 10, usableWh: 300_000 }
  expect(drivenEnergyWh(known)).toBe(150_000)
  expect(drivenEnergyWh({ ...known, gainedPercent: null })).toBeNull()
  expect(drivenEnergyWh({ ...known, socBeforePercent: null })).toBeNull()
  expect(drivenEnergyWh({ ...known, socAfterPercent: 99 })).toBeNull()
})
