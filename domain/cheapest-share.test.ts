import { expect, test } from 'vitest'
import { cheapestQuartileShare } from './cheapest-share.ts'

const slots = (day: string, prices: (number | null)[], energy: number[]) =>
  prices.map((priceMicroEurPerKwh, i) => ({ day, priceMicroEurPerKwh, energyWh: energy[i] ?? 0 }))

test('the cheapest quarter of each day counts for that day, whatever other days cost', () => {
  const day = slots('a', [10, 20, 30, 40, 50, 60, 70, 80], [100, 50, 0, 0, 0, 0, 0, 50])
  expect(cheapestQuartileShare(day)).toBe(0.75)
  const dear = slots('b', [500, 600, 700, 800], [200, 0, 0, 0])
  expect(cheapestQuartileShare([...day, ...dear])).toBe(350 / 400)
})

test('slots without a price count for nothing, a flat price makes all cheap, and nothing is unknown', () => {
  expect(cheapestQuartileShare(slots('a', [null, 20, 30, -40, 50], [900, 50, 0, 50, 0]))).toBe(0.5)
  expect(cheapestQuartileShare(slots('a', [10, 10, 10, 10], [1, 2, 3, 4]))).toBe(1)
  expect(cheapestQuartileShare(slots('a', [null, null], [5, 5]))).toBeNull()
  expect(cheapestQuartileShare([])).toBeNull()
})
