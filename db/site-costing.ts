import { createSiteCosting, type SiteCosting } from '../domain/tariff/site-costing.ts'
import { carbonSeriesOf } from '../domain/tariff/tariff.ts'
import type { ValueSpan } from '../domain/tariff/quarter-means.ts'
import { tariffSpans } from '../domain/tariff/tariff-spans.ts'
import { carbonBetween, carbonFactors } from './carbon.ts'
import type { Db } from './database.ts'
import { pricesBetween } from './prices.ts'
import { siteTariffs } from './tariffs.ts'

/**
 * What energy cost and emitted at a site in each quarter hour of `[from, to)`, by the tariff in force. A handful of queries however long the span; one for
 * each series that its tariffs name. Undefined: there is no such site.
 */
export async function siteCosting(db: Db, siteId: string, from: Date, to: Date): Promise<SiteCosting | undefined> {
  const site = await siteTariffs(db, siteId)
  if (site === undefined) return undefined
  const { timeZone } = site
  const tariffs = tariffSpans(site.dated, site.fallback, timeZone, from, to)
  const prices = new Map<string, ValueSpan[]>()
  const carbon = new Map<string, ValueSpan[]>()
  for (const { tariff } of tariffs) {
    const series = tariff?.series ?? null
    if (series !== null && !prices.has(series)) {
      const slots = await pricesBetween(db, series, from, to)
      prices.set(
        series,
        slots.map((slot) => ({ ...slot, value: slot.priceMicroEurPerKwh })),
      )
    }
    const carbonSeries = carbonSeriesOf(tariff)
    if (carbonSeries !== null && !carbon.has(carbonSeries)) {
      const slots = await carbonBetween(db, carbonSeries, from, to)
      carbon.set(
        carbonSeries,
        slots.map((slot) => ({ ...slot, value: slot.gPerKwh })),
      )
    }
  }
  const factors = (await carbonFactors(db, siteId)) ?? []
  return createSiteCosting({ timeZone, from, to, tariffs, prices, carbon, carbonFactors: factors })
}
