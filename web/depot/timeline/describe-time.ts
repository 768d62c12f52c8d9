import type { Plan, Site } from '../../parts/api-types.ts'
import type { Page } from '../page.ts'
import { valueAt } from '../plan-figures.ts'
import type { History } from './timeline-model.ts'

const QUARTER_MS = 15 * 60_000

interface Figures {
  site: Site
  plan: Plan | null
  history: History
}

/** The site at an instant in words: power measured or planned, what it would be without the plan, and the price, as far as known. */
export function describeTime(
  { t, format, clock }: Pick<Page, 't' | 'format' | 'clock'>,
  { site, plan, history }: Figures,
  at: number,
): string {
  const measured = history.power.findLast((one) => one.at <= at && at < one.at + QUARTER_MS)
  const planned = plan === null ? null : valueAt(plan, plan.importW, at)
  const without = plan === null ? null : valueAt(plan, plan.uncontrolledImportW, at)
  const limit = (plan === null ? null : valueAt(plan, plan.limitW, at)) ?? site.limitW
  const price = plan === null ? null : valueAt(plan, plan.priceMicroEurPerKwh, at)
  return [
    format.timeFrom(at, clock.now),
    at <= clock.now && measured !== undefined ? t.timeline.readMeasured(format.kw(measured.powerW)) : '',
    at > clock.now && planned !== null ? t.timeline.readPlanned(format.kw(planned), format.kw(limit)) : '',
    without !== null && at > clock.now ? t.timeline.readUncontrolled(format.kw(without)) : '',
    price === null ? '' : t.timeline.readPrice(format.price(price)),
  ]
    .filter((one) => one !== '')
    .join(t.separator)
}
