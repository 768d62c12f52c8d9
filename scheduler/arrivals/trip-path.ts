import { METRES_PER_DEGREE } from '../../domain/great-circle.ts'

/** The way of a trip on the ground: a line with metres from its start, and where its stops lie on it. */
export interface TripPath {
  latitudes: Float64Array
  longitudes: Float64Array
  /** Metres from the start at each point, never falling. */
  metres: Float64Array
  /** Metres from the start at each stop of the trip, never falling. */
  stopM: number[]
  lengthM: number
  /** The line is drawn from stop to stop, so buses may be further off it. */
  straight: boolean
}

export type Place = readonly [latitude: number, longitude: number]

const RADIANS = Math.PI / 180
/** A stop further from the shape than this is not on it. */
const STOP_OFF_M = 150

/**
 * The way of a trip along its shape, or from stop to stop where it has none or the shape does not pass the stops in their order. A shape may pass
 * a stop several times (a loop, out and back the same street): the stops' places are chosen together, ascending, nearest in sum. null without
 * the coordinates of every stop.
 */
export function tripPath(
  shape: readonly (readonly [latitude: number, longitude: number, ...rest: number[]])[] | null,
  stops: readonly (Place | null)[],
): TripPath | null {
  const places = stops.filter((place) => place !== null)
  if (places.length !== stops.length || places.length < 2) return null
  if (shape !== null && shape.length > 1) {
    const line = measured(shape)
    const stopM = placesOnLine(line, places)
    if (stopM !== null) return { ...line, stopM, straight: false }
  }
  const line = measured(places)
  return { ...line, stopM: [...line.metres], straight: true }
}

function measured(points: readonly (readonly [number, number, ...number[]])[]) {
  const latitudes = Float64Array.from(points, (point) => point[0])
  const longitudes = Float64Array.from(points, (point) => point[1])
  const metres = new Float64Array(points.length)
  for (let i = 1; i < points.length; i += 1) {
    const latitude = latitudes[i] ?? 0
    const y = (latitude - (latitudes[i - 1] ?? 0)) * METRES_PER_DEGREE
    const x = ((longitudes[i] ?? 0) - (longitudes[i - 1] ?? 0)) * METRES_PER_DEGREE * Math.cos(latitude * RADIANS)
    metres[i] = (metres[i - 1] ?? 0) + Math.hypot(x, y)
  }
  return { latitudes, longitudes, metres, lengthM: metres.at(-1) ?? 0 }
}

export interface Projection {
  /** Metres from the line's start. */
  alongM: number
  /** Metres from the line. */
  offM: number
}

/** Every pass of the line within `withinM` metres of a place: the nearest point of each, ascending along the line. */
export function passesNear(
  line: Pick<TripPath, 'latitudes' | 'longitudes' | 'metres'>,
  latitude: number,
  longitude: number,
  withinM: number,
): Projection[] {
  const { latitudes, longitudes, metres } = line
  const scale = METRES_PER_DEGREE * Math.cos(latitude * RADIANS)
  const passes: Projection[] = []
  let best: Projection | null = null
  let ax = ((longitudes[0] ?? 0) - longitude) * scale
  let ay = ((latitudes[0] ?? 0) - latitude) * METRES_PER_DEGREE
  for (let i = 1; i < metres.length; i += 1) {
    const bx = ((longitudes[i] ?? 0) - longitude) * scale
    const by = ((latitudes[i] ?? 0) - latitude) * METRES_PER_DEGREE
    const dx = bx - ax
    const dy = by - ay
    const squared = dx * dx + dy * dy
    const share = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared))
    const offM = Math.hypot(ax + share * dx, ay + share * dy)
    if (offM <= withinM) {
      const start = metres[i - 1] ?? 0
      const alongM = start + share * ((metres[i] ?? 0) - start)
      // Where the line stays near for long (out and back the same street) each stretch of twice the width counts as a pass.
      if (best !== null && alongM - best.alongM > 2 * withinM) {
        passes.push(best)
        best = null
      }
      if (best === null || offM < best.offM) best = { alongM, offM }
    } else if (best !== null) {
      passes.push(best)
      best = null
    }
    ax = bx
    ay = by
  }
  if (best !== null) passes.push(best)
  return passes
}

/** Ascending places of the stops on a line with the least sum of squared distances; null when there are none. */
function placesOnLine(line: Omit<TripPath, 'stopM' | 'straight'>, stops: readonly Place[]): number[] | null {
  let reached: { cost: number; alongM: number; before: number }[] = [{ cost: 0, alongM: 0, before: -1 }]
  const layers = [reached]
  for (const [latitude, longitude] of stops) {
    const passes = passesNear(line, latitude, longitude, STOP_OFF_M)
    const next: typeof reached = []
    for (const { alongM, offM } of passes) {
      let best: { cost: number; alongM: number; before: number } | null = null
      for (const [before, one] of reached.entries()) {
        const cost = one.cost + offM * offM
        if (one.alongM <= alongM + 1 && (best === null || cost < best.cost)) best = { cost, alongM, before }
      }
      if (best !== null) next.push(best)
    }
    if (next.length === 0) return null
    reached = next
    layers.push(next)
  }
  let at = reached.reduce((least, one, i) => (one.cost < (reached[least]?.cost ?? Infinity) ? i : least), 0)
  const places: number[] = []
  for (let layer = layers.length - 1; layer > 0; layer -= 1) {
    const one = layers[layer]?.[at]
    if (one === undefined) return null
    places.push(one.alongM)
    at = one.before
  }
  places.reverse()
  for (let i = 1; i < places.length; i += 1) places[i] = Math.max(places[i] ?? 0, places[i - 1] ?? 0)
  return places
}
