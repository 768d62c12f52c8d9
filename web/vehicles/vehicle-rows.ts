import type { Vehicle } from '../parts/api-types.ts'

export const SORTS = ['name', 'charge', 'range', 'departure', 'health'] as const
export type Sort = (typeof SORTS)[number]

export interface RowFilter {
  text: string
  /** '': all. */
  typeId: string
  state: string
  line: string
  sort: Sort
}

/** The lines that a vehicle drives now or next. */
export function linesOf(vehicle: Vehicle): string[] {
  return [...new Set([...(vehicle.block?.routes ?? []), ...(vehicle.next?.routes ?? [])])]
}

/** What is taken to be in the battery: the reading while it is young, else the estimate; null when nothing is known. */
export function chargeOf(vehicle: Vehicle): number | null {
  if (vehicle.socPercent === null) return null
  return vehicle.socOld === false ? vehicle.socPercent : vehicle.estimate.socPercent
}

/** Vehicles that fit the filter, in its order: what is tightest first, what is not known last. */
export function vehicleRows(vehicles: Iterable<Vehicle>, filter: RowFilter, locale: string): Vehicle[] {
  const collator = new Intl.Collator(locale, { numeric: true })
  const text = filter.text.trim().toLocaleLowerCase(locale)
  const fits = (vehicle: Vehicle): boolean =>
    (filter.typeId === '' || vehicle.typeId === filter.typeId) &&
    (filter.state === '' || vehicle.state === filter.state) &&
    (filter.line === '' || linesOf(vehicle).includes(filter.line)) &&
    (text === '' ||
      [
        vehicle.label,
        vehicle.vehicleId,
        vehicle.typeLabel,
        vehicle.bayId ?? '',
        vehicle.stationId ?? '',
        ...linesOf(vehicle),
      ].some((one) => one.toLocaleLowerCase(locale).includes(text)))
  const key = keys[filter.sort]
  return [...vehicles].filter(fits).toSorted((a, b) => compare(key(a), key(b)) || collator.compare(a.label, b.label))
}

const keys: Record<Sort, (vehicle: Vehicle) => number | null> = {
  name: () => 0,
  charge: chargeOf,
  range: (vehicle) =>
    chargeOf(vehicle) === null ? null : vehicle.range.metres - (vehicle.range.blockRemainingMetres ?? 0),
  departure: (vehicle) => (vehicle.next === null ? null : Date.parse(vehicle.next.pullOutAt)),
  health: (vehicle) => vehicle.stateOfHealthPercent,
}

function compare(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a - b
}
