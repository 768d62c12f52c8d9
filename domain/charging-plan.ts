import type { PlanFact, ShortReason } from './plan-fact.ts'

/** What one visit gets. */
export interface PlannedVisit {
  vehicle: string
  /** Index among the vehicle's visits. */
  visit: number
  point: string
  /** Mean AC power at the point over each slot of the horizon. */
  kw: number[]
  /** Shares of the capacity, from the simulation with the true taper curve; at the horizon's end when the visit goes beyond it. */
  socAtArrive: number
  socAtDepart: number
  /** Battery energy missing at departure; 0 when the need is met. */
  shortKwh: number
  /** Why it is short and what would mend it; null when the need is met. */
  shortCause: string | null
  shortRemedy: string | null
  /** The same as figures; left out in plans from before. */
  shortReason?: ShortReason | null
}

/** `optimal`: the linear program was solved to its end. `fallback`: the solver failed, and a simpler rule made a safe plan. */
export type PlanStatus = 'optimal' | 'fallback'

/** A charging plan as `scheduler/plan` publishes it. It has been run through the simulator; costs are of the whole import, penalties excluded. */
export interface ChargingPlan {
  status: PlanStatus
  visits: PlannedVisit[]
  storage: { id: string; kw: number[] }[]
  /** All power drawn at the grid connection in each slot, base load included. */
  importKw: number[]
  /** Highest 15-minute mean of `importKw`. */
  peakKw: number
  energyCostEur: number
  /** Of the part of the peak that is above the peak so far. */
  peakCostEur: number
  totalCostEur: number
  /** No plan that leaves every vehicle at least as well charged costs less than this. */
  lowerBoundEur: number
  /** Share by which the cost may at most exceed the optimum. */
  gap: number
  /** Null when the instance says nothing about carbon. */
  carbonKg: number | null
  /** Every vehicle charges at full power from the moment it arrives until it has what it needs; the limits are ignored. */
  uncontrolled: { peakKw: number; totalCostEur: number; carbonKg: number | null; importKw: number[] }
  /** What the plan could not keep: a base load above its limit, a battery below its minimum. */
  violations: string[]
  explain: string[]
  /** Both as figures, for other languages; left out in plans from before. */
  facts?: PlanFact[]
  solveMs: number
}
