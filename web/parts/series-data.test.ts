import { expect, test } from 'vitest'
import { createFormat } from './format.ts'
import { alignSeries, timeSplits } from './series-data.ts'

test('series with different instants share one axis, and a gap stays a gap', () => {
  const aligned = alignSeries([
    [
      [1000, 5],
      [3000, null],
    ],
    [[2000, 7]],
  ])
  expect(aligned).toEqual([
    [1, 2, 3],
    [5, undefined, null],
    [undefined, 7, undefined],
  ])
})

test('a fortnight is marked at local midnights, across the change of the clock, and no more often than fits', () => {
  const format = createFormat('en-GB', 'Europe/Sofia')
  const from = Date.parse('2026-10-18T10:00:00Z')
  const splits = timeSplits(from, from + 14 * 86_400_000, 8, format.hour)
  expect(splits.every((at) => format.hour(at) === 0)).toBe(true)
  expect(splits.length).toBeLessThanOrEqual(8)
  expect(timeSplits(from, from + 6 * 3_600_000, 8, format.hour)).toHaveLength(7)
})
