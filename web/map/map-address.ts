import type { MapSight, Position } from '../parts/map/map-types.ts'
import type { ShownKind } from '../parts/places/city-feed.svelte.ts'

export const ALL_KINDS = [
  'parking',
  'charger',
  'bus',
  'stop',
  'air',
  'building',
  'wifi',
  'camera',
] as const satisfies ShownKind[]
const FIRST_KINDS: readonly ShownKind[] = ['parking', 'charger', 'bus', 'stop']

export interface Origin extends Position {
  /** A stop's name; null: a point, or where the reader stands. */
  name: string | null
}

/** What the address of the map says: everything that survives a reload and can be sent to a friend. */
export interface MapAddress {
  kinds: readonly ShownKind[]
  sight: MapSight | null
  selected: string | null
  origin: Origin | null
  find: 'parking' | 'charger'
  mode: 'walk' | 'drive'
  /** Also what is full or unknown. */
  all: boolean
}

export function readAddress(query: URLSearchParams): MapAddress {
  const kinds = query.get('kinds')?.split(',')
  const [latitude, longitude, zoom] = numbers(query.get('at'))
  const [fromLatitude, fromLongitude] = numbers(query.get('from'))
  return {
    kinds: kinds === undefined ? FIRST_KINDS : ALL_KINDS.filter((kind) => kinds.includes(kind)),
    sight:
      isOnEarth(latitude, longitude) && zoom !== undefined
        ? { latitude: latitude ?? 0, longitude: longitude ?? 0, zoom: Math.min(19, Math.max(3, zoom)) }
        : null,
    selected: query.get('place'),
    origin: isOnEarth(fromLatitude, fromLongitude)
      ? {
          latitude: fromLatitude ?? 0,
          longitude: fromLongitude ?? 0,
          name: query.get('fromName')?.slice(0, 120) ?? null,
        }
      : null,
    find: query.get('find') === 'charger' ? 'charger' : 'parking',
    mode: query.get('mode') === 'drive' ? 'drive' : 'walk',
    all: query.get('all') === '1',
  }
}

/** Parameters of the address; null: left out, because it is so anyhow. */
export function kindsParameter(kinds: readonly ShownKind[]): string | null {
  const same = kinds.length === FIRST_KINDS.length && FIRST_KINDS.every((kind) => kinds.includes(kind))
  return same ? null : kinds.join(',')
}

/** Five digits after the point: a metre. */
export const positionParameter = ({ latitude, longitude }: Position): string =>
  `${latitude.toFixed(5)},${longitude.toFixed(5)}`

function numbers(text: string | null): number[] {
  return (text ?? '').split(',').map((part) => (part === '' ? Number.NaN : Number(part)))
}

function isOnEarth(latitude: number | undefined, longitude: number | undefined): boolean {
  return latitude !== undefined && longitude !== undefined && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
}
