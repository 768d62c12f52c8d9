import { expect, test } from 'vitest'
import { scaleBar } from './scale-bar.ts'

test('the scale bar is a round length that fits', () => {
  expect(scaleBar(1, 120)).toEqual({ metres: 100, px: 100 })
  expect(scaleBar(4.7, 120).metres).toBe(500)
  expect(scaleBar(38.2, 100).metres).toBe(2000)
  for (const metresPerPx of [0.07, 0.3, 1.2, 19, 600]) {
    const { px } = scaleBar(metresPerPx, 120)
    expect(px).toBeLessThanOrEqual(120)
    expect(px).toBeGreaterThan(40)
  }
})
