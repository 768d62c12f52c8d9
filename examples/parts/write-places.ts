import { mkdirSync, writeFileSync } from 'node:fs'

/** One file of what a city's portal publishes. */
export interface PlaceSource {
  id: string
  name: string
  kind: string
  rows: readonly PlaceRow[]
}

export type PlaceRow = readonly [
  id: string,
  name: string,
  latitude: number,
  longitude: number,
  properties: Record<string, unknown>,
]

/** Writes one GeoJSON file a source, in the shape that Smart Burgas uses (all values strings). */
export function writePlaces(folder: string, sources: readonly PlaceSource[]): void {
  mkdirSync(folder, { recursive: true })
  for (const { rows, ...source } of sources) {
    const features = rows.map(([id, name, latitude, longitude, properties]) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
      properties: { id, name, ...properties },
    }))
    const document = { type: 'FeatureCollection', source: { ...source, licence: 'CC0-1.0' }, features }
    writeFileSync(`${folder}/${source.id}.geojson`, `${JSON.stringify(document, null, 2)}\n`)
  }
}
