import { addDays, serviceInstant } from '../../domain/service-time.ts'
import type { SavingDayRow } from '../../db/saving-days.ts'
import type { SiteCosting } from '../../domain/tariff/site-costing.ts'
import { between } from './dice.ts'
import { QUARTER_MS } from './past-charging.ts'

export interface SavingsInput {
  siteId: string
  timeZone: string
  baseLoadW: (at: Date) => number
  /** Wh by quarter hour. */
  actual: ReadonlyMap<number, number>
  uncontrolled: ReadonlyMap<number, number>
  costing: SiteCosting
  from: string
  /** The first day that is not over, exclusive. */
  to: string
}

/** What the plans of past nights would have said, from noon to noon: what was charged, a little off, against charging on arrival. */
export function pastSavings(input: SavingsInput): SavingDayRow[] {
  const days: SavingDayRow[] = []
  for (let date = input.from; date < input.to; date = addDays(date, 1)) {
    const from = serviceInstant(date, input.timeZone, 12 * 3_600)
    const to = serviceInstant(addDays(date, 1), input.timeZone, 12 * 3_600)
    const off = between(0.97, 1.02, input.siteId, date, 'plan')
    const planned = outcome(input.actual, off, from, to, input)
    const uncontrolled = outcome(input.uncontrolled, 1, from, to, input)
    if (planned.wh === 0 || uncontrolled.wh === 0) continue
    days.push({
      date,
      site_id: input.siteId,
      plan_id: 0,
      from_at: from,
      to_at: to,
      planned_wh: planned.wh,
      planned_cost_micro_eur: planned.cost,
      planned_peak_w: planned.peakW,
      planned_carbon_g: planned.carbonG,
      uncontrolled_wh: uncontrolled.wh,
      uncontrolled_cost_micro_eur: uncontrolled.cost,
      uncontrolled_peak_w: uncontrolled.peakW,
      uncontrolled_carbon_g: uncontrolled.carbonG,
    })
  }
  return days
}

interface Outcome {
  wh: number
  cost: number
  peakW: number
  carbonG: number
}

function outcome(
  energy: ReadonlyMap<number, number>,
  factor: number,
  from: Date,
  to: Date,
  { costing, baseLoadW }: SavingsInput,
): Outcome {
  const sum: Outcome = { wh: 0, cost: 0, peakW: 0, carbonG: 0 }
  for (let at = from.getTime(); at < to.getTime(); at += QUARTER_MS) {
    const wh = (energy.get(at) ?? 0) * factor
    const quarter = costing.quarter(new Date(at))
    sum.wh += wh
    sum.cost += (wh * ((quarter.energyMicroEurPerKwh ?? 0) + (quarter.networkMicroEurPerKwh ?? 0))) / 1000
    sum.carbonG += (wh * (quarter.carbonLocationGPerKwh ?? 0)) / 1000
    sum.peakW = Math.max(sum.peakW, wh * 4 + baseLoadW(new Date(at)))
  }
  return {
    wh: Math.round(sum.wh),
    cost: Math.round(sum.cost),
    peakW: Math.round(sum.peakW),
    carbonG: Math.round(sum.carbonG),
  }
}
