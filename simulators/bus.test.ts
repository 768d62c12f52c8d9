import { expect, test } from 'vitest'
import { advanceBus, consumptionAt, createBus, driveOf, lateness, plugWish, settleBus, soc, tokenAt } from './bus.ts'
import type { BusBlock, BusSpec } from './bus.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const NINE = Date.parse('2026-11-23T09:00:00Z')
const SPEC: BusSpec = {
  vehicleId: 'bus-1',
  capacityWh: 140_000,
  taper: [
    { soc: 0, powerKw: 60 },
    { soc: 1, powerKw: 60 },
  ],
  maxPowerW: 60_000,
  maxSocPercent: 100,
  consumption: [
    [-10, 1.2],
    [10, 0.8],
  ],
  tokens: [
    { value: 'CARD', type: 'ISO14443' },
    { value: '0A00', type: 'MacAddress' },
  ],
  plug: { stationId: 'CP-1', evseId: 1, maxPowerW: 60_000, efficiency: 0.94 },
}

function block(id: string, startMs: number, hours: number, km: number): BusBlock {
  return { blockId: id, date: '2026-11-23', startMs, endMs: startMs + hours * HOUR, distanceM: km * 1000 }
}

test('consumption follows the temperature curve and is flat beyond its ends', () => {
  expect([-20, -10, 0, 10, 30].map((celsius) => consumptionAt(SPEC.consumption, celsius))).toEqual([
    1.2, 1.2, 1, 0.8, 0.8,
  ])
})

test('a block takes its distance times the consumption out of the battery, give or take chance', () => {
  const bus = createBus(SPEC)
  bus.blocks = [block('1', NINE, 4, 50)]
  bus.battery.batteryWh = 100_000
  expect(advanceBus(bus, NINE, 1, 10).map((one) => one.kind)).toEqual(['pulledOut'])
  advanceBus(bus, NINE + 2 * HOUR, 1, 10)
  expect(bus.battery.batteryWh).toBeGreaterThan(75_000)
  expect(bus.battery.batteryWh).toBeLessThan(85_000)
  expect(advanceBus(bus, NINE + 5 * HOUR, 1, 10).map((one) => one.kind)).toEqual(['pulledIn'])
  const usedWh = 100_000 - bus.battery.batteryWh
  expect(Math.abs(usedWh / 40_000 - 1)).toBeLessThan(0.2)
  expect(usedWh).toBeCloseTo(40_000 * driveOf(1, 'bus-1', block('1', NINE, 4, 50)).consumptionFactor, 3)
})

test('an empty battery is empty, not less', () => {
  const bus = createBus(SPEC)
  bus.blocks = [block('1', NINE, 4, 500)]
  advanceBus(bus, NINE, 1, 10)
  advanceBus(bus, NINE + 3 * HOUR, 1, 10)
  expect(bus.battery.batteryWh).toBe(0)
})

test('in the depot the cable goes in minutes after the pull-in and out minutes before the pull-out, full or not', () => {
  const bus = createBus(SPEC)
  const next = block('2', NINE + 6 * HOUR, 2, 10)
  bus.blocks = [block('1', NINE, 1, 10), next]
  advanceBus(bus, NINE, 1, 10)
  advanceBus(bus, NINE + 90 * MINUTE, 1, 10)
  expect(plugWish(bus, bus.arrivedMs + MINUTE, 1, false)).toBeNull()
  expect(plugWish(bus, bus.arrivedMs + 7 * MINUTE, 1, false)).toBe('plug')
  bus.plugged = true
  expect(plugWish(bus, NINE + 2 * HOUR, 1, false)).toBe('present')
  bus.presentedMs = NINE + 2 * HOUR
  expect(plugWish(bus, NINE + 2 * HOUR + MINUTE, 1, false)).toBeNull()
  expect(plugWish(bus, next.startMs - 8 * MINUTE, 1, true)).toBeNull()
  expect(plugWish(bus, next.startMs - 3 * MINUTE, 1, true)).toBe('stop')
  expect(plugWish(bus, next.startMs - 3 * MINUTE, 1, false)).toBe('unplug')
})

test('a bus that comes in too late for its next block leaves as soon as it can, and is late', () => {
  const bus = createBus(SPEC)
  bus.blocks = [block('1', NINE, 1, 10), block('2', NINE + 1.25 * HOUR, 2, 10)]
  advanceBus(bus, NINE, 1, 10)
  bus.extraLateMs = 60 * MINUTE
  advanceBus(bus, NINE + 1.9 * HOUR, 1, 10)
  expect(bus.driving?.block.blockId).toBe('1')
  expect(lateness(bus, NINE + 1.9 * HOUR)).toBeGreaterThanOrEqual(60 * MINUTE)
  for (let at = NINE + 1.9 * HOUR; at < NINE + 2.5 * HOUR; at += MINUTE) advanceBus(bus, at, 1, 10)
  expect(bus.driving?.block.blockId).toBe('2')
  expect(bus.driving?.departedMs).toBeGreaterThan(NINE + 2 * HOUR)
  expect(lateness(bus, NINE + 3 * HOUR)).toBeGreaterThan(5 * MINUTE)
})

test('a city that starts in the middle of the day finds a bus where its timetable has it', () => {
  const blocks = [block('1', NINE - 4 * HOUR, 3, 60), block('2', NINE + 2 * HOUR, 3, 60)]
  const parked = createBus(SPEC)
  parked.blocks = blocks
  settleBus(parked, NINE, 1, 10)
  expect(parked.driving).toBeNull()
  expect(parked.lastBlockKey).toContain('1')
  expect(soc(parked)).toBeGreaterThan(50)

  const driving = createBus(SPEC)
  driving.blocks = blocks
  settleBus(driving, NINE + 3.5 * HOUR, 1, 10)
  expect(driving.driving?.block.blockId).toBe('2')
  expect(driving.driving?.share).toBeCloseTo(0.5, 1)
})

test('a station that reads MAC addresses gets that, another one the card', () => {
  const bus = createBus(SPEC)
  expect(tokenAt(bus, true).value).toBe('0A00')
  expect(tokenAt(bus, false).value).toBe('CARD')
})
