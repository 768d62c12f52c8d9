import { joined } from '../../parts/joined.ts'
import { m } from '../../parts/messages.ts'
import type { Plan, Site } from '../../parts/api-types.ts'
import type { Page } from '../page.ts'
import { valueAt } from '../../parts/plan-figures.ts'
import type { History } from '../../parts/timeline/timeline-model.ts'

const QUARTER_MS = 15 * 60_000

interface Figures {
  site: Site
  plan: Plan | null
  history: History
}

/** The site at an instant in words: power measured or planned, what it would be without the plan, and the price, as far as known. */
export function describeTime(
  { format, clock }: Pick<Page, 'format' | 'clock'>,
  { site, plan, history }: Figures,
  at: number,
): string {
  const measured = history.power.findLast((one) => one.at <= at && at < one.at + QUARTER_MS)
  const planned = plan === null ? null : valueAt(plan, plan.importW, at)
  const without = plan === null ? null : valueAt(plan, plan.uncontrolledImportW, at)
  const limit = (plan === null ? null : valueAt(plan, plan.limitW, at)) ?? site.limitW
  const price = plan === null ? null : valueAt(plan, plan.priceMicroEurPerKwh, at)
  return joined(
    format.timeFrom(at, clock.now),
    at <= clock.now && measured !== undefined ? m.depot_read_measured({ kw: format.kw(measured.powerW) }) : '',
    at > clock.now && planned !== null ? m.depot_read_planned({ kw: format.kw(planned), limit: format.kw(limit) }) : '',
    without !== null && at > clock.now ? m.depot_read_uncontrolled({ kw: format.kw(without) }) : '',
    price === null ? '' : m.unit_eur_per_kwh({ value: format.price(price) }),
  )
}
