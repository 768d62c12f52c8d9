import type { Db } from '../../db/database.ts'
import { carbonSources } from '../../db/reports/carbon-sources.ts'
import type { SiteFactors } from '../../db/reports/day-rates.ts'
import type { CarbonFactor, CarbonMethod } from '../../domain/tariff/carbon-factor.ts'
import type { EnergySums } from '../../db/reports/energy-sums.ts'
import { rounded } from './figures.ts'
import type { Period } from './period.ts'

/** What a carbon figure was made with: a yearly factor, or a series hour by hour with its mean over the report. */
export interface CarbonBasis {
  method: CarbonMethod
  siteId: string
  gPerKwh: number | null
  source: string
  year: number | null
  validFrom: string | null
  /** A factor that nobody entered. */
  isDefault: boolean
}

/** Factors and series that a report's carbon figures rest on. Series go before yearly factors for the location-based figure. */
export async function carbonBasis(
  db: Db,
  period: Period,
  factors: readonly SiteFactors[],
  totals: Pick<EnergySums, 'energyWh' | 'uncarbonedWh' | 'carbonLocationG'>,
): Promise<CarbonBasis[]> {
  const series = await carbonSources(db, period.fromAt, period.toAt)
  const costedWh = totals.energyWh - totals.uncarbonedWh
  const mean =
    totals.carbonLocationG === null || costedWh <= 0 ? null : rounded((totals.carbonLocationG / costedWh) * 1000, 1)
  return factors.flatMap(({ siteId, factors: known }) => [
    ...series
      .filter((one) => one.siteId === siteId)
      .map((one) => ({
        method: 'location' as const,
        siteId,
        gPerKwh: mean,
        source: `${one.series}: ${one.source}`,
        year: Number(period.from.slice(0, 4)),
        validFrom: null,
        isDefault: false,
      })),
    ...(['location', 'market'] as const).flatMap((method) =>
      inForce(known, method, period).map((factor) => ({
        method,
        siteId,
        gPerKwh: factor.gPerKwh,
        source: factor.source,
        year: factor.year,
        validFrom: factor.validFrom,
        isDefault: factor.isDefault,
      })),
    ),
  ])
}

/** The factors of a method that hold on some day of the period. */
function inForce(factors: readonly CarbonFactor[], method: CarbonMethod, period: Period): CarbonFactor[] {
  const own = factors.filter((one) => one.method === method && one.validFrom < period.to)
  const sorted = own.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))
  const first = sorted.findLastIndex((one) => one.validFrom <= period.from)
  return sorted.slice(Math.max(first, 0))
}
