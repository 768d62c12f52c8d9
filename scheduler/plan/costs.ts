import type { Problem } from './problem.ts'

/** Mean AC power of each visit over the slots that it covers, in the order of `Problem.visits`. */
export type VisitPowers = readonly Float64Array[]

export interface PlanCosts {
  /** Per slot at the grid connection, base load included. */
  importKw: Float64Array
  /** Highest 15-minute mean. */
  peakKw: number
  energyCostEur: number
  peakCostEur: number
  totalCostEur: number
  carbonKg: number | null
}

/** What a set of charging powers draws and costs, worked out from the powers alone. */
export function costsOf(problem: Problem, powers: VisitPowers): PlanCosts {
  const importKw = Float64Array.from(problem.nodes[0]?.baseKw ?? new Float64Array(problem.slots))
  problem.visits.forEach((visit, k) => {
    powers[k]?.forEach((kw, i) => {
      importKw[visit.firstSlot + i] = (importKw[visit.firstSlot + i] ?? 0) + kw
    })
  })
  const weighted = (perKwh: Float64Array): number =>
    importKw.reduce((sum, kw, t) => sum + kw * problem.slotHours * (perKwh[t] ?? 0), 0)
  const peakKw = Math.max(0, ...windowMeans(problem, importKw))
  const energyCostEur = weighted(problem.priceEurPerKwh)
  const peakCostEur = problem.peak === null ? 0 : problem.peak.eurPerKw * Math.max(0, peakKw - problem.peak.soFarKw)
  return {
    importKw,
    peakKw,
    energyCostEur,
    peakCostEur,
    totalCostEur: energyCostEur + peakCostEur,
    carbonKg: problem.carbonGPerKwh === null ? null : weighted(problem.carbonGPerKwh) / 1000,
  }
}

/** The mean of a per-slot series over each of the windows that count for the peak. */
export function windowMeans(problem: Problem, series: ArrayLike<number>): number[] {
  const means = problem.peakWindowSlots.map(() => 0)
  for (let t = 0; t < problem.slots; t += 1) {
    const window = problem.peakWindowOfSlot[t] ?? 0
    means[window] = (means[window] ?? 0) + (series[t] ?? 0) / (problem.peakWindowSlots[window] ?? 1)
  }
  return means
}
