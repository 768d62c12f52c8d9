import type { ShownPlan } from './timeline/timeline-model.ts'

const HOUR_MS = 3_600_000
// A window counts as cheap while it stays in the lowest part of the span between the lowest and the highest price.
const CHEAP_SHARE = 0.15

export interface PlanClock {
  startAt: number
  slotMs: number
  endAt: number
}

export function planClock(plan: ShownPlan): PlanClock {
  const startAt = Date.parse(plan.startAt)
  const slotMs = plan.slotMinutes * 60_000
  return { startAt, slotMs, endAt: startAt + plan.slots * slotMs }
}

/** The plan's value in the slot that covers `at`; null outside the plan. */
export function valueAt(plan: ShownPlan, values: readonly number[], at: number): number | null {
  const { startAt, slotMs } = planClock(plan)
  return values[Math.floor((at - startAt) / slotMs)] ?? null
}

/** The longest run of slots within `hours` from `now` whose price stays near the lowest; null when the price never differs. */
export function cheapestHours(
  plan: ShownPlan,
  now: number,
  hours: number,
): { from: number; to: number; meanMicroEurPerKwh: number } | null {
  const { startAt, slotMs } = planClock(plan)
  const first = Math.max(0, Math.floor((now - startAt) / slotMs))
  const prices = plan.priceMicroEurPerKwh.slice(first, first + Math.round((hours * HOUR_MS) / slotMs))
  if (prices.length === 0) return null
  const lowest = Math.min(...prices)
  const highest = Math.max(...prices)
  if (lowest === highest) return null
  const ceiling = lowest + CHEAP_SHARE * (highest - lowest)
  let best = { from: 0, to: 0 }
  let from = 0
  for (let i = 0; i <= prices.length; i += 1) {
    const price = prices[i]
    if (price !== undefined && price <= ceiling) continue
    if (i - from > best.to - best.from) best = { from, to: i }
    from = i + 1
  }
  const run = prices.slice(best.from, best.to)
  return {
    from: startAt + (first + best.from) * slotMs,
    to: startAt + (first + best.to) * slotMs,
    meanMicroEurPerKwh: run.reduce((sum, price) => sum + price, 0) / run.length,
  }
}

/** The highest planned import from the running slot on. */
export function plannedPeak(plan: ShownPlan, now: number): { powerW: number; at: number } | null {
  const { startAt, slotMs } = planClock(plan)
  const first = Math.max(0, Math.floor((now - startAt) / slotMs))
  let peak: { powerW: number; at: number } | null = null
  for (let i = first; i < plan.importW.length; i += 1) {
    const powerW = plan.importW[i] ?? 0
    if (peak === null || powerW > peak.powerW) peak = { powerW, at: startAt + i * slotMs }
  }
  return peak
}

export interface PlanWorth {
  hours: number
  /** What the buses draw, the building not counted. */
  chargedWh: number
  totalCostMicroEur: number
  uncontrolledCostMicroEur: number
  savedMicroEur: number
  /** Below 0: cheaper than without a plan; null when that costs nothing. */
  costChangePercent: number | null
  peakW: number
  uncontrolledPeakW: number
  gapPercent: number
  /** Of the charging alone; null when the carbon of the grid is not known. */
  carbon: { grams: number; changePercent: number | null } | null
}

/** What the plan is worth against plugging in at will: all from the plan itself. */
export function planWorth(plan: ShownPlan): PlanWorth {
  const slotHours = plan.slotMinutes / 60
  const charged = plan.importW.map((watts, i) => Math.max(0, watts - (plan.baseLoadW[i] ?? 0)))
  const uncontrolled = plan.uncontrolledImportW.map((watts, i) => Math.max(0, watts - (plan.baseLoadW[i] ?? 0)))
  const carbonOf = (watts: readonly number[], grams: readonly number[]): number =>
    watts.reduce((sum, one, i) => sum + (one / 1000) * slotHours * (grams[i] ?? 0), 0)
  const saved = plan.uncontrolled.totalCostMicroEur - plan.totalCostMicroEur
  const grams = plan.carbonGPerKwh === null ? null : carbonOf(charged, plan.carbonGPerKwh)
  const without = plan.carbonGPerKwh === null ? 0 : carbonOf(uncontrolled, plan.carbonGPerKwh)
  return {
    hours: plan.slots * slotHours,
    chargedWh: charged.reduce((sum, watts) => sum + watts * slotHours, 0),
    totalCostMicroEur: plan.totalCostMicroEur,
    uncontrolledCostMicroEur: plan.uncontrolled.totalCostMicroEur,
    savedMicroEur: saved,
    costChangePercent:
      plan.uncontrolled.totalCostMicroEur > 0 ? (-saved / plan.uncontrolled.totalCostMicroEur) * 100 : null,
    peakW: plan.peakW,
    uncontrolledPeakW: plan.uncontrolled.peakW,
    gapPercent: plan.gap * 100,
    carbon: grams === null ? null : { grams, changePercent: without > 0 ? (grams / without - 1) * 100 : null },
  }
}
