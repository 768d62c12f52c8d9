export interface PricedEnergy {
  /** The local day. */
  day: string
  /** null: unknown; then it counts for nothing. */
  priceMicroEurPerKwh: number | null
  energyWh: number
}

/**
 * How much of the energy flowed in the cheapest quarter of each day's slots, as a share of 1. All slots of a day are to be given, also those without energy. Slots as dear as the
 * last of the cheapest quarter count too, so that under one flat price everything does. null: no energy has a price. O(n log n).
 */
export function cheapestQuartileShare(slots: readonly PricedEnergy[]): number | null {
  let cheapWh = 0
  let totalWh = 0
  for (const own of Map.groupBy(slots, (slot) => slot.day).values()) {
    const prices = own
      .flatMap((slot) => (slot.priceMicroEurPerKwh === null ? [] : [slot.priceMicroEurPerKwh]))
      .sort((a, b) => a - b)
    const limit = prices[Math.ceil(prices.length / 4) - 1]
    if (limit === undefined) continue
    for (const slot of own) {
      if (slot.priceMicroEurPerKwh === null) continue
      totalWh += slot.energyWh
      if (slot.priceMicroEurPerKwh <= limit) cheapWh += slot.energyWh
    }
  }
  return totalWh > 0 ? cheapWh / totalWh : null
}
