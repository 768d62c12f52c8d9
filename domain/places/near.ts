import { EARTH_RADIUS_M, greatCircleM } from '../great-circle.ts'

export interface Position {
  latitude: number
  longitude: number
}

/** Streets are longer than the line between two points by about this much, and a car has to be started and parked. */
const MODES = {
  walk: { metresPerMinute: 4_500 / 60, detour: 1.3, startMinutes: 0 },
  drive: { metresPerMinute: 25_000 / 60, detour: 1.4, startMinutes: 2 },
} as const
export type TravelMode = keyof typeof MODES

const UNKNOWN_MINUTES = 6
const FULL_MINUTES = 12
const OLDEST_FRESH_MINUTES = 2
const LAST_ONE_MINUTES = 2

/** Metres along the great circle. */
export function distanceM(from: Position, to: Position): number {
  return greatCircleM(from.latitude, from.longitude, to.latitude, to.longitude)
}

/** Minutes of a way from its length as the crow flies: an estimate, since no streets are known. */
export function travelMinutes(metres: number, mode: TravelMode): number {
  const { metresPerMinute, detour, startMinutes } = MODES[mode]
  return startMinutes + (metres * detour) / metresPerMinute
}

export interface Ranked {
  minutes: number
  /** Whether this kind of place can be full. */
  canBeFull: boolean
  /** null: unknown. */
  free: number | null
  ageSeconds: number | null
}

/**
 * Minutes of the way, and what it would cost to find no room there: nothing for a place that cannot be full, little where many are free,
 * more for the last one and for an older count, much when it is unknown, most when it is full.
 */
export function rankMinutes({ minutes, canBeFull, free, ageSeconds }: Ranked): number {
  if (!canBeFull) return minutes
  if (free === null) return minutes + UNKNOWN_MINUTES
  if (free === 0) return minutes + FULL_MINUTES
  return minutes + LAST_ONE_MINUTES / free + OLDEST_FRESH_MINUTES * Math.min(1, (ageSeconds ?? 0) / 900)
}

export interface Box {
  south: number
  west: number
  north: number
  east: number
}

/** A box of latitudes and longitudes that holds every point within `radiusM`. Near a pole it takes in all longitudes; across the date line `west` exceeds `east`. */
export function boxAround(centre: Position, radiusM: number): Box {
  const degrees = (radiusM / EARTH_RADIUS_M) * (180 / Math.PI) * 1.000_001
  const south = centre.latitude - degrees
  const north = centre.latitude + degrees
  if (south <= -90 || north >= 90)
    return { south: Math.max(-90, south), north: Math.min(90, north), west: -180, east: 180 }
  // The circle is widest not at its middle but where its meridians touch it.
  const angle = radiusM / EARTH_RADIUS_M
  const sine = Math.sin(angle) / Math.cos((centre.latitude * Math.PI) / 180)
  if (angle >= Math.PI / 2 || sine >= 1) return { south, north, west: -180, east: 180 }
  const wide = Math.asin(sine) * (180 / Math.PI) * 1.000_001
  return { south, north, west: wrap(centre.longitude - wide), east: wrap(centre.longitude + wide) }
}

export function isInBox(at: Position, box: Box): boolean {
  if (at.latitude < box.south || at.latitude > box.north) return false
  return box.west <= box.east
    ? at.longitude >= box.west && at.longitude <= box.east
    : at.longitude >= box.west || at.longitude <= box.east
}

function wrap(longitude: number): number {
  return longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude
}
