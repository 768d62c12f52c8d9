import 'leaflet/dist/leaflet.css'

/** Leaflet with its style, as one part that a page fetches when it shows a map and not before: `await import('./leaflet.ts')`. */
export * as L from 'leaflet'
