import type { Place } from '../../../scheduler/arrivals/trip-path.ts'
import type { Random } from './noise.ts'

/** One direction of a line. */
export interface CityLine {
  stops: { stopId: string; place: Place }[]
  shape: Place[]
  /** Metres between neighbouring stops along the shape. */
  gapsM: number[]
  /** Index of a stop in the middle where buses that are early wait. */
  timepoint: number
}

/** What one way between two stops is like. */
export interface Street {
  /** Free flow, m/s. */
  speed: number
  morning: number
  evening: number
  midday: number
  /** Seconds of red; 0: no signal. */
  signal: number
  /** Median seconds at the stop at its end. */
  boarding: number
}

/** Each way between two neighbouring stops of the lines with a character of its own. */
export function makeStreets(lines: readonly CityLine[], random: Random): Map<string, Street> {
  const streets = new Map<string, Street>()
  for (const line of lines) {
    for (let i = 1; i < line.stops.length; i += 1) {
      const key = streetKey(line, i)
      if (streets.has(key)) continue
      streets.set(key, {
        speed: random.uniform(7, 11),
        morning: Math.max(0, random.uniform(-0.1, 0.7)),
        evening: Math.max(0, random.uniform(-0.1, 0.9)),
        midday: random.uniform(0, 0.25),
        signal: random.chance(0.55) ? random.uniform(20, 55) : 0,
        boarding: random.lognormal(11, 0.5),
      })
    }
  }
  return streets
}

export function streetKey(line: CityLine, stop: number): string {
  return `${line.stops[stop - 1]?.stopId} ${line.stops[stop]?.stopId}`
}

/** What traffic adds to the free flow at an hour, as a share of it. */
export function congestion(street: Street, hour: number, weekend: boolean): number {
  const bump = (middle: number, width: number): number => Math.exp(-(((hour - middle) / width) ** 2))
  if (weekend) return street.midday * (0.6 + 0.8 * bump(13, 3))
  return street.morning * bump(8, 1.1) + street.evening * bump(17.4, 1.5) + street.midday * bump(13, 4)
}

/** How many get on and off, as a share of the day's usual. */
export function crowd(hour: number, weekend: boolean): number {
  const bump = (middle: number, width: number): number => Math.exp(-(((hour - middle) / width) ** 2))
  return 0.7 + (weekend ? 0.2 : 0.7 * bump(8, 1.5) + 0.7 * bump(17.5, 2))
}

/** Seconds that an ordinary bus takes from end to end at an hour: what an operator's planner knows from counting. */
export function usualRunS(
  line: CityLine,
  streets: ReadonlyMap<string, Street>,
  hour: number,
  weekend: boolean,
): number {
  let seconds = 0
  for (let i = 1; i < line.stops.length; i += 1) {
    const street = streets.get(streetKey(line, i))
    if (street === undefined) continue
    seconds += ((line.gapsM[i - 1] ?? 0) / street.speed) * (1 + congestion(street, hour, weekend)) + street.signal / 4
    if (i < line.stops.length - 1) seconds += 1.02 * street.boarding * crowd(hour, weekend)
  }
  return seconds
}
