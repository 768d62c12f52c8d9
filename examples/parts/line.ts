/** A stop with its name in Bulgarian and in English. */
export interface Stop {
  id: string
  bg: string
  en: string
  latitude: number
  longitude: number
  /** Its times are kept; at the ends of a trip they always are. */
  timepoint?: true
}

/** A stop on a line's way out; `via` are bends of the street before it. */
export type StopOnWay = Stop & { via?: readonly [number, number][] }

interface Shape {
  id: string
  points: { place: readonly [number, number]; metres: number }[]
  /** Metres at each stop. */
  stops: number[]
}

interface Direction {
  stops: readonly Stop[]
  shape: Shape
  headsign: string
}

/** A line that goes out and comes back the same way. */
export interface Line {
  routeId: string
  bg: string
  en: string
  /** RRGGBB. */
  color: string
  tripMinutes: number
  out: Direction
  back: Direction
}

export interface LineSketch extends Pick<Line, 'routeId' | 'bg' | 'en' | 'color' | 'tripMinutes'> {
  /** From the terminus that is nearer to the depot. */
  outward: readonly StopOnWay[]
  /** What the way back is headed for and the way out. */
  headsigns: { out: string; back: string }
}

/** Streets are longer than the straight pieces between the points given. */
const BENDS = 1.02

/** Lays the way back beside the way out: its stops lie on the other side of the street and have the next number. */
export function lineOf({ outward, headsigns, ...line }: LineSketch): Line {
  const backward = outward.toReversed()
  const stopsBack = backward.map((stop): Stop => ({
    id: String(Number(stop.id) + 1),
    bg: stop.bg,
    en: stop.en,
    latitude: round(stop.latitude + 0.00012, 5),
    longitude: round(stop.longitude - 0.00016, 5),
    ...(stop.timepoint === undefined ? {} : { timepoint: stop.timepoint }),
  }))
  const wayOut = outward.flatMap((stop) => [...bends(stop), at(stop)])
  const wayBack = stopsBack.flatMap((stop, i) => [at(stop), ...bends(backward[i]).toReversed()])
  return {
    ...line,
    out: { stops: outward, shape: shapeOf(`${line.routeId}-out`, wayOut), headsign: headsigns.out },
    back: { stops: stopsBack, shape: shapeOf(`${line.routeId}-back`, wayBack), headsign: headsigns.back },
  }
}

interface PointOnWay {
  place: readonly [number, number]
  stop: boolean
}

function at(stop: Stop): PointOnWay {
  return { place: [stop.latitude, stop.longitude], stop: true }
}

function bends(stop: StopOnWay | undefined): PointOnWay[] {
  return (stop?.via ?? []).map((place) => ({ place, stop: false }))
}

function shapeOf(id: string, places: readonly PointOnWay[]): Shape {
  let metres = 0
  let before: readonly [number, number] | undefined
  const stops: number[] = []
  const points = places.map(({ place, stop }) => {
    if (before !== undefined) metres += metresBetween(before, place) * BENDS
    before = place
    if (stop) stops.push(Math.round(metres))
    return { place, metres: Math.round(metres) }
  })
  return { id, points, stops }
}

/** As the crow flies. */
export function metresBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const x = (b[1] - a[1]) * Math.cos((a[0] * Math.PI) / 180)
  return Math.hypot(b[0] - a[0], x) * 111_195
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
