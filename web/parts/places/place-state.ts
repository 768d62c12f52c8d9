import type { Place } from '../api-types.ts'
import type { MapState } from '../map/map-types.ts'

export const PLACE_KINDS = ['charger', 'parking', 'stop', 'wifi', 'air', 'building', 'camera'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** What was told longer ago than this says nothing of now. */
const LIFETIME_MS = 15 * 60_000

/** When a place was last heard of, and when we heard of it from the server. */
export interface Heard {
  /** The product's clock, epoch ms. */
  now: number
  /** Whether the server has answered lately: then its word on what is old holds. */
  fresh: boolean
}

/** How a place stands now. An old reading is unknown, never free; so is one that the server has had no chance to take back. */
export function placeState(place: Place, heard: Heard): MapState {
  if (place.kind !== 'parking' && place.kind !== 'charger') return 'plain'
  if (isOld(place, heard)) return 'unknown'
  if (place.kind === 'charger') {
    if (place.status === 'AVAILABLE') return 'free'
    if (place.status === 'CHARGING' || place.status === 'RESERVED') return 'full'
    return place.status === 'INOPERATIVE' || place.status === 'OUTOFORDER' ? 'broken' : 'unknown'
  }
  if (place.free === null) return 'unknown'
  return place.free > 0 ? 'free' : 'full'
}

export function isOld(place: Place, { now, fresh }: Heard): boolean {
  if (place.old || fresh) return place.old
  return place.asOf !== null && now - Date.parse(place.asOf) > LIFETIME_MS
}

/** The order in a list: what has room first, what is unknown last. */
export const STATE_ORDER: Record<MapState, number> = { free: 0, plain: 1, full: 2, unknown: 3, broken: 4 }
