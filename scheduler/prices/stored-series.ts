import type { Db } from '../../db/database.ts'
import { pricesBetween } from '../../db/prices.ts'
import type { PriceSource } from '../../domain/ports.ts'

/** Prices that were imported under a series' name. */
export function storedSeries(db: Db, series: string): PriceSource {
  return { prices: (from, to) => pricesBetween(db, series, from, to) }
}
