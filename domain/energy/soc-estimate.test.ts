import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block } from '../block.ts'
import type { VehicleType } from '../fleet.ts'
import { blockRemainingMetres, rangeLeft } from './range-left.ts'
import { estimateSoc, type EstimateState } from './soc-estimate.ts'

const type: VehicleType = {
  typeId: 'solo',
  label: 'Solo',
  batteryCapacityWh: 200_000,
  maxPowerW: 100_000,
  minSocPercent: 10,
  maxSocPercent: 100,
  reserveSocPercent: 10,
  taper: [[0, 100]],
  consumption: [
    [0, 1.4],
    [20, 1],
  ],
}
const now = new Date('2026-11-23T10:00:00Z')
const hours = (n: number): Date => new Date(now.getTime() + n * 3_600_000)
/** 20 km an hour. */
function blockFrom(from: number, to: number): Block {
  const distanceM = (to - from) * 20_000
  const span = { startAt: hours(from), endAt: hours(to) }
  return {
    blockId: 'B',
    date: '2026-11-23',
    vehicleId: 'bus-1',
    assignedBy: 'timetable',
    ...span,
    distanceM,
    routes: [],
    trips: [
      {
        tripId: 'T',
        kind: 'revenue',
        route: null,
        headsign: null,
        ...span,
        distanceM,
        startStopId: null,
        endStopId: null,
      },
    ],
  }
}
const onTheLine: EstimateState = { now, pluggedIn: false, temperatureC: 20, delaySeconds: null, chargedWh: 0 }
const read = (socPercent: number, agoHours: number) => ({ socPercent, socAt: hours(-agoHours) })

test('an estimate is the reading less what the timetable and the consumption curve take, with a span about it', () => {
  const estimate = estimateSoc(read(80, 2), type, [blockFrom(-4, 4)], onTheLine)
  // 40 km at 1 kWh a kilometre are 20 of 200 kWh.
  expect(estimate).toMatchObject({ socPercent: 60, basis: 'driven' })
  expect(estimate.lowPercent).toBeCloseTo(60 - 2 * Math.hypot(0.5, 1.2, 1 / 3, 0.2), 1)
  expect(estimate.highPercent).toBeCloseTo(60 + 2 * Math.hypot(0.5, 1.2, 1 / 3, 0.2), 1)
})

test('the span grows with the distance driven and with the age of the reading', () => {
  const span = (ago: number, blocks: Block[]): number => {
    const { lowPercent, highPercent } = estimateSoc(read(70, ago), type, blocks, onTheLine)
    return highPercent - lowPercent
  }
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      fc.double({ min: 0.5, max: 3, noNaN: true }),
      (ago, more) => {
        expect(span(ago + more, [blockFrom(-7, 1)])).toBeGreaterThan(span(ago, [blockFrom(-7, 1)]))
        expect(span(ago + more, [])).toBeGreaterThanOrEqual(span(ago, []))
        expect(span(ago, [blockFrom(-7, 1)])).toBeGreaterThan(span(ago, []))
      },
    ),
  )
})

test('the span holds the simulated city’s truth 19 times of 20', () => {
  // Consumption 6 % about the curve and 2 minutes of lateness, as `simulators/bus.ts` draws them; readings in whole percents.
  let seed = 7
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const bell = (): number => Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6)
  let held = 0
  const runs = 2000
  for (let run = 0; run < runs; run += 1) {
    const ago = 0.2 + random() * 4
    const truthThen = 60 + random() * 40
    const drivenKm = 20 * (ago - (2 * bell()) / 60)
    const truth = truthThen - (drivenKm * (1 + 0.06 * bell())) / 2
    const told = { socPercent: Math.round(truthThen), socAt: hours(-ago) }
    const { lowPercent, highPercent } = estimateSoc(told, type, [blockFrom(-6, 6)], onTheLine)
    if (truth >= lowPercent && truth <= highPercent) held += 1
  }
  expect(held / runs).toBeGreaterThan(0.95)
  expect(held / runs).toBeLessThan(0.995)
})

test('a charger’s meter raises it, a plugged-in bus has driven nothing, and a late one less', () => {
  expect(estimateSoc(read(50, 1), type, [], { ...onTheLine, pluggedIn: true, chargedWh: 40_000 })).toMatchObject({
    socPercent: 70,
    basis: 'charged',
  })
  expect(estimateSoc(read(50, 1), type, [blockFrom(-0.5, 6)], { ...onTheLine, pluggedIn: true })).toMatchObject({
    socPercent: 50,
    basis: 'measured',
  })
  // Half an hour late: only half of the last hour's way counts before the pull-out.
  expect(estimateSoc(read(50, 1), type, [blockFrom(-1, 6)], { ...onTheLine, delaySeconds: 1800 }).socPercent).toBe(45)
})

test('an unknown temperature is taken for the worst, and the span reaches up to the best', () => {
  const { socPercent, highPercent } = estimateSoc(read(80, 2), type, [blockFrom(-4, 4)], {
    ...onTheLine,
    temperatureC: null,
  })
  expect(socPercent).toBe(52)
  expect(highPercent).toBeGreaterThan(60)
})

test('without a reading of the last day and a half the span is all that is possible', () => {
  expect(estimateSoc({ socPercent: null, socAt: null }, type, [], onTheLine)).toEqual({
    socPercent: 20,
    lowPercent: 0,
    highPercent: 100,
    basis: 'cautious',
  })
  const driving = estimateSoc(read(80, 40), type, [blockFrom(-2, 2)], onTheLine)
  expect(driving).toMatchObject({ basis: 'plan', lowPercent: 0 })
  expect(driving.highPercent).toBeLessThan(100)
})

test('range counts down to the least charge, its low end with more consumption; the margin is what is left above the reserve', () => {
  const range = rangeLeft({ socPercent: 60, lowPercent: 57 }, type, 20, 40_000)
  expect(range).toEqual({
    metres: 100_000,
    lowMetres: 83_900,
    blockRemainingMetres: 40_000,
    marginPercent: 20,
    lowMarginPercent: 14.6,
  })
  expect(rangeLeft({ socPercent: 8, lowPercent: 5 }, type, 20, null)).toEqual({
    metres: 0,
    lowMetres: 0,
    blockRemainingMetres: null,
    marginPercent: null,
    lowMarginPercent: null,
  })
})

test('what is left of a block is counted from where a late bus is', () => {
  expect(blockRemainingMetres(blockFrom(-1, 2), now, null)).toBeCloseTo(40_000, 6)
  expect(blockRemainingMetres(blockFrom(-1, 2), now, 900)).toBeCloseTo(45_000, 6)
})
