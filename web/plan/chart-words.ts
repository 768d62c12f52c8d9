import { m } from '../parts/messages.ts'
import { valueAt } from '../parts/plan-figures.ts'
import type { Bar, Row, ShownPlan } from '../parts/timeline/timeline-model.ts'
import type { Tongue } from './words.ts'

/** One bar of the chart in a sentence: for the line above the chart and for a screen reader. */
export function barWords(row: Pick<Row, 'label'>, bar: Bar, { format, now }: Tongue): string {
  const time = { from: format.timeFrom(bar.from, now), to: format.timeFrom(bar.to, now) }
  const vehicle = row.label
  if (bar.kind === 'block')
    return bar.routes.length === 0
      ? m.plan_bar_block({ vehicle, block: bar.blockId, ...time })
      : m.plan_bar_block_lines({ vehicle, block: bar.blockId, lines: bar.routes.join(', '), ...time })
  const energy = m.unit_kwh({ value: format.kwh(bar.energyWh) })
  if (bar.kind === 'charged') return m.plan_bar_charged({ vehicle, energy, ...time })
  return m.plan_bar_charge({
    vehicle,
    energy,
    ...time,
    power: m.unit_kw({ value: format.kw(Math.max(...bar.steps.map((step) => step.powerW))) }),
    leaves: m.unit_percent({ value: format.percent(bar.departSocPercent) }),
    need: m.unit_percent({ value: format.percent(bar.needSocPercent) }),
  })
}

/** What the plan says of one instant: power, price and carbon. */
export function instantWords(at: number, plan: ShownPlan | null, { format, now }: Tongue): string {
  const time = format.timeFrom(at, now)
  const power = plan === null ? null : valueAt(plan, plan.importW, at)
  if (plan === null || power === null) return time
  const price = valueAt(plan, plan.priceMicroEurPerKwh, at)
  const carbon = plan.carbonGPerKwh === null ? null : valueAt(plan, plan.carbonGPerKwh, at)
  return [
    m.plan_instant({ time, power: m.unit_kw({ value: format.kw(power) }) }),
    ...(price === null ? [] : [m.unit_eur_per_kwh({ value: format.price(price) })]),
    ...(carbon === null ? [] : [m.unit_g_per_kwh({ value: format.whole(carbon) })]),
  ].join(' · ')
}
