import type { PriceSlot } from '../../domain/ports.ts'
import { quarterMeans } from '../../domain/tariff/quarter-means.ts'

/** Prices on the planning grid: one per quarter hour from `start`, null where unknown. See `quarterMeans`. */
export function toQuarterHours(prices: readonly PriceSlot[], start: Date, slots: number): (number | null)[] {
  return quarterMeans(
    prices.map(({ startAt, endAt, priceMicroEurPerKwh }) => ({ startAt, endAt, value: priceMicroEurPerKwh })),
    start,
    slots,
  )
}
