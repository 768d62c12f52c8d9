import { costLowerBoundEur } from './bound.ts'
import { lagrangianBound } from './certificate.ts'
import { buildModel } from './model.ts'
import { OBJECTIVE_SCALE } from './model-nodes.ts'
import type { Optimised } from './optimise.ts'
import type { Problem } from './problem.ts'
import type { LpSolver } from './solver.ts'

export interface BoundOptions {
  /** What the plan costs. */
  totalEur: number
  /** A gap up to this is not worth another solve. */
  goodEnoughGap: number
  secondsLeft: () => number
}

/**
 * What no plan that leaves every vehicle at least as well charged, and charges now what this one does, can cost less than. First from the row prices that the solver left, tried
 * on the program that leaves out nothing a battery can take; only when that is not good enough is that program solved too.
 */
export async function certifiedBoundEur(
  problem: Problem,
  solver: LpSolver,
  { model, options, outcome }: Optimised,
  { totalEur, goodEnoughGap, secondsLeft }: BoundOptions,
): Promise<number> {
  const generous = buildModel(problem, { ...options, taper: 'generous', delayEurPerKwh: 0 })
  const { program } = generous
  const shortKwh = new Float64Array(problem.visits.length)
  generous.visits.forEach((columns, k) => {
    for (const name of ['shortfall', 'belowMinimum'] as const) {
      const column = columns[name]
      if (column < 0) continue
      // Shortfalls are free up to the plan's own: the bound is on money alone.
      program.cost[column] = 0
      program.colUpper[column] = Math.max(0, outcome.x[model.visits[k]?.[name] ?? -1] ?? 0) + 1e-6
      if (name === 'shortfall') shortKwh[k] = program.colUpper[column] ?? 0
    }
  })
  generous.visits.forEach(({ firstNow }, k) => {
    // What was to be charged now is charged then in every plan that the bound speaks of.
    const slots = firstNow < 0 ? 0 : (problem.visits[k]?.maxKw.length ?? 0)
    for (let i = 0; i < slots; i += 1) {
      program.cost[firstNow + i] = 0
      const planned = outcome.x[(model.visits[k]?.firstNow ?? -1) + i] ?? 0
      program.colLower[firstNow + i] = Math.max(0, Math.min(planned, program.colUpper[firstNow + i] ?? 0) - 1e-6)
    }
  })
  const baseEur = baseCostEur(problem)
  const boundFrom = (rowPrices: Float64Array): number =>
    baseEur + lagrangianBound(program, rowPrices).bound / OBJECTIVE_SCALE
  const sameShape = program.rowLower.length === model.program.rowLower.length
  const quickEur = sameShape ? boundFrom(outcome.rowDual) : -Infinity
  if (gapOf(totalEur, quickEur) <= goodEnoughGap) return quickEur
  const boundEur = Math.max(quickEur, costLowerBoundEur(problem, shortKwh))
  if (secondsLeft() <= 0) return boundEur
  const again = await solver.solve(program, {
    timeLimitSeconds: secondsLeft(),
    ...(sameShape ? { basis: outcome.basis } : {}),
  })
  return again.status === 'optimal' ? Math.max(boundEur, boundFrom(again.rowDual)) : boundEur
}

/** Share by which `totalEur` may exceed the optimum; costs of less than a cent count as a cent. */
export function gapOf(totalEur: number, lowerBoundEur: number): number {
  return Math.max(0, totalEur - lowerBoundEur) / Math.max(Math.abs(totalEur), 0.01)
}

/** Energy of the base load; the program's objective is without it. */
function baseCostEur(problem: Problem): number {
  const base = problem.nodes[0]?.baseKw ?? new Float64Array(problem.slots)
  return base.reduce((sum, kw, t) => sum + kw * problem.slotHours * (problem.priceEurPerKwh[t] ?? 0), 0)
}
