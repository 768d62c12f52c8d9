import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wayOf } from './block-path.ts'
import { courseOf, positionAt } from './drive-course.ts'

const MINUTE = 60_000
const START = Date.parse('2026-11-24T05:00:00Z')

/** Two trips there and back over 4 km with a layover of `breakMinutes` between them, after a pull-out and before a pull-in. */
function way(breakMinutes = 6) {
  const trip = (kind: string, startMinute: number, minutes: number, from: number, to: number) => ({
    kind,
    line: null,
    stops: [0, 1, 2, 3, 4].map((i) => ({
      latitude: 42 + (from + ((to - from) * i) / 4) / 111_200,
      longitude: 23,
      distanceM: (Math.abs(to - from) * i) / 4,
      arrivalAt: START + (startMinute + (minutes * i) / 4) * MINUTE,
      departureAt: START + (startMinute + (minutes * i) / 4) * MINUTE,
    })),
  })
  return wayOf({
    trips: [
      trip('pull-out', 0, 10, -2000, 0),
      trip('revenue', 10, 20, 0, 4000),
      trip('revenue', 30 + breakMinutes, 20, 4000, 0),
      trip('pull-in', 50 + breakMinutes, 10, 0, -2000),
    ],
  })
}
const END = START + 66 * MINUTE

test('a bus never goes back, never faster than a bus can, starts at the depot and ends there when it pulls in', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer(),
      (departMinutes, lateMinutes, key) => {
        const departedMs = START + departMinutes * MINUTE
        const arriveMs = END + Math.max(lateMinutes, departMinutes * (2 / 3)) * MINUTE
        const course = courseOf(way(), { departedMs, arriveMs, keys: [key] })
        if (course === null) throw new Error('a course was expected')
        let before = -1
        for (let ms = departedMs; ms <= arriveMs; ms += 5_000) {
          const at = positionAt(course, ms, 0)
          if (at === null) throw new Error('a position was expected')
          expect(at.drivenM).toBeGreaterThanOrEqual(before)
          expect(at.drivenM - Math.max(0, before)).toBeLessThanOrEqual(5 * 30)
          expect(at.speedKmh).toBeLessThan(100)
          expect(at.lateMs).toBeGreaterThanOrEqual(-2 * MINUTE)
          before = at.drivenM
        }
        expect(positionAt(course, arriveMs, 0)?.drivenM).toBeCloseTo(12_000, 3)
        expect(positionAt(course, departedMs, 0)?.drivenM).toBe(0)
        expect(positionAt(course, arriveMs, 0)?.lateMs).toBeCloseTo(arriveMs - END, 3)
      },
    ),
    { numRuns: 60, examples: [[2, 0, 397_213_308]] },
  )
})

test('a layover with slack takes a late start away', () => {
  const lateness = (breakMinutes: number): number => {
    const late = 5 * MINUTE
    const arriveMs = END + (breakMinutes - 6) * MINUTE + late
    const course = courseOf(way(breakMinutes), { departedMs: START + late, arriveMs, keys: ['x'] })
    if (course === null) throw new Error('a course was expected')
    return positionAt(course, START + (33 + breakMinutes) * MINUTE, 0)?.lateMs ?? Number.NaN
  }
  expect(lateness(1)).toBeGreaterThan(3 * MINUTE)
  expect(lateness(20)).toBeLessThan(MINUTE)
})

test('a bus that is held up stands where it is, later by as much', () => {
  const course = courseOf(way(), { departedMs: START, arriveMs: END, keys: ['held'] })
  if (course === null) throw new Error('a course was expected')
  const before = positionAt(course, START + 20 * MINUTE, 0)
  const held = positionAt(course, START + 35 * MINUTE, 15 * MINUTE)
  expect(held).toMatchObject({ drivenM: before?.drivenM })
  expect(held?.lateMs).toBeCloseTo((before?.lateMs ?? 0) + 15 * MINUTE, 3)
})

test('at stops the doors are open and the bus stands; doors of an empty run stay shut', () => {
  const course = courseOf(way(), { departedMs: START, arriveMs: END, keys: ['doors'] })
  if (course === null) throw new Error('a course was expected')
  const readings = Array.from({ length: 600 }, (_, i) => positionAt(course, START + i * 6_000, 0))
  const open = readings.filter((at) => at?.doorsOpen)
  expect(open.length).toBeGreaterThan(10)
  expect(open.every((at) => at?.speedKmh === 0)).toBe(true)
  expect(readings.slice(0, 90).some((at) => at?.doorsOpen)).toBe(false)
})
