import type { Bounds, MapSight, Position } from '../parts/map/map-types.ts'

/** A stop on the map, by the id of its board. */
export interface MapStop extends Position {
  id: string
  name: string
}

/** Stops that lie too near to each other to be told apart from so far away; one alone is a cluster of one. */
export interface StopCluster extends Position {
  /** Stays the same while the zoom does. */
  id: string
  stops: readonly MapStop[]
}

/** So many signs can be drawn, and told apart, at once. */
const MOST = 150
const CELL_PX = 72
const TILE_PX = 256

/**
 * Stops as they are drawn at this sight: each by itself while few enough are in view, else those of each square of the screen together. All are
 * told, in view or not. `sight` null: from far away.
 */
export function clusterStops(
  stops: readonly MapStop[],
  sight: { at: MapSight; bounds: Bounds } | null,
): readonly StopCluster[] {
  const inView = sight === null ? stops : stops.filter((stop) => within(stop, sight.bounds))
  if (inView.length <= MOST) return stops.map(alone)
  const zoom = Math.floor(sight?.at.zoom ?? 11)
  const cells = Map.groupBy(stops, (stop) => cellOf(stop, zoom))
  return [...cells].map(([cell, together]) => {
    const [first] = together
    if (first !== undefined && together.length === 1) return alone(first)
    return {
      id: `together ${cell}`,
      latitude: mean(together.map((stop) => stop.latitude)),
      longitude: mean(together.map((stop) => stop.longitude)),
      stops: together,
    }
  })
}

const alone = (stop: MapStop): StopCluster => ({
  id: stop.id,
  latitude: stop.latitude,
  longitude: stop.longitude,
  stops: [stop],
})

const within = ({ latitude, longitude }: Position, { south, west, north, east }: Bounds): boolean =>
  latitude >= south && latitude <= north && longitude >= west && longitude <= east

/** The square of the screen, by the projection of web maps (EPSG:3857), that a position falls into. */
function cellOf({ latitude, longitude }: Position, zoom: number): string {
  const world = TILE_PX * 2 ** zoom
  const sine = Math.sin((latitude * Math.PI) / 180)
  const x = ((longitude + 180) / 360) * world
  const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world
  return `${zoom} ${Math.floor(x / CELL_PX)} ${Math.floor(y / CELL_PX)}`
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
