import { expect, test } from 'vitest'
import { outdoorTemperatureC } from './weather.ts'

const means = [0, 2, 6, 11, 16, 20, 23, 23, 18, 12, 7, 2]
const sofia = 23.1
const at = (iso: string): number => outdoorTemperatureC(means, sofia, Date.parse(iso))

test('the middle of a month has its mean over the day, warmest in the afternoon and coldest before dawn', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => at(`2026-07-16T${String(hour).padStart(2, '0')}:00:00Z`))
  expect(hours.reduce((sum, one) => sum + one, 0) / 24).toBeCloseTo(23, 0)
  expect(hours.indexOf(Math.max(...hours))).toBeGreaterThanOrEqual(10)
  expect(hours.indexOf(Math.max(...hours))).toBeLessThanOrEqual(15)
})

test('months pass into one another, also at new year', () => {
  expect(Math.abs(at('2026-12-31T23:59:00Z') - at('2027-01-01T00:01:00Z'))).toBeLessThanOrEqual(1)
  expect(at('2026-11-23T13:00:00Z')).toBeGreaterThan(at('2026-12-14T13:00:00Z'))
})

test('fewer than twelve means are refused', () => {
  expect(() => outdoorTemperatureC([1, 2, 3], 0, Date.parse('2026-11-23T00:00:00Z'))).toThrow(RangeError)
})
