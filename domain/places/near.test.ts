import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxAround, distanceM, isInBox, rankMinutes, travelMinutes } from './near.ts'

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

test('a box holds every point within its radius, at the poles and across the date line too', () => {
  fc.assert(
    fc.property(
      point,
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 1, max: 60_000, noNaN: true }),
      (centre, bearing, radiusM) => {
        const other = destination(centre, bearing, radiusM * 0.999)
        // So close to a pole that rounding decides.
        fc.pre(distanceM(centre, other) < radiusM)
        expect(isInBox(other, boxAround(centre, radiusM))).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
})

test('distances are those of the sphere: Sofia to Burgas, and nothing to itself', () => {
  const sofia = { latitude: 42.6977, longitude: 23.3219 }
  expect(distanceM(sofia, { latitude: 42.5048, longitude: 27.4626 }) / 1000).toBeCloseTo(339.8, 0)
  expect(distanceM(sofia, sofia)).toBe(0)
})

test('a free place goes before an unknown one and an unknown one before a full one, on the same spot', () => {
  const base = { minutes: 5, canBeFull: true, ageSeconds: 60 }
  const ranks = [20, 1, null, 0].map((free) => rankMinutes({ ...base, free }))
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  expect(new Set(ranks).size).toBe(4)
  expect(rankMinutes({ ...base, free: 20, ageSeconds: 800 })).toBeGreaterThan(rankMinutes({ ...base, free: 20 }))
  expect(travelMinutes(750, 'walk')).toBeCloseTo(13)
})

/** The point that lies so far off on the sphere. */
function destination(from: { latitude: number; longitude: number }, bearing: number, metres: number) {
  const rad = Math.PI / 180
  const angle = metres / 6_371_008.8
  const latitude = from.latitude * rad
  const sine = Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(bearing * rad)
  const there = Math.asin(Math.max(-1, Math.min(1, sine)))
  const turn = Math.atan2(
    Math.sin(bearing * rad) * Math.sin(angle) * Math.cos(latitude),
    Math.cos(angle) - Math.sin(latitude) * Math.sin(there),
  )
  const longitude = ((((from.longitude + turn / rad + 540) % 360) + 360) % 360) - 180
  return { latitude: there / rad, longitude }
}
