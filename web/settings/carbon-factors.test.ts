import { expect, test } from 'vitest'
import { factorSpans, type CarbonFactor } from './carbon-factors.ts'

const factor = (method: CarbonFactor['method'], validFrom: string, gPerKwh: number): CarbonFactor => ({
  method,
  validFrom,
  gPerKwh,
  source: 'a source',
  year: 2025,
  isDefault: validFrom === '1970-01-01',
})

test('each factor holds until the next of its method, and one of each method is in force', () => {
  const spans = factorSpans(
    [
      factor('location', '1970-01-01', 318),
      factor('location', '2027-01-01', 280),
      factor('market', '2026-07-01', 0),
      factor('location', '2026-01-01', 300),
    ],
    '2026-11-29',
  )
  expect(spans.map(({ factor: { gPerKwh }, to, inForce }) => [gPerKwh, to, inForce])).toEqual([
    [280, null, false],
    [300, '2027-01-01', true],
    [318, '2026-01-01', false],
    [0, null, true],
  ])
})

test('a factor holds on its first day, and on the next one’s first day no more', () => {
  const factors = [factor('market', '2026-01-01', 10), factor('market', '2026-02-01', 20)]
  const inForce = (today: string) =>
    factorSpans(factors, today)
      .filter((span) => span.inForce)
      .map((span) => span.factor.gPerKwh)
  expect(inForce('2025-12-31')).toEqual([])
  expect(inForce('2026-01-01')).toEqual([10])
  expect(inForce('2026-01-31')).toEqual([10])
  expect(inForce('2026-02-01')).toEqual([20])
})
