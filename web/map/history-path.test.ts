import { expect, test } from 'vitest'
import { historyPath, hourlyMeans } from './history-path.ts'

const MINUTE_MS = 60_000
const at = (minutes: number, value: number) => ({ at: minutes * MINUTE_MS, value })

test('the curve is broken where nothing was measured for half an hour', () => {
  const path = historyPath([at(0, 0), at(10, 50), at(60, 100), at(70, 100)], {
    from: 0,
    until: 100 * MINUTE_MS,
    most: 100,
    width: 100,
    height: 54,
  })
  expect(path).toBe('M0.0 52.0h.5L10.0 27.0M60.0 2.0h.5L70.0 2.0')
})

test('the table has the mean of each hour that was measured, and no other', () => {
  expect(hourlyMeans([at(5, 10), at(55, 20), at(125, 4)])).toEqual([
    { at: 0, mean: 15 },
    { at: 120 * MINUTE_MS, mean: 4 },
  ])
})
