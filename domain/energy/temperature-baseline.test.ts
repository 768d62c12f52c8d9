import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectedKwhPerKm, temperatureBaseline, type DrivenDay } from './temperature-baseline.ts'

function day(temperatureC: number, kwhPerKm: number, distanceKm = 200): DrivenDay {
  return { temperatureC, distanceKm, energyKwh: kwhPerKm * distanceKm }
}

test('a year that follows the line exactly gives the line back, explained wholly', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.6, max: 2, noNaN: true }),
      fc.double({ min: 0.005, max: 0.1, noNaN: true }),
      fc.double({ min: 0.005, max: 0.1, noNaN: true }),
      (base, heat, cool) => {
        const days = Array.from({ length: 60 }, (_, i) => {
          const celsius = -10 + i * 0.8
          return day(
            celsius,
            base + heat * Math.max(0, 15 - celsius) + cool * Math.max(0, celsius - 22),
            50 + (i % 7) * 40,
          )
        })
        const found = temperatureBaseline(days)
        expect(found?.baseKwhPerKm).toBeCloseTo(base, 6)
        expect(found?.heatingKwhPerKmPerK).toBeCloseTo(heat, 6)
        expect(found?.coolingKwhPerKmPerK).toBeCloseTo(cool, 6)
        expect(found?.rSquared).toBeCloseTo(1, 6)
      },
    ),
  )
})

test('no line fits the days better: any other is worse', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: -15, max: 38 }),
          fc.integer({ min: 70, max: 250 }),
          fc.integer({ min: 20, max: 300 }),
        ),
        { minLength: 14, maxLength: 40 },
      ),
      fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -0.05, max: 0.05, noNaN: true }))),
      (raw, nudge) => {
        const days = raw.map(([celsius, percent, km]) => day(celsius, percent / 100, km))
        const found = temperatureBaseline(days)
        if (found === null) throw new Error('enough days were given')
        const error = (line: typeof found) =>
          days.reduce(
            (sum, one) =>
              sum + one.distanceKm * (one.energyKwh / one.distanceKm - expectedKwhPerKm(line, one.temperatureC)) ** 2,
            0,
          )
        const other = {
          ...found,
          baseKwhPerKm: found.baseKwhPerKm + (nudge[0] ?? 0),
          heatingKwhPerKmPerK: found.heatingKwhPerKmPerK + (nudge[1] ?? 0) / 10,
          coolingKwhPerKmPerK: found.coolingKwhPerKmPerK + (nudge[2] ?? 0) / 10,
        }
        // A side without days has no slope of its own; then another slope there is as good.
        expect(error(found)).toBeLessThanOrEqual(error(other) + 1e-6)
      },
    ),
  )
})

test('two weeks are the least; a mild month has no slopes and nothing to explain', () => {
  expect(temperatureBaseline(Array.from({ length: 13 }, () => day(10, 1)))).toBeNull()
  expect(temperatureBaseline(Array.from({ length: 20 }, () => day(18, 1.1)))).toEqual({
    baseKwhPerKm: expect.closeTo(1.1, 9),
    heatingKwhPerKmPerK: 0,
    coolingKwhPerKmPerK: 0,
    days: 20,
    rSquared: null,
  })
})
