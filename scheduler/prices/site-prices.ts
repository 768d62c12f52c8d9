import type { Db } from '../../db/database.ts'
import { pricesBetween } from '../../db/prices.ts'
import type { FleetTariff } from '../../domain/fleet-file.ts'
import { SLOT_MS } from '../../domain/slots.ts'
import type { PriceOrigin } from '../../domain/stored-plan.ts'
import { toQuarterHours } from './price-slots.ts'
import { storedSeries } from './stored-series.ts'
import { zoneTariff } from './zone-tariff.ts'

/** Stands in where nothing at all is known of prices: then only the peak and the time of charging count. */
const FLAT_MICRO_EUR_PER_KWH = 100_000
const DAY_MS = 24 * 60 * 60_000
const SERIES_IS_STALE_AFTER_DAYS = 7

export interface SitePrices {
  /** Energy and network price of each quarter hour. */
  microEurPerKwh: number[]
  origin: PriceOrigin
}

/**
 * What a kilowatt-hour costs a site in each quarter hour from `start`. First the tariff's imported series; where it has no price the tariff's zones; where
 * there are none the same time of the last day that the series knows, up to a week back; else one flat price. `origin` says which, openly.
 */
export async function sitePrices(
  db: Db,
  site: { timeZone: string; tariff: FleetTariff | null },
  start: Date,
  slots: number,
): Promise<SitePrices> {
  const { tariff } = site
  const end = new Date(start.getTime() + slots * SLOT_MS)
  const series = tariff?.series ?? null
  const zones = tariff?.zones ?? null
  const unknown = Array.from({ length: slots }, (): number | null => null)

  const fromSeries =
    series === null ? unknown : toQuarterHours(await storedSeries(db, series).prices(start, end), start, slots)
  const fromZones =
    zones === null ? unknown : toQuarterHours(await zoneTariff(zones, site.timeZone).prices(start, end), start, slots)
  const firstGap = fromSeries.indexOf(null)
  const lastKnown =
    series !== null && zones === null && firstGap >= 0 ? await sameTimeBefore(db, series, start, slots) : unknown

  const networkPrice = Math.round((tariff?.networkEurPerKwh ?? 0) * 1e6)
  const microEurPerKwh = fromSeries.map(
    (price, slot) => (price ?? fromZones[slot] ?? lastKnown[slot] ?? FLAT_MICRO_EUR_PER_KWH) + networkPrice,
  )
  const hasSeries = fromSeries.some((price) => price !== null)
  const standIn = zones !== null ? 'zones' : lastKnown.some((price) => price !== null) ? 'lastKnown' : 'flat'
  return {
    microEurPerKwh,
    origin: {
      kind: tariffKind(hasSeries, firstGap < 0, zones !== null, series !== null),
      series,
      missingFrom:
        series === null || firstGap < 0 ? null : new Date(start.getTime() + firstGap * SLOT_MS).toISOString(),
      fallback: firstGap < 0 || (series === null && zones !== null) ? null : standIn,
    },
  }
}

function tariffKind(hasSeries: boolean, complete: boolean, hasZones: boolean, named: boolean): PriceOrigin['kind'] {
  if (hasSeries) return complete ? 'series' : 'mixed'
  if (hasZones) return 'zones'
  return named ? 'mixed' : 'none'
}

/** Each quarter hour's price on the nearest earlier day that the series knows, whole days back. */
async function sameTimeBefore(db: Db, series: string, start: Date, slots: number): Promise<(number | null)[]> {
  const end = new Date(start.getTime() + slots * SLOT_MS)
  const back = SERIES_IS_STALE_AFTER_DAYS + Math.ceil((slots * SLOT_MS) / DAY_MS)
  const from = new Date(start.getTime() - back * DAY_MS)
  const slotsADay = DAY_MS / SLOT_MS
  const known = toQuarterHours(await pricesBetween(db, series, from, end), from, slots + back * slotsADay)
  return Array.from({ length: slots }, (_, slot) => {
    for (let days = 1; days <= back; days += 1) {
      const price = known[slot + (back - days) * slotsADay]
      if (price !== undefined && price !== null) return price
    }
    return null
  })
}
