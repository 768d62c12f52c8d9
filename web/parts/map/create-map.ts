import type * as Leaflet from 'leaflet'
import type { Info } from '../api-types.ts'
import type { Bounds, MapLine, MapSight, Position } from './map-types.ts'

export interface MapOptions {
  /** Pictures under all; null: a plain ground. */
  tiles: Info['mapTiles']
  /** What to show first; null: what `everything` reaches to. */
  sight: MapSight | null
  everything: Bounds | null
  /** Whether the wheel zooms: not on a page that is scrolled with it. */
  wheel: boolean
  still: boolean
  moved(sight: MapSight, bounds: Bounds): void
  picked(position: Position): void
}

export type DrawnMap = ReturnType<typeof createMap>

const FARTHEST_ZOOM = 19
/** So that one place alone is seen with its surroundings. */
const FIT_ZOOM = 16

/** A map of Leaflet in `element`: ground, lines, and where it looks. Places are put on it by `MapView`. */
export function createMap(L: typeof Leaflet, element: HTMLElement, options: MapOptions) {
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    scrollWheelZoom: options.wheel,
    zoomSnap: 0.5,
    minZoom: 3,
    maxZoom: FARTHEST_ZOOM,
    zoomAnimation: !options.still,
    fadeAnimation: false,
    markerZoomAnimation: !options.still,
    inertia: !options.still,
  })
  if (options.tiles === null) L.gridLayer({ className: 'map-ground', tileSize: 256 }).addTo(map)
  else
    L.tileLayer(options.tiles.url, {
      className: 'map-tiles',
      maxZoom: FARTHEST_ZOOM,
      // The pages tell nobody where they are; those who give tiles away want to know for which site.
      referrerPolicy: 'strict-origin-when-cross-origin',
    }).addTo(map)
  map.createPane('casings').classList.add('map-casings')
  const drawnLines = L.layerGroup().addTo(map)

  const sight = (): MapSight => {
    const { lat, lng } = map.getCenter()
    return { latitude: round(lat), longitude: round(lng), zoom: map.getZoom() }
  }
  const bounds = (): Bounds => {
    const box = map.getBounds()
    return { south: box.getSouth(), west: box.getWest(), north: box.getNorth(), east: box.getEast() }
  }
  map.on('moveend', () => options.moved(sight(), bounds()))
  map.on('click', ({ latlng }) => options.picked({ latitude: latlng.lat, longitude: latlng.wrap().lng }))
  if (options.sight !== null) map.setView([options.sight.latitude, options.sight.longitude], options.sight.zoom)
  else if (options.everything !== null) fit(options.everything)
  else map.setView([0, 0], 3)

  const resized = new ResizeObserver(() => map.invalidateSize({ pan: false }))
  resized.observe(element)

  function fit({ south, west, north, east }: Bounds): void {
    map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      { padding: [28, 28], maxZoom: FIT_ZOOM, animate: !options.still },
    )
  }

  return {
    map,
    fit,
    setLines(lines: readonly MapLine[]): void {
      drawnLines.clearLayers()
      const parts = lines.flatMap(({ color, ways }) =>
        ways.map((way) => ({ color, way: way.map((at) => L.latLng(...at)) })),
      )
      for (const { way } of parts)
        L.polyline(way, { pane: 'casings', className: 'map-casing', weight: 8, interactive: false }).addTo(drawnLines)
      for (const { color, way } of parts)
        L.polyline(way, {
          className: color === null ? 'map-line ink' : 'map-line',
          weight: 4,
          opacity: 1,
          interactive: false,
          ...(color === null ? {} : { color: `#${color}` }),
        }).addTo(drawnLines)
    },
    /** Moves there; zooms in to `zoom` at least. */
    show({ latitude, longitude }: Position, zoom = 0): void {
      map.setView([latitude, longitude], Math.max(map.getZoom(), zoom), { animate: !options.still })
    },
    zoom(by: number): void {
      map.setZoom(map.getZoom() + by, { animate: !options.still })
    },
    /** Metres of a pixel in the middle of the map. */
    metresPerPx(): number {
      const { x, y } = map.getSize().divideBy(2)
      return map.containerPointToLatLng([x - 50, y]).distanceTo(map.containerPointToLatLng([x + 50, y])) / 100
    },
    bounds,
    close(): void {
      resized.disconnect()
      map.remove()
    },
  }
}

/** Ten centimetres are near enough for an address. */
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** The box around all of these; null: there is nothing. */
export function boundsOf(positions: Iterable<readonly [latitude: number, longitude: number]>): Bounds | null {
  const box = { south: Infinity, west: Infinity, north: -Infinity, east: -Infinity }
  for (const [latitude, longitude] of positions) {
    box.south = Math.min(box.south, latitude)
    box.west = Math.min(box.west, longitude)
    box.north = Math.max(box.north, latitude)
    box.east = Math.max(box.east, longitude)
  }
  return box.south <= box.north ? box : null
}
