import type { TimedStop, TimedTrip } from '../../../scheduler/arrivals/block-calls.ts'
import { tripPath, type Place } from '../../../scheduler/arrivals/trip-path.ts'
import { seeded, type Random } from './noise.ts'
import { makeStreets, usualRunS, type CityLine, type Street } from './streets.ts'

/** A made-up city: what an operator would publish of it, and the streets that the traffic model drives on. */
export interface City {
  /** Blocks of a weekday and of the weekend: trips in seconds after the service day's start. */
  blocks: CityBlock[]
  lines: CityLine[]
  streets: ReadonlyMap<string, Street>
}

export interface CityBlock {
  blockId: string
  weekend: boolean
  trips: { tripId: string; line: number; startS: number; stopS: number[] }[]
}

const M = 1 / 111_195
const LATITUDE = 42.02

/** Lines out and back along bent streets; every second line shares the middle of its way with the one before. */
export function city(seed: number, size: { lines: number; busesALine: number; stops: number }): City {
  const random = seeded(seed * 31 + 7)
  const lines: CityLine[] = []
  for (let i = 0; i < size.lines; i += 1) {
    const out = street(random, i, size.stops, i % 2 === 1 ? lines.at(-2) : undefined)
    lines.push(out, back(out))
  }
  const streets = makeStreets(lines, seeded(seed * 977 + 3))
  const blocks: CityBlock[] = []
  for (let line = 0; line < lines.length; line += 2) {
    for (const weekend of [false, true]) {
      const out = lines[line]
      const home = lines[line + 1]
      if (out === undefined || home === undefined) continue
      const round = runS(out, streets, 12, weekend) + runS(home, streets, 12, weekend) + 2 * LAYOVER_S
      const buses = weekend ? Math.max(1, size.busesALine - 1) : size.busesALine
      for (let bus = 0; bus < buses; bus += 1) {
        const blockId = `${line / 2 + 1}-${bus + 1}${weekend ? 'w' : ''}`
        const trips: CityBlock['trips'] = []
        let atS = 5.5 * 3600 + Math.round((bus * round) / buses / 60) * 60
        for (let n = 0; atS < 22 * 3600; n += 1) {
          const way = n % 2 === 0 ? out : home
          const stopS = timetable(way, streets, atS, weekend)
          trips.push({ tripId: `${blockId}-${n}`, line: line + (n % 2), startS: atS, stopS })
          atS = (stopS.at(-1) ?? atS) + LAYOVER_S
        }
        blocks.push({ blockId, weekend, trips })
      }
    }
  }
  return { blocks, lines, streets }
}

const LAYOVER_S = 6 * 60

/**
 * What the operator's planner writes: the usual time of the time of day (early, morning peak, midday, evening peak, late) from end to end, in whole
 * minutes, shared among the stops by distance, as most timetables are.
 */
function timetable(line: CityLine, streets: City['streets'], startS: number, weekend: boolean): number[] {
  const total = runS(line, streets, startS / 3600, weekend)
  const length = line.gapsM.reduce((sum, gap) => sum + gap, 0)
  let metres = 0
  return [0, ...line.gapsM].map((gap) => {
    metres += gap
    return startS + Math.round((total * metres) / length / 60) * 60
  })
}

const PERIODS = [
  [0, 6],
  [7, 8],
  [9, 12.5],
  [16, 17.4],
  [19, 21],
] as const

function runS(line: CityLine, streets: City['streets'], hour: number, weekend: boolean): number {
  const period = PERIODS.findLast(([from]) => hour >= from) ?? PERIODS[0]
  return Math.round(usualRunS(line, streets, period[1], weekend) / 60) * 60
}

