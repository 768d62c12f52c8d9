import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { taperPowerKw } from '../../domain/battery.ts'
import { taperLines, type TaperLine } from './taper-lines.ts'

const curve = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 150 })), { minLength: 0, maxLength: 6 })
  .chain((middle) =>
    fc.tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 150 })).map(([first, last]) => {
      const bySoc = new Map(middle)
      return [
        { soc: 0, powerKw: first },
        ...[...bySoc].toSorted(([a], [b]) => a - b).map(([soc, powerKw]) => ({ soc: soc / 100, powerKw })),
        { soc: 1, powerKw: last },
      ]
    }),
  )

function under(lines: readonly TaperLine[], kwh: number): number {
  return Math.min(...lines.map((line) => line.atZeroKw - line.perHour * kwh))
}

describe('a taper curve as lines', () => {
  test('a concave curve is exactly its lines', () => {
    const taper = [
      { soc: 0, powerKw: 60 },
      { soc: 0.1, powerKw: 150 },
      { soc: 0.8, powerKw: 150 },
      { soc: 1, powerKw: 20 },
    ]
    const { safe, generous, lowered } = taperLines(taper, 200)
    expect(lowered).toBe(false)
    expect(generous).toBe(safe)
    for (let soc = 0; soc <= 1; soc += 0.01) expect(under(safe, soc * 200)).toBeCloseTo(taperPowerKw(taper, soc), 9)
  })

  test('any other curve lies between its safe and its generous lines', () => {
    fc.assert(
      fc.property(curve, (taper) => {
        const { safe, generous } = taperLines(taper, 120)
        for (let soc = 0; soc <= 1; soc += 0.02) {
          const power = taperPowerKw(taper, soc)
          expect(under(safe, soc * 120)).toBeLessThanOrEqual(power + 1e-6)
          expect(under(generous, soc * 120)).toBeGreaterThanOrEqual(power - 1e-6)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a curve with a step in the middle keeps the power after the step', () => {
    const taper = [
      { soc: 0, powerKw: 150 },
      { soc: 0.5, powerKw: 150 },
      { soc: 0.51, powerKw: 100 },
      { soc: 0.8, powerKw: 100 },
      { soc: 1, powerKw: 20 },
    ]
    const { safe, lowered } = taperLines(taper, 100)
    expect(lowered).toBe(true)
    expect(under(safe, 70)).toBeCloseTo(100, 6)
    expect(under(safe, 10)).toBeCloseTo(100, 6)
  })
})
