import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { EARTH_RADIUS_M, greatCircleM, METRES_PER_DEGREE } from './great-circle.ts'

test('the way from Sofia to Burgas is 340 km, and half around the earth is half its circumference', () => {
  expect(greatCircleM(42.6977, 23.3219, 42.5048, 27.4626) / 1000).toBeCloseTo(339.8, 0)
  expect(greatCircleM(90, 0, -90, 0)).toBeCloseTo(Math.PI * EARTH_RADIUS_M, 3)
  expect(greatCircleM(42.02, 23.09, 42.02, 23.09)).toBe(0)
})

test('within a city the flat earth agrees with the great circle to a thousandth', () => {
  const offset = fc.double({ min: -0.05, max: 0.05, noNaN: true })
  fc.assert(
    fc.property(fc.double({ min: -65, max: 65, noNaN: true }), offset, offset, (latitude, north, east) => {
      const middle = ((latitude + north / 2) * Math.PI) / 180
      const flatM = Math.hypot(north, east * Math.cos(middle)) * METRES_PER_DEGREE
      expect(Math.abs(greatCircleM(latitude, 20, latitude + north, 20 + east) - flatM)).toBeLessThan(
        0.01 + flatM / 1000,
      )
    }),
  )
})
