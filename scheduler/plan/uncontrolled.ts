import { chargeInOrder } from './charge-in-order.ts'
import { costsOf, type PlanCosts } from './costs.ts'
import type { Problem } from './problem.ts'

/**
 * What the same day would draw and cost if every vehicle charged at full power from the moment it arrives until it has what it needs
 * (not until full, so that the comparison is of the same energy). The limits are ignored: `peakKw` says what the connection would have to carry.
 */
export function uncontrolledCosts(problem: Problem): PlanCosts {
  const arrivals = problem.visits.map((visit) => visit.arriveMs)
  const powers = chargeInOrder(problem, {
    before: (a, b) => (arrivals[a] ?? 0) - (arrivals[b] ?? 0),
    limits: false,
  })
  return costsOf(problem, powers)
}
