import { expect, test } from 'vitest'
import { readTelemetry } from '../domain/telemetry.ts'
import { advanceBus, createBus, soc, weaken } from './bus.ts'
import type { Bus } from './bus.ts'
import { wayOf } from './block-path.ts'
import type { Fault } from './faults.ts'
import { Telematics } from './telematics.ts'

const MINUTE = 60_000
const START = Date.parse('2026-11-24T05:00:00Z')

function busOnBlock(): Bus {
  const bus = createBus({
    vehicleId: 'bus-1',
    capacityWh: 140_000,
    taper: [{ soc: 1, powerKw: 60 }],
    maxPowerW: 60_000,
    maxSocPercent: 100,
    consumption: [[0, 1]],
    tokens: [],
    plug: null,
  })
  bus.blocks = [{ blockId: 'b', date: '2026-11-24', startMs: START, endMs: START + 60 * MINUTE, distanceM: 20_000 }]
  return bus
}

const way = wayOf({
  trips: [
    {
      kind: 'revenue',
      line: [
        [42, 23, 0],
        [42.1, 23, 10_000],
      ],
      stops: [0, 10, 20, 30, 40, 50, 60].map((minute) => ({
        latitude: 42 + minute / 600,
        longitude: 23,
        distanceM: (minute / 60) * 20_000,
        arrivalAt: START + minute * MINUTE,
        departureAt: START + minute * MINUTE,
      })),
    },
  ],
})

function drive(bus: Bus, telematics: Telematics, faults: Fault[] = []) {
  const at = (minute: number) => {
    advanceBus(bus, START + minute * MINUTE, 1, 0)
    return telematics.read([bus], { nowMs: START + minute * MINUTE, temperatureC: 4 })
  }
  advanceBus(bus, START, 1, 0)
  const [wanted] = telematics.unknownWays([bus])
  if (wanted !== undefined) telematics.setWay(wanted.key, way, [bus])
  return { at, faults }
}

test('a bus tells where it is while it drives, once more when it comes in, and sleeps in the depot', () => {
  const bus = busOnBlock()
  const telematics = new Telematics({ seed: 1, startMs: START, faults: () => [] })
  const { at } = drive(bus, telematics)
  const [first] = at(20)
  const [second] = at(40)
  expect(second?.latitude).toBeGreaterThan(first?.latitude ?? 90)
  expect((second?.odometerM ?? 0) - (first?.odometerM ?? 0)).toBeGreaterThan(4_000)
  expect(second?.socPercent).toBeLessThan(first?.socPercent ?? 0)
  const [last, ...others] = at(90)
  expect(others).toEqual([])
  expect(last).toMatchObject({ vehicleId: 'bus-1', speedKmh: 0, latitude: 42.1 })
  expect(at(91)).toEqual([])
  expect((last?.odometerM ?? 0) - (first?.odometerM ?? 0)).toBeLessThanOrEqual(20_000)
})

test('every reading is one that the product takes', () => {
  const bus = busOnBlock()
  const telematics = new Telematics({ seed: 1, startMs: START, faults: () => [] })
  const { at } = drive(bus, telematics)
  const readings = Array.from({ length: 130 }, (_, half) => at(half / 2)).flat()
  expect(readings.length).toBeGreaterThan(100)
  const now = new Date(START + 65 * MINUTE)
  const taken = readTelemetry(JSON.parse(JSON.stringify(readings)), { source: 'simulator', now })
  expect(taken.refused).toEqual([])
  expect(taken.readings).toHaveLength(readings.length)
})

test('a silent unit tells nothing while the bus drives on, and people tell how late it is', () => {
  const bus = busOnBlock()
  const faults: Fault[] = []
  const telematics = new Telematics({ seed: 1, startMs: START, faults: () => faults })
  const { at } = drive(bus, telematics)
  const [before] = at(10)
  faults.push({
    faultId: 1,
    request: { kind: 'telemetrySilent', vehicleId: 'bus-1', minutes: 20 },
    sinceMs: START + 10 * MINUTE,
    untilMs: START + 30 * MINUTE,
  })
  expect(at(20)).toEqual([])
  expect(telematics.lateMs(bus, START + 20 * MINUTE)).toBeNull()
  faults.length = 0
  const [after] = at(30)
  expect(after?.latitude).toBeGreaterThan(before?.latitude ?? 90)
  expect((after?.odometerM ?? 0) - (before?.odometerM ?? 0)).toBeGreaterThan(4_000)
})

test('a bus that is held up stands, and never goes back', () => {
  const bus = busOnBlock()
  const telematics = new Telematics({ seed: 1, startMs: START, faults: () => [] })
  const { at } = drive(bus, telematics)
  const [before] = at(25)
  bus.extraLateMs = 15 * MINUTE
  const [held] = at(35)
  expect(held?.latitude).toBe(before?.latitude)
  expect(held?.speedKmh).toBe(0)
  expect(telematics.lateMs(bus, START + 35 * MINUTE)).toBeGreaterThan(8 * MINUTE)
  const [later] = at(55)
  expect(later?.latitude).toBeGreaterThan(before?.latitude ?? 90)
})

test('a battery that fails on the road shows less at once and goes on from there', () => {
  const bus = busOnBlock()
  const telematics = new Telematics({ seed: 1, startMs: START, faults: () => [] })
  const { at } = drive(bus, telematics)
  at(20)
  weaken(bus, 12)
  expect(soc(bus)).toBeCloseTo(12)
  const [after] = at(21)
  expect(after?.socPercent).toBeLessThanOrEqual(12)
  expect(after?.socPercent).toBeGreaterThan(10)
  weaken(bus, 50)
  expect(soc(bus)).toBeLessThan(13)
})
