import { expect, test } from 'vitest'
import { alignSeries } from './align-series.ts'

test('series with different instants share one axis, and a gap stays a gap', () => {
  const aligned = alignSeries([
    [
      [1000, 5],
      [3000, null],
    ],
    [[2000, 7]],
  ])
  expect(aligned).toEqual({
    times: [1000, 2000, 3000],
    values: [
      [5, undefined, null],
      [undefined, 7, undefined],
    ],
  })
})
