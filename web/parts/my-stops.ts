/** A stop as this browser remembers it; `id` is what stands in its board's address. */
export interface MyStop {
  id: string
  name: string
}

const FAVOURITES = 'zaryad.stops.favourites'
const RECENT = 'zaryad.stops.recent'
const MOST_RECENT = 6
const MOST_FAVOURITES = 50

export const favouriteStops = (): MyStop[] => read(FAVOURITES)
export const recentStops = (): MyStop[] => read(RECENT)

export function rememberStop(stop: MyStop): void {
  write(RECENT, [stop, ...recentStops().filter((one) => one.id !== stop.id)].slice(0, MOST_RECENT))
}

export function forgetRecentStops(): void {
  write(RECENT, [])
}

/** Puts a stop among the favourites, or takes it from there; returns them as they are then. */
export function toggleFavourite(stop: MyStop): MyStop[] {
  const before = favouriteStops()
  const others = before.filter((one) => one.id !== stop.id)
  const after = others.length < before.length ? others : [...others, stop].slice(-MOST_FAVOURITES)
  write(FAVOURITES, after)
  return after
}

function read(key: string): MyStop[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(value) ? value.filter(isStop) : []
  } catch {
    return []
  }
}

function write(key: string, stops: readonly MyStop[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(stops))
  } catch {
    // Storage may be forbidden: then nothing is remembered.
  }
}

function isStop(value: unknown): value is MyStop {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'name' in value &&
    typeof value.name === 'string'
  )
}
