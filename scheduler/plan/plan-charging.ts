import { costLowerBoundEur } from './bound.ts'
import { certifiedBoundEur, gapOf } from './certified-bound.ts'
import type { ChargingPlan, PlannedVisit } from '../../domain/charging-plan.ts'
import type { PlanFact } from '../../domain/plan-fact.ts'
import { costsOf } from './costs.ts'
import { sentencesOf } from './explain.ts'
import { explainingFacts, violationFacts } from './plan-facts.ts'
import { explainShortfall } from './explain-shortfall.ts'
import { fallbackPowers } from './fallback.ts'
import type { PlanInstance } from './instance-fields.ts'
import { keptWithinLimits } from './kept-limits.ts'
import { OBJECTIVE_SCALE } from './model-nodes.ts'
import { optimise, type Optimised } from './optimise.ts'
import { problemOf, type Problem } from './problem.ts'
import { simulateVisits, type SimulatedVisit } from './simulate.ts'
import type { LpSolver } from './solver.ts'
import { uncontrolledCosts } from './uncontrolled.ts'
import { UnsupportedInstanceError, unsupportedFields } from './unsupported-fields.ts'

export interface PlanOptions {
  /** The solver gives up after this, and a simpler rule plans. Default 60. */
  timeLimitSeconds?: number
  /** A gap up to this is not worth another solve for a better bound. Default 0.0025. */
  goodEnoughGap?: number
  /** Milliseconds from any fixed point; default `performance.now`. */
  elapsedMs?: () => number
}

/** Missing energy below this is a rounding error. */
const TOLERATED_SHORT_KWH = 0.01

/**
 * The cheapest charging plan for an instance that `planInstance` has checked, with a certified lower bound.
 *
 * A need that cannot be met comes back as `shortKwh`, higher priorities served first; it is never traded for money. When the solver fails the
 * plan is made by a simpler rule and says so in `status`. Throws UnsupportedInstanceError when the instance asks for what this version cannot plan.
 */
export async function planCharging(
  instance: PlanInstance,
  solver: LpSolver,
  options: PlanOptions = {},
): Promise<ChargingPlan> {
  const elapsedMs = options.elapsedMs ?? (() => performance.now())
  const startedMs = elapsedMs()
  const unsupported = unsupportedFields(instance)
  if (unsupported.length > 0) throw new UnsupportedInstanceError(unsupported)
  const problem = problemOf(instance)
  const secondsLeft = (): number => (options.timeLimitSeconds ?? 60) - (elapsedMs() - startedMs) / 1000
  const solved = await optimise(problem, solver, secondsLeft)
  const offered = solved === null ? fallbackPowers(problem) : keptWithinLimits(problem, solved.powers)
  const simulated = simulateVisits(problem, offered)
  const powers = simulated.map((visit) => visit.drawnKw)
  const costs = costsOf(problem, powers)
  const shortKwh = problem.visits.map((visit, k) => shortfall(problem, simulated, k, visit.afterHorizonKwh))
  const lowerBoundEur = Math.min(
    costs.totalCostEur,
    solved === null
      ? costLowerBoundEur(problem, forgiven(problem, simulated, shortKwh))
      : await certifiedBoundEur(problem, solver, solved, {
          totalEur: costs.totalCostEur,
          goodEnoughGap: options.goodEnoughGap ?? 0.0025,
          secondsLeft,
        }),
  )
  const uncontrolled = uncontrolledCosts(problem)
  const outcome = { problem, powers, costs, simulated, shortKwh, uncontrolled, shadowEurPerKw: shadowPrices(solved) }
  const violated = violationFacts(outcome)
  const explained: PlanFact[] = [
    ...(solved === null ? [{ kind: 'solverFailed' } as const] : []),
    ...explainingFacts(outcome),
  ]
  return {
    status: solved === null ? 'fallback' : 'optimal',
    visits: problem.visits.map((visit, k): PlannedVisit => {
      const vehicle = problem.vehicles[visit.vehicle]
      const capacityKwh = vehicle?.capacityKwh ?? 1
      const short = shortKwh[k] ?? 0
      const reason = short > 0 ? explainShortfall(outcome, k) : null
      const kw = Array.from({ length: problem.slots }, () => 0)
      powers[k]?.forEach((value, i) => {
        kw[visit.firstSlot + i] = value
      })
      return {
        vehicle: vehicle?.id ?? '',
        visit: visit.ordinal,
        point: visit.pointId,
        kw,
        socAtArrive: (simulated[k]?.arriveKwh ?? 0) / capacityKwh,
        socAtDepart: (simulated[k]?.departKwh ?? 0) / capacityKwh,
        shortKwh: short,
        shortCause: reason?.cause ?? null,
        shortRemedy: reason?.remedy ?? null,
        shortReason: reason?.fact ?? null,
      }
    }),
    storage: [],
    importKw: Array.from(costs.importKw),
    peakKw: costs.peakKw,
    energyCostEur: costs.energyCostEur,
    peakCostEur: costs.peakCostEur,
    totalCostEur: costs.totalCostEur,
    lowerBoundEur,
    gap: gapOf(costs.totalCostEur, lowerBoundEur),
    carbonKg: costs.carbonKg,
    uncontrolled: {
      peakKw: uncontrolled.peakKw,
      totalCostEur: uncontrolled.totalCostEur,
      carbonKg: uncontrolled.carbonKg,
      importKw: Array.from(uncontrolled.importKw),
    },
    violations: sentencesOf(problem, violated),
    explain: sentencesOf(problem, explained),
    facts: [...violated, ...explained],
    solveMs: elapsedMs() - startedMs,
  }
}

/** What one more kW through each node would save in each slot, in EUR; null without a solved program. */
function shadowPrices(solved: Optimised | null): Float64Array[] | null {
  if (solved === null) return null
  return solved.model.limitRows.map((rows) =>
    Float64Array.from(rows, (row) =>
      row < 0 ? 0 : Math.max(0, -(solved.outcome.rowDual[row] ?? 0) / OBJECTIVE_SCALE),
    ),
  )
}

function shortfall(problem: Problem, simulated: readonly SimulatedVisit[], k: number, afterHorizonKwh: number): number {
  const missing = (problem.visits[k]?.needKwh ?? 0) - afterHorizonKwh - (simulated[k]?.departKwh ?? 0)
  return missing > TOLERATED_SHORT_KWH ? missing : 0
}

/** Shortfalls as the solver-free bound counts them: energy that was driven from an empty battery was never charged either. */
function forgiven(problem: Problem, simulated: readonly SimulatedVisit[], shortKwh: readonly number[]): number[] {
  const stranded: number[] = []
  problem.visits.forEach((visit, k) => {
    stranded[k] = (stranded[visit.previous] ?? 0) + (simulated[k]?.strandedKwh ?? 0)
  })
  return shortKwh.map((short, k) => short + (stranded[k] ?? 0) + TOLERATED_SHORT_KWH)
}
