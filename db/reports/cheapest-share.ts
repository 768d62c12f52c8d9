import { cheapestQuartileShare, type PricedEnergy } from '../../domain/cheapest-share.ts'
import { createLocalClock, dateOf } from '../../domain/tariff/local-clock.ts'
import type { Db } from '../database.ts'
import { siteCosting } from '../site-costing.ts'
import { quarterEnergy } from './indicator-facts.ts'

const SLOT_MS = 900_000

/** How much was charged in the cheapest quarter of each local day's slots, by energy and network price; null: nothing has a price. */
export async function cheapestShare(
  db: Db,
  span: { from: Date; to: Date; siteId: string | null },
): Promise<number | null> {
  const sites = await db
    .selectFrom('site')
    .select(['id', 'time_zone'])
    .$if(span.siteId !== null, (query) => query.where('id', '=', span.siteId ?? ''))
    .execute()
  const energy = new Map(
    (await quarterEnergy(db, span)).map((one) => [`${one.siteId} ${one.startAt.getTime()}`, one.energyWh]),
  )
  const slots: PricedEnergy[] = []
  for (const site of sites) {
    const costing = await siteCosting(db, site.id, span.from, span.to)
    if (costing === undefined) continue
    const clock = createLocalClock(site.time_zone)
    for (let at = span.from.getTime(); at < span.to.getTime(); at += SLOT_MS) {
      const price = costing.quarter(new Date(at))
      slots.push({
        day: `${site.id} ${dateOf(clock(at).day)}`,
        priceMicroEurPerKwh:
          price.energyMicroEurPerKwh === null ? null : price.energyMicroEurPerKwh + (price.networkMicroEurPerKwh ?? 0),
        energyWh: energy.get(`${site.id} ${at}`) ?? 0,
      })
    }
  }
  return cheapestQuartileShare(slots)
}
