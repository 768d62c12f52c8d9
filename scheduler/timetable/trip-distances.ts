import { greatCircleM } from '../../domain/great-circle.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { DistanceSource } from '../../domain/timetable.ts'
import type { Findings } from './feed-report.ts'
import { lengthBetweenM, type MeasuredLine } from './geometry.ts'
import type { RawStopTime } from './stop-times.ts'

export type Place = readonly [latitude: number, longitude: number]

/** How much longer a bus's way is than the straight lines between its stops, where nothing better is known. */
const DETOUR = 1.3
/** Mean speed of a city bus, stops included, for trips between places without coordinates. */
const CITY_BUS_M_PER_S = 16_000 / 3600

/** What is known of one trip's way before the feed's unit is. */
export interface TripWay {
  tripId: string
  stops: number
  /** shape_dist_traveled from the first stop to each, in the feed's unit; null: not given at each stop, or it goes back. */
  given: number[] | null
  /** Straight lines from stop to stop, in metres, from the first stop to each; null: a stop has no coordinates. */
  straight: number[] | null
}

export function tripWay(
  tripId: string,
  stops: readonly RawStopTime[],
  places: ReadonlyMap<string, Place>,
  findings: Findings,
): TripWay {
  const start = stops[0]?.distance ?? Number.NaN
  let given: number[] | null = stops.map((stop) => stop.distance - start)
  if (given.some(Number.isNaN)) given = null
  const back = given?.findIndex((metres, i) => i > 0 && metres < (given?.[i - 1] ?? 0)) ?? -1
  if (back >= 0) {
    const message = say('distanceGoesBack')
    findings.warning('stop_times.txt', 'distanceGoesBack', message, stops[back]?.line ?? null, tripId)
    given = null
  }
  let metres = 0
  let before: Place | undefined
  const straight: number[] = []
  for (const stop of stops) {
    const place = places.get(stop.stop)
    if (place === undefined) return { tripId, stops: stops.length, given, straight: null }
    if (before !== undefined) metres += greatCircleM(before[0], before[1], place[0], place[1])
    straight.push(metres)
    before = place
  }
  return { tripId, stops: stops.length, given, straight }
}

const UNITS = [
  { metres: 1 },
  { name: 'unit_kilometres', metres: 1000 },
  { name: 'unit_feet', metres: 0.3048 },
  { name: 'unit_miles', metres: 1609.344 },
] as const
/** Median way of a bus over the straight line from stop to stop: stops are near each other, so this is little above 1. */
const TYPICAL_DETOUR = 1.08

/**
 * Metres in the feed's unit of shape_dist_traveled, found by comparing with the geometry, since the standard leaves the unit open and
 * many feeds do not use metres. null when no unit fits; reported unless it is metres.
 */
export function distanceUnitM(ways: readonly TripWay[], findings: Findings): number | null {
  const ratios = ways
    .flatMap(({ given, straight }) => {
      const span = given?.at(-1)
      const way = straight?.at(-1)
      return span === undefined || way === undefined || span <= 0 || way < 200 ? [] : [span / way]
    })
    .sort((a, b) => a - b)
  const median = ratios[Math.floor(ratios.length / 2)]
  // Without any coordinates to compare with, the only sane reading is metres.
  if (median === undefined) return ways.some((way) => way.given !== null) ? 1 : null
  const off = (metres: number): number => Math.abs(Math.log((median * metres) / TYPICAL_DETOUR))
  const best = UNITS.toSorted((a, b) => off(a.metres) - off(b.metres))[0]
  const compared = say('perStraightMetre', { ratio: median.toPrecision(3) })
  if (best === undefined || off(best.metres) > Math.log(1.6)) {
    const message = say('distanceUnitUnknown')
    findings.warning('stop_times.txt', 'distanceUnitUnknown', message, null, compared)
    return null
  }
  if ('name' in best) {
    const message = say('distanceUnit', { unit: say(best.name) })
    findings.warning('stop_times.txt', 'distanceUnit', message, null, compared)
  }
  return best.metres
}

export interface TripDistance {
  source: DistanceSource
  /** Whole metres from the first stop to each. */
  metres: number[]
}

/** The way of one trip in metres, from the best source that holds: shape_dist_traveled, the shape, straight lines × 1.3, or the time it takes. */
export function tripDistance(
  way: TripWay,
  options: {
    unitM: number | null
    shape: MeasuredLine | undefined
    ends: readonly [Place | undefined, Place | undefined]
    seconds: number
    operational: boolean
  },
  findings: Findings,
): TripDistance {
  const { unitM, shape, ends } = options
  const straightM = way.straight?.at(-1) ?? null
  const givenM = way.given === null || unitM === null ? null : (way.given.at(-1) ?? 0) * unitM
  if (way.given !== null && unitM !== null && givenM !== null) {
    // A bus cannot drive less than the straight line; ten times as much is a slip of the pen.
    if (straightM === null || (givenM >= straightM * 0.9 - 50 && givenM <= straightM * 10 + 2000)) {
      const metres = way.given.map((value) => Math.round(value * unitM))
      return { source: options.operational ? 'tods' : 'shape_dist', metres }
    }
    const detail = against(way.tripId, givenM, straightM)
    const message = say('distanceImplausible')
    findings.warning('stop_times.txt', 'distanceImplausible', message, null, detail)
  }
  const [from, to] = ends
  if (shape !== undefined && shape.length > 1 && from !== undefined && to !== undefined && straightM !== null) {
    const length = lengthBetweenM(shape, from, to)
    if (length >= straightM * 0.9 - 50) return { source: 'shape', metres: scaled(way.straight ?? [], length) }
    const detail = against(way.tripId, length, straightM)
    const message = say('shapeImplausible')
    findings.warning('shapes.txt', 'shapeImplausible', message, null, detail)
  }
  if (way.straight !== null && straightM !== null) {
    return { source: 'stops', metres: scaled(way.straight, straightM * DETOUR) }
  }
  const metres = Math.round(options.seconds * CITY_BUS_M_PER_S)
  findings.warning('stops.txt', 'distanceFromTime', say('distanceFromTime'), null, way.tripId)
  const evenly = Array.from({ length: way.stops }, (_, i) => Math.round((metres * i) / (way.stops - 1)))
  return { source: 'time', metres: evenly }
}

function against(trip: string, metres: number, straight: number): Sentence {
  return say('metresAgainst', { trip, metres: Math.round(metres), straight: Math.round(straight) })
}

function scaled(along: readonly number[], lengthM: number): number[] {
  const total = along.at(-1) ?? 0
  return along.map((value, i) =>
    total > 0 ? Math.round((value / total) * lengthM) : i === along.length - 1 ? Math.round(lengthM) : 0,
  )
}
