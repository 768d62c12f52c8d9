import { chargeInOrder } from './charge-in-order.ts'
import type { VisitPowers } from './costs.ts'
import type { Problem } from './problem.ts'

/** A safe plan without a solver: within all limits, what is to charge now first, then a higher priority, then the earliest departure, each at full power until it has what it needs. */
export function fallbackPowers(problem: Problem): VisitPowers {
  const { visits } = problem
  return chargeInOrder(problem, {
    before: (a, b) =>
      Number(visits[b]?.chargeNowKwh !== null) - Number(visits[a]?.chargeNowKwh !== null) ||
      (visits[b]?.priority ?? 0) - (visits[a]?.priority ?? 0) ||
      (visits[a]?.departMs ?? 0) - (visits[b]?.departMs ?? 0),
    limits: true,
  })
}
