import type { Place } from '../parts/api-types.ts'
import type { Format } from '../parts/format.ts'
import { m } from '../parts/messages.ts'

const ZONES: Record<string, () => string> = { blue: m.map_zone_blue, green: m.map_zone_green }

/** What a source says of a place beside how it stands: only what people can use, in the source's own words where they are words. */
export function placeFacts({ capacity, kind, properties }: Place): { name: string; value: string }[] {
  const text = (key: string): string | null => {
    const value = properties[key]
    return value === null || value === undefined || value === '' || value === false ? null : String(value)
  }
  const zone = text('zone')
  const area = text('areaM2')
  const facts: [name: string, value: string | null][] = [
    [m.map_capacity(), kind !== 'parking' || capacity === null ? null : String(capacity)],
    [m.map_power(), text('powerText')],
    [m.map_hours(), text('hours')],
    [m.map_price(), text('price')],
    [m.map_zone(), zone === null || zone === 'none' ? null : (ZONES[zone]?.() ?? zone)],
    [m.map_ssid(), text('ssid')],
    [m.map_area(), area === null ? null : `${area} m²`],
    [m.map_code(), text('code')],
  ]
  return facts.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
}

/** What a charge costs somebody who comes without a contract; null: nothing is published. */
export function priceWords(price: NonNullable<Place['charging']>['price'], format: Format): string | null {
  if (price === null) return null
  const parts = [
    price.energyMicroEurPerKwh === null ? null : m.map_price_kwh({ price: format.money(price.energyMicroEurPerKwh) }),
    price.sessionMicroEur === null ? null : m.map_price_session({ price: format.money(price.sessionMicroEur) }),
    price.timeMicroEurPerHour === null ? null : m.map_price_hour({ price: format.money(price.timeMicroEurPerHour) }),
    price.vatPercent === null ? null : m.map_price_vat({ percent: format.whole(price.vatPercent) }),
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : `${m.map_price()}: ${parts.join(', ')}`
}
