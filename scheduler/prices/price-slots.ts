import type { PriceSlot } from '../../domain/ports.ts'
import { SLOT_MS } from '../../domain/slots.ts'

/**
 * Prices on the planning grid: one per quarter hour from `start`, null where unknown. An hourly price stands in each of its quarters; a source finer
 * than the grid counts by the time that each of its prices holds; a quarter that is known in part only is unknown.
 */
export function toQuarterHours(prices: readonly PriceSlot[], start: Date, slots: number): (number | null)[] {
  const sums = Array.from({ length: slots }, () => 0)
  const covered = Array.from({ length: slots }, () => 0)
  for (const price of prices) {
    const from = (price.startAt.getTime() - start.getTime()) / SLOT_MS
    const to = (price.endAt.getTime() - start.getTime()) / SLOT_MS
    for (let slot = Math.max(0, Math.floor(from)); slot < Math.min(slots, to); slot += 1) {
      const share = Math.min(slot + 1, to) - Math.max(slot, from)
      if (share <= 0) continue
      sums[slot] = (sums[slot] ?? 0) + price.priceMicroEurPerKwh * share
      covered[slot] = (covered[slot] ?? 0) + share
    }
  }
  return sums.map((sum, slot) => ((covered[slot] ?? 0) >= 1 - 1e-9 ? Math.round(sum / (covered[slot] ?? 1)) : null))
}
