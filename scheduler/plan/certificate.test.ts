import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lagrangianBound } from './certificate.ts'
import { generateInstance } from './generate-instance.ts'
import { buildModel } from './model.ts'
import { problemOf } from './problem.ts'
import { createHighsSolver } from './solver.ts'

const { program } = buildModel(problemOf(generateInstance({ buses: 3 })), {
  taper: 'safe',
  taperSlots: [
    { visit: 0, slot: 10 },
    { visit: 3, slot: 5 },
  ],
  penaltyEurPerKwh: 100,
  nowEurPerKwh: 1,
  delayEurPerKwh: 1e-5,
})

describe('a bound from row prices', () => {
  test('is the optimum with the solver’s own prices', async () => {
    const outcome = await createHighsSolver().solve(program)
    if (outcome.status === 'failed') throw new Error(outcome.reason)
    const optimum = outcome.x.reduce((sum, value, column) => sum + value * (program.cost[column] ?? 0), 0)
    const { bound } = lagrangianBound(program, outcome.rowDual)
    expect(bound / optimum).toBeCloseTo(1, 9)
  })

  test('is never above it, whatever the prices', async () => {
    const outcome = await createHighsSolver().solve(program)
    if (outcome.status === 'failed') throw new Error(outcome.reason)
    const optimum = outcome.x.reduce((sum, value, column) => sum + value * (program.cost[column] ?? 0), 0)
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
          minLength: program.rowLower.length,
          maxLength: program.rowLower.length,
        }),
        (noise) => {
          const prices = outcome.rowDual.map((price, row) => price + (noise[row] ?? 0))
          expect(lagrangianBound(program, prices).bound).toBeLessThanOrEqual(optimum + 1e-6 * Math.abs(optimum))
        },
      ),
      { numRuns: 50 },
    )
  })
})
