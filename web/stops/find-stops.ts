import { api, ask, type Answer } from '../parts/api.ts'
import type { FoundStop } from '../parts/api-types.ts'

export interface Place {
  latitude: number
  longitude: number
}

export interface StopPage {
  stops: FoundStop[]
  /** Where the next page begins; null: that is all. */
  next: string | null
}

const NEAR_M = 2_000
const PAGE = 50
/** As many as the API hands out at once. */
const LARGEST_PAGE = 200
const FOUND = 30
/** A slow walk, stops at crossings and detours included. */
const WALK_M_PER_MINUTE = 65

/** Stops by what somebody types, best first. */
export async function findStops(words: string, near: Place | null): Promise<Answer<StopPage>> {
  const place = near === null ? {} : { near: text(near) }
  return paged(await ask(api.GET('/api/v1/stops', { params: { query: { find: words, limit: FOUND, ...place } } })))
}

/** Stops within two kilometres, the nearest first. */
export async function stopsNear(place: Place): Promise<Answer<StopPage>> {
  const query = { near: text(place), radiusM: NEAR_M, limit: FOUND }
  return paged(await ask(api.GET('/api/v1/stops', { params: { query } })))
}

/** All stops by name, a page at a time. */
export async function allStops(cursor: string | null, limit = PAGE): Promise<Answer<StopPage>> {
  const query = { limit, ...(cursor === null ? {} : { cursor }) }
  return paged(await ask(api.GET('/api/v1/stops', { params: { query } })))
}

/** Every stop there is, for a map. */
export async function everyStop(): Promise<Answer<FoundStop[]>> {
  const stops: FoundStop[] = []
  let cursor: string | null = null
  do {
    const answer: Answer<StopPage> = await allStops(cursor, LARGEST_PAGE)
    if (!answer.ok) return answer
    stops.push(...answer.value.stops)
    cursor = answer.value.next
  } while (cursor !== null)
  return { ok: true, value: stops }
}

/** Whole minutes on foot, at least one. */
export function walkMinutes(distanceM: number): number {
  return Math.max(1, Math.round(distanceM / WALK_M_PER_MINUTE))
}

export type PositionOutcome = { kind: 'found'; place: Place } | { kind: 'denied' } | { kind: 'unknown' }

/** Asks the browser where it is. Only on a person's own wish: the browser then asks that person. */
export function findPosition(): Promise<PositionOutcome> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) {
      resolve({ kind: 'unknown' })
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ kind: 'found', place: { latitude: coords.latitude, longitude: coords.longitude } }),
      (error) => resolve({ kind: error.code === error.PERMISSION_DENIED ? 'denied' : 'unknown' }),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    )
  })
}

// A place in a query is rounded to some ten metres: nobody needs to know it better.
const text = ({ latitude, longitude }: Place): string => `${latitude.toFixed(4)},${longitude.toFixed(4)}`

function paged(answer: Answer<{ items: FoundStop[]; next: string | null }>): Answer<StopPage> {
  return answer.ok ? { ok: true, value: { stops: answer.value.items, next: answer.value.next } } : answer
}
