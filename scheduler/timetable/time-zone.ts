import { greatCircleM } from '../../domain/great-circle.ts'

/** Zones named by an old abbreviation, and the places that keep that time. Where several do, the one nearest to the feed's stops is meant. */
const PLACES: Record<string, [zone: string, latitude: number, longitude: number][]> = {
  EET: [
    ['Europe/Sofia', 42.7, 25.0],
    ['Europe/Sofia', 43.6, 25.8],
    ['Europe/Athens', 38.8, 22.6],
    ['Europe/Bucharest', 45.6, 25.3],
    ['Europe/Bucharest', 44.4, 26.1],
    ['Europe/Kyiv', 49.0, 31.4],
    ['Europe/Kyiv', 46.6, 31.5],
    ['Europe/Kyiv', 49.5, 25.0],
    ['Europe/Chisinau', 47.1, 28.6],
    ['Europe/Vilnius', 55.2, 23.9],
    ['Europe/Riga', 56.9, 24.9],
    ['Europe/Tallinn', 58.7, 25.5],
    ['Europe/Helsinki', 63.2, 26.3],
    ['Asia/Nicosia', 35.0, 33.2],
  ],
  CET: [
    ['Europe/Berlin', 51.1, 10.4],
    ['Europe/Paris', 46.6, 2.4],
    ['Europe/Madrid', 40.3, -3.6],
    ['Europe/Rome', 42.8, 12.5],
    ['Europe/Vienna', 47.6, 14.1],
    ['Europe/Zurich', 46.8, 8.2],
    ['Europe/Brussels', 50.6, 4.7],
    ['Europe/Amsterdam', 52.2, 5.5],
    ['Europe/Warsaw', 52.1, 19.4],
    ['Europe/Prague', 49.8, 15.5],
    ['Europe/Budapest', 47.2, 19.4],
    ['Europe/Belgrade', 44.2, 20.8],
    ['Europe/Zagreb', 45.1, 16.0],
    ['Europe/Skopje', 41.6, 21.7],
    ['Europe/Stockholm', 60.1, 16.6],
    ['Europe/Oslo', 61.0, 9.5],
    ['Europe/Copenhagen', 56.0, 10.0],
  ],
  WET: [['Europe/Lisbon', 39.6, -8.0]],
  EST5EDT: [['America/New_York', 41.0, -77.0]],
  CST6CDT: [['America/Chicago', 39.0, -92.0]],
  MST7MDT: [['America/Denver', 40.0, -106.0]],
  PST8PDT: [['America/Los_Angeles', 40.0, -120.0]],
}
const ALIASES: Record<string, string> = { EEST: 'EET', CEST: 'CET', MET: 'CET', WEST: 'WET' }

/**
 * The IANA zone that a feed means, which is a place and not an offset: `Europe/Sofia` for `EET` in Bulgaria. null when it cannot be told
 * (`EST`, `UTC+2`: nobody knows whether the clocks change).
 */
export function ianaZone(name: string, stops: readonly (readonly [number, number])[]): string | null {
  const abbreviation = name.toUpperCase()
  const places = PLACES[ALIASES[abbreviation] ?? abbreviation]
  if (places !== undefined) return nearest(places, stops)
  if (!name.includes('/') && !['UTC', 'GMT'].includes(abbreviation)) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

function nearest(
  places: readonly [zone: string, latitude: number, longitude: number][],
  stops: readonly (readonly [number, number])[],
): string | null {
  if (places.length > 1 && stops.length === 0) return null
  const middle = [median(stops.map((stop) => stop[0])), median(stops.map((stop) => stop[1]))] as const
  const ranked = places.toSorted(
    (a, b) => greatCircleM(a[1], a[2], middle[0], middle[1]) - greatCircleM(b[1], b[2], middle[0], middle[1]),
  )
  return ranked[0]?.[0] ?? null
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
