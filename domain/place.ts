import { z } from 'zod'
import { leftOut } from './left-out.ts'

export const PLACE_KINDS = ['charger', 'parking', 'stop', 'wifi', 'camera', 'air', 'building'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** A reading older than this says nothing of now. */
export const READING_LIFETIME_MS = 15 * 60_000
/** A reading from further ahead than this comes from a clock that is wrong. */
export const MAX_AHEAD_MS = 2 * 60_000

/** What a source says of a place beside the fields that all places have: `hours`, `zone`, `link`, `powerText`, as the source writes them. */
export type PlaceProperties = Record<string, string | number | boolean | null>

/** The newest reading of each quantity. */
export type LatestReadings = Record<string, { value: number; at: string }>

/** How the features of a GeoJSON source are read. What is left out is looked for under the names that Smart Burgas uses, then under common ones. */
export const placeMapping = z.strictObject({
  id: leftOut(z.string().max(100)),
  name: leftOut(z.string().max(100)),
  /** Property that names the kind, where a source mixes them. */
  kind: leftOut(z.string().max(100)),
  capacity: leftOut(z.string().max(100)),
  free: leftOut(z.string().max(100)),
  /** Property with the time of `free`. */
  time: leftOut(z.string().max(100)),
  /** A list of earlier readings inside the feature. */
  series: leftOut(z.strictObject({ list: z.string().max(100), free: z.string().max(100), time: z.string().max(100) })),
  /** Properties that are measurements: quantity → property. */
  readings: leftOut(z.record(z.string().regex(/^[a-zA-Z][\w.]{0,39}$/), z.string().max(100))),
  /** The zone of times that name none. */
  timeZone: leftOut(z.string().max(60)),
})
export type PlaceMapping = z.output<typeof placeMapping>

export interface Occupancy {
  /** null: not known now, whatever was told earlier. */
  free: number | null
  freeIsKnown: boolean
  /** Something was told, too long ago to hold. */
  old: boolean
  ageSeconds: number | null
}

/** What a free count means at `now`: a reading of more than 15 minutes, of the future or of no known time is unknown, not free. */
export function occupancyAt(reading: { free: number | null; asOf: Date | null }, now: Date): Occupancy {
  const ageMs = reading.asOf === null ? null : now.getTime() - reading.asOf.getTime()
  const believed = ageMs !== null && ageMs <= READING_LIFETIME_MS && ageMs >= -MAX_AHEAD_MS
  const free = believed ? reading.free : null
  return {
    free,
    freeIsKnown: free !== null,
    old: ageMs !== null && !believed,
    ageSeconds: ageMs === null ? null : Math.max(0, Math.round(ageMs / 1000)),
  }
}

/** Links that open a place in a map application: RFC 5870 `geo:` for phones, OpenStreetMap for browsers. */
export function placeLinks(at: { latitude: number; longitude: number; name: string }): { geo: string; map: string } {
  const position = `${at.latitude.toFixed(6)},${at.longitude.toFixed(6)}`
  const [latitude, longitude] = position.split(',')
  return {
    geo: `geo:${position}?q=${position}(${encodeURIComponent(at.name)})`,
    map: `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=18/${latitude}/${longitude}`,
  }
}
