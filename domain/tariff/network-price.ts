import type { SiteTariff } from './tariff.ts'
import { zonePrice } from './zone-price.ts'

/** What the network charges per kWh at an instant, in millionths of a euro: the network's zones, else its flat charge. */
export function networkPrice(tariff: SiteTariff, timeZone: string): (atMs: number) => number {
  const flat = Math.round(tariff.networkEurPerKwh * 1e6)
  if (tariff.networkZones === undefined) return () => flat
  const zones = zonePrice(tariff.networkZones, timeZone, tariff.holidays)
  return (atMs) => zones(atMs) ?? flat
}
