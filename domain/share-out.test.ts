import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roundToSum } from './share-out.ts'

test('rounded rows add up to the rounded total, and each is next to its value', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 50 }), (values) => {
      const rounded = roundToSum(values)
      const total = Math.round(values.reduce((sum, value) => sum + value, 0))
      expect(rounded.reduce((sum, value) => sum + value, 0)).toBe(total === 0 ? 0 : total)
      for (const [i, value] of values.entries())
        expect(Math.abs((rounded[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(1)
    }),
  )
})

test('the largest remainders are rounded up, ties for the earlier', () => {
  expect(roundToSum([1.2, 1.2, 1.6])).toEqual([1, 1, 2])
  expect(roundToSum([0.5, 0.5])).toEqual([1, 0])
  expect(roundToSum([])).toEqual([])
})