function street(random: Random, line: number, stops: number, shared: CityLine | undefined): CityLine {
  const shape: Place[] = [[LATITUDE + random.uniform(-3000, 3000) * M, 23.09 + random.uniform(-3000, 3000) * M]]
  const stopAt: number[] = [0]
  const ids = [`L${line}-0`]
  let bearing = random.uniform(0, 2 * Math.PI)
  for (let stop = 1; stop < stops; stop += 1) {
    const common = shared?.stops[stop]
    const before = shared?.stops[stop - 1]
    if (
      shared !== undefined &&
      common !== undefined &&
      before !== undefined &&
      stop > stops / 3 &&
      stop < (2 * stops) / 3
    ) {
      // Onto the street of the line before, and along it.
      const i = nearest(shared.shape, before.place)
      const j = nearest(shared.shape, common.place)
      shape.push(...shared.shape.slice(ids.at(-1) === before.stopId ? i + 1 : j, j + 1))
      ids.push(common.stopId)
    } else {
      const parts = 2 + Math.floor(random.uniform(0, 3))
      const gap = random.uniform(280, 620)
      for (let part = 0; part < parts; part += 1) {
        bearing += random.normal(0.35)
        const [latitude, longitude] = shape.at(-1) ?? [LATITUDE, 23.09]
        const step = gap / parts
        shape.push([
          latitude + step * Math.cos(bearing) * M,
          longitude + (step * Math.sin(bearing) * M) / Math.cos(LATITUDE * (Math.PI / 180)),
        ])
      }
      ids.push(`L${line}-${stop}`)
    }
    stopAt.push(shape.length - 1)
  }
  const places = stopAt.map((index) => shape[index] ?? [LATITUDE, 23.09]) as Place[]
  return {
    stops: ids.map((stopId, i) => ({ stopId, place: places[i] ?? [0, 0] })),
    shape,
    gapsM: gaps(shape, stopAt),
    timepoint: Math.floor(stops / 2),
  }
}

function back(out: CityLine): CityLine {
  const last = out.stops.length - 1
  // The other side of the street is another stop, but for the terminals.
  const stops = out.stops
    .toReversed()
    .map((stop, i) => ({ ...stop, stopId: i === 0 || i === last ? stop.stopId : `${stop.stopId}b` }))
  return { stops, shape: out.shape.toReversed(), gapsM: out.gapsM.toReversed(), timepoint: out.timepoint }
}

function nearest(shape: readonly Place[], place: Place): number {
  let best = 0
  let least = Infinity
  for (const [i, point] of shape.entries()) {
    const off = Math.hypot(point[0] - place[0], point[1] - place[1])
    if (off < least) [best, least] = [i, off]
  }
  return best
}

function gaps(shape: readonly Place[], stopAt: readonly number[]): number[] {
  return stopAt.slice(1).map((to, n) => {
    let metres = 0
    for (let i = (stopAt[n] ?? 0) + 1; i <= to; i += 1) {
      const a = shape[i - 1] ?? [0, 0]
      const b = shape[i] ?? [0, 0]
      metres += Math.hypot(b[0] - a[0], (b[1] - a[1]) * Math.cos(LATITUDE * (Math.PI / 180))) / M
    }
    return Math.max(1, metres)
  })
}

/** The published trips of a block on a day, as the engine gets them. */
export function timedTrips(all: City, block: CityBlock, dayStartMs: number): TimedTrip[] {
  return block.trips.flatMap((trip) => {
    const line = all.lines[trip.line]
    if (line === undefined) return []
    const stops = line.stops.map(({ stopId }, i): TimedStop => {
      const atMs = dayStartMs + (trip.stopS[i] ?? 0) * 1000
      const timepoint = i === 0 || i === line.timepoint || i === line.stops.length - 1
      return { sequence: i + 1, stopId, arrivalMs: atMs, departureMs: atMs, timepoint }
    })
    const first = stops[0]
    const last = stops.at(-1)
    if (first === undefined || last === undefined) return []
    return [
      {
        tripId: trip.tripId,
        startMs: first.departureMs,
        endMs: last.arrivalMs,
        startStopId: first.stopId,
        endStopId: last.stopId,
        stops,
        path: tripPath(
          line.shape,
          line.stops.map((stop) => stop.place),
        ),
      },
    ]
  })
}
