import type { VisitPowers } from './costs.ts'
import { departTargets } from './depart-targets.ts'
import type { Problem } from './problem.ts'
import { steadyPowerKw } from './steady-power.ts'

export interface ChargeOrder {
  /** Who is served first in a slot; visits are compared by their index in `Problem.visits`. */
  before: (a: number, b: number) => number
  /** Whether the limits of the nodes hold. */
  limits: boolean
}

/**
 * Charges slot by slot at full power, in the given order, each vehicle until it has what it needs: no foresight, no prices.
 * Points that several vehicles want are given to the first in the order. O(visits × slots).
 */
export function chargeInOrder(problem: Problem, order: ChargeOrder): VisitPowers {
  const targets = departTargets(problem)
  const energy = problem.visits.map(() => 0)
  const left = problem.visits.map(() => Number.NaN)
  const powers = problem.visits.map((visit) => new Float64Array(visit.maxKw.length))
  const presentBySlot = Array.from({ length: problem.slots }, (): number[] => [])
  problem.visits.forEach((visit, k) => {
    for (let t = visit.firstSlot; t < visit.endSlot; t += 1) presentBySlot[t]?.push(k)
  })
  // Arrivals are worked out when a visit is first met; the visits before it are complete by then.
  const arrivalKwh = (k: number): number => {
    const visit = problem.visits[k]
    const vehicle = problem.vehicles[visit?.vehicle ?? -1]
    if (visit === undefined || vehicle === undefined) return 0
    const before = visit.previous < 0 ? vehicle.energyKwh : departKwh(visit.previous)
    return Math.max(0, before - visit.usedBeforeKwh)
  }
  const departKwh = (k: number): number => {
    if (Number.isNaN(left[k])) {
      left[k] = 0
      energy[k] = arrivalKwh(k)
    }
    return energy[k] ?? 0
  }
  presentBySlot.forEach((present, t) => {
    const freeKw = problem.nodes.map((node) => (order.limits ? (node.freeKw[t] ?? 0) : Infinity))
    const pointShare = new Map<string, number>()
    for (const k of present.toSorted((a, b) => order.before(a, b) || a - b)) {
      const visit = problem.visits[k]
      const vehicle = problem.vehicles[visit?.vehicle ?? -1]
      if (visit === undefined || vehicle === undefined) continue
      const i = t - visit.firstSlot
      const energyKwh = departKwh(k)
      const freeShare = Math.min(visit.share[i] ?? 0, 1 - (pointShare.get(visit.pointId) ?? 0))
      if (freeShare <= 1e-9 || energyKwh >= (targets[k] ?? 0)) continue
      const hours = freeShare * problem.slotHours
      const steadyKw = steadyPowerKw(vehicle, energyKwh, hours)
      const wantedKw = Math.min(
        steadyKw / visit.efficiency,
        visit.pointMaxKw,
        ((targets[k] ?? 0) - energyKwh) / (visit.efficiency * hours),
      )
      let kw = wantedKw * freeShare
      for (let n = visit.node; n >= 0; n = problem.nodes[n]?.parent ?? -1) kw = Math.min(kw, freeKw[n] ?? 0)
      if (kw <= 0) continue
      for (let n = visit.node; n >= 0; n = problem.nodes[n]?.parent ?? -1) freeKw[n] = (freeKw[n] ?? 0) - kw
      const own = powers[k]
      if (own !== undefined) own[i] = kw
      energy[k] = energyKwh + kw * visit.efficiency * problem.slotHours
      pointShare.set(visit.pointId, (pointShare.get(visit.pointId) ?? 0) + (visit.share[i] ?? 0))
    }
  })
  return powers
}
