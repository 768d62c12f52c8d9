import type { Problem } from './problem.ts'

/**
 * For each visit the energy a vehicle should leave with: its need, or more where a later stay is too short to make up for the rest.
 * Never more than the battery may hold. Counts only what each stay could give at full power, without the limits that vehicles share.
 */
export function departTargets(problem: Problem): Float64Array {
  const targets = new Float64Array(problem.visits.length)
  for (const vehicle of problem.vehicles) {
    let carriedKwh = 0
    for (const k of vehicle.visits.toReversed()) {
      const visit = problem.visits[k]
      if (visit === undefined) continue
      const target = Math.min(vehicle.maxKwh, Math.max(0, visit.needKwh - visit.afterHorizonKwh, carriedKwh))
      targets[k] = target
      const chargeableKwh = visit.maxKw.reduce((sum, kw) => sum + kw, 0) * visit.efficiency * problem.slotHours
      carriedKwh = Math.max(vehicle.minKwh, target - chargeableKwh) + visit.usedBeforeKwh
    }
  }
  return targets
}
