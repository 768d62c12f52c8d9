import type { Place } from '../api-types.ts'
import type { Format } from '../format.ts'
import { m } from '../messages.ts'
import { isOld, placeState, type Heard, type PlaceKind } from './place-state.ts'

export const KIND_WORDS: Record<PlaceKind | 'bus', () => string> = {
  charger: m.places_kind_charger,
  parking: m.places_kind_parking,
  bus: m.places_kind_bus,
  stop: m.places_kind_stop,
  wifi: m.places_kind_wifi,
  air: m.places_kind_air,
  building: m.places_kind_building,
  camera: m.places_kind_camera,
}

export const ONE_WORDS: Record<PlaceKind, () => string> = {
  charger: m.places_one_charger,
  parking: m.places_one_parking,
  stop: m.places_one_stop,
  wifi: m.places_one_wifi,
  air: m.places_one_air,
  building: m.places_one_building,
  camera: m.places_one_camera,
}

export const EVSE_WORDS = {
  AVAILABLE: m.places_evse_free,
  CHARGING: m.places_evse_busy,
  RESERVED: m.places_evse_reserved,
  INOPERATIVE: m.places_evse_closed,
  OUTOFORDER: m.places_broken,
  UNKNOWN: m.places_unknown,
} as const

/** How a place stands now, in a few words; null: of this kind nothing can be said in a few. */
export function stateWords(place: Place, heard: Heard, format: Format): string | null {
  if (place.kind === 'air' || place.kind === 'building') return readingWords(place, format)
  const state = placeState(place, heard)
  if (state === 'unknown') return m.places_unknown()
  if (state === 'broken') return m.places_broken()
  if (state === 'full') return place.kind === 'parking' ? m.places_full() : m.places_in_use()
  if (state !== 'free') return null
  const counts = place.charging?.counts
  if (counts !== undefined)
    return m.places_free_of({ free: format.whole(counts.free), total: format.whole(counts.total) })
  return place.free === null ? m.places_evse_free() : m.places_free({ count: place.free, n: format.whole(place.free) })
}

/** What is first said of air and buildings. */
const MAIN_QUANTITIES = ['pm10UgM3', 'pm25UgM3', 'no2UgM3', 'powerW']

function readingWords(place: Place, format: Format): string {
  const told = MAIN_QUANTITIES.flatMap((name) => place.readings.filter((one) => one.quantity === name && !one.old))
  const [first] = told
  return first === undefined ? m.places_unknown() : quantityWords(first.quantity, first.value, format)
}

const QUANTITY_NAMES: Record<string, string> = {
  pm10UgM3: 'PM10',
  pm25UgM3: 'PM2.5',
  no2UgM3: 'NO₂',
  o3UgM3: 'O₃',
  so2UgM3: 'SO₂',
}

/** A reading with its unit: `PM10 27 µg/m³`, `12.7 kW`. A quantity that we do not know is written as its source calls it. */
export function quantityWords(quantity: string, value: number, format: Format): string {
  if (quantity.endsWith('UgM3')) return `${quantityName(quantity)} ${format.whole(value)} µg/m³`
  if (quantity === 'powerW') return `${format.kw(value)} kW`
  if (quantity === 'energyWh') return `${format.kwh(value)} kWh`
  if (quantity === 'free') return m.places_free({ count: value, n: format.whole(value) })
  return `${quantity} ${format.oneDecimal(value)}`
}

export function quantityName(quantity: string): string {
  if (quantity === 'powerW') return m.places_power()
  if (quantity === 'energyWh') return m.places_energy()
  if (quantity === 'free') return m.places_free_places()
  return QUANTITY_NAMES[quantity] ?? quantity
}

/** How old what is known of it is: `3 min ago`; `last told 2 d ago` where that is too long; null: nothing is told of this kind. */
export function ageWords(place: Place, heard: Heard, format: Format): string | null {
  const at = place.asOf ?? newest(place)
  if (at === null) return place.kind === 'charger' || place.kind === 'parking' ? m.places_never() : null
  const age = format.duration(Math.max(0, heard.now - Date.parse(at)))
  const stale = isOld(place, heard) || (place.asOf === null && place.readings.every((one) => one.old))
  return stale ? m.places_old({ age }) : m.places_age({ age })
}

function newest(place: Place): string | null {
  return (
    place.readings
      .map((one) => one.at)
      .toSorted()
      .at(-1) ?? null
  )
}
