import { z } from 'zod'

/** The way that a block takes, as the product's API tells it. */
export const blockPath = z.object({
  trips: z.array(
    z.object({
      kind: z.string(),
      line: z.array(z.tuple([z.number(), z.number(), z.number()])).nullable(),
      stops: z.array(
        z.object({
          latitude: z.number().nullable(),
          longitude: z.number().nullable(),
          distanceM: z.number(),
          arrivalAt: z.iso.datetime().transform(Date.parse),
          departureAt: z.iso.datetime().transform(Date.parse),
        }),
      ),
    }),
  ),
})
export type BlockPath = z.output<typeof blockPath>

/** A trip that can be driven: every stop has a place and a time. Times are scheduled, metres count from the block's start. */
export interface WayTrip {
  kind: string
  startMs: number
  endMs: number
  /** Metres driven before this trip. */
  fromM: number
  /** [latitude, longitude, metres from the trip's first stop], ascending. */
  line: readonly (readonly [number, number, number])[]
  stops: { atM: number; arrivalMs: number; departureMs: number }[]
}

/** The trips of a path in order of time; those that lack a place or a time, or overlap the one before, are left out. */
export function wayOf(path: BlockPath): WayTrip[] {
  const way: WayTrip[] = []
  let fromM = 0
  for (const { kind, line, stops } of path.trips) {
    const [first, last] = [stops[0], stops.at(-1)]
    if (first === undefined || last === undefined || stops.length < 2) continue
    const places = stops.flatMap(({ latitude, longitude, distanceM }): [number, number, number][] =>
      latitude === null || longitude === null ? [] : [[latitude, longitude, distanceM]],
    )
    const { departureAt: startMs } = first
    const { arrivalAt: endMs } = last
    if (places.length < stops.length || endMs <= startMs || startMs < (way.at(-1)?.endMs ?? 0)) continue
    way.push({
      kind,
      startMs,
      endMs,
      fromM,
      line: scaledLine(line, last.distanceM) ?? places,
      stops: stops.map((stop) => ({ atM: stop.distanceM, arrivalMs: stop.arrivalAt, departureMs: stop.departureAt })),
    })
    fromM += last.distanceM
  }
  return way
}

/** Feeds measure stops and lines apart: the line's metres are stretched to the trip's. */
function scaledLine(
  line: BlockPath['trips'][number]['line'],
  lengthM: number,
): readonly (readonly [number, number, number])[] | null {
  const drawnM = line?.at(-1)?.[2] ?? 0
  if (line === null || line.length < 2 || drawnM <= 0) return null
  return line.map(([latitude, longitude, metres]) => [latitude, longitude, (metres / drawnM) * lengthM] as const)
}

/** Where `atM` metres along the line are, and which way it goes there. */
export function placeOn(
  line: WayTrip['line'],
  atM: number,
): { latitude: number; longitude: number; headingDeg: number } | null {
  let before = line[0]
  if (before === undefined) return null
  for (const point of line.slice(1)) {
    if (point[2] >= atM || point === line.at(-1)) {
      const share = point[2] > before[2] ? Math.min(1, Math.max(0, (atM - before[2]) / (point[2] - before[2]))) : 1
      const north = point[0] - before[0]
      const east = (point[1] - before[1]) * Math.cos((point[0] * Math.PI) / 180)
      return {
        latitude: before[0] + north * share,
        longitude: before[1] + (point[1] - before[1]) * share,
        headingDeg: ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360,
      }
    }
    before = point
  }
  return { latitude: before[0], longitude: before[1], headingDeg: 0 }
}
