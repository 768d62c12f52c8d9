import type { PriceSlot, PriceSource } from '../../domain/ports.ts'
import { SLOT_MS, slotStart } from '../../domain/slots.ts'
import type { SiteTariff, TariffZones } from '../../domain/tariff/tariff.ts'
import { zonePrice } from '../../domain/tariff/zone-price.ts'

/** Prices from a tariff's time-of-use zones, in quarter hours: each takes the zone that holds at its start. Quarters that no zone covers are left out. */
export function zoneTariff(zones: TariffZones, timeZone: string, holidays?: SiteTariff['holidays']): PriceSource {
  const priceAt = zonePrice(zones, timeZone, holidays)
  return {
    prices(from, to) {
      const slots: PriceSlot[] = []
      for (let at = slotStart(from).getTime(); at < to.getTime(); at += SLOT_MS) {
        const price = priceAt(at)
        if (price === null) continue
        slots.push({ startAt: new Date(at), endAt: new Date(at + SLOT_MS), priceMicroEurPerKwh: price })
      }
      return Promise.resolve(slots)
    },
  }
}
