import { placeOn } from './block-path.ts'
import type { WayTrip } from './block-path.ts'
import { bellShaped, between, seededRandom } from './random.ts'

const MINUTE_MS = 60_000
/** A driver takes this at a terminus also when late. */
const SHORTEST_BREAK_MS = 2 * MINUTE_MS
/** However late, no trip is driven in less than this share of its time. */
const FASTEST = 0.8
const DWELL_MS = [12_000, 30_000] as const

/** How one block is really driven: which scheduled moment the bus is at, at which real one. */
export interface Course {
  way: readonly WayTrip[]
  /** Real and scheduled milliseconds at each trip's start and end, ascending in both. */
  knots: { realMs: number; scheduledMs: number }[]
  seedKeys: readonly (string | number)[]
}

export interface BusPosition {
  latitude: number
  longitude: number
  headingDeg: number
  speedKmh: number
  /** Since the pull-out. */
  drivenM: number
  /** Real less scheduled. */
  lateMs: number
  doorsOpen: boolean
  /** On a trip that carries passengers: how far through it the bus is, 0 to 1; otherwise null. */
  tripShare: number | null
}

/**
 * How a block turns out between pull-out and pull-in: each trip gains or loses some minutes by chance, a layover's slack takes lateness
 * away, and the last trip ends at `arriveMs` whatever came before. null when nothing of the way is known.
 */
export function courseOf(
  way: readonly WayTrip[],
  { departedMs, arriveMs, keys }: { departedMs: number; arriveMs: number; keys: readonly (string | number)[] },
): Course | null {
  const [first, last] = [way[0], way.at(-1)]
  if (first === undefined || last === undefined || arriveMs <= departedMs) return null
  const random = seededRandom(...keys, 'course')
  const knots: Course['knots'] = []
  let lateMs = Math.max(0, departedMs - first.startMs)
  let endedMs = Number.NEGATIVE_INFINITY
  for (const trip of way) {
    const slackMs = trip.startMs - endedMs
    if (Number.isFinite(slackMs)) lateMs = Math.max(0, lateMs - Math.max(0, slackMs - SHORTEST_BREAK_MS))
    knots.push({ realMs: trip.startMs + lateMs, scheduledMs: trip.startMs })
    const lengthMs = trip.endMs - trip.startMs
    const changeMs = (0.4 + bellShaped(random)) * Math.min(MINUTE_MS, 0.1 * lengthMs)
    lateMs = Math.max(-MINUTE_MS, lateMs + changeMs)
    endedMs = trip.endMs
    knots.push({ realMs: trip.endMs + lateMs, scheduledMs: trip.endMs })
  }
  return { way, knots: fitted(knots, way, { departedMs, arriveMs }), seedKeys: keys }
}

/** The same knots, ascending from `departedMs` to `arriveMs`; those between give way so far that no trip is driven too fast, if that can be. */
function fitted(
  knots: Course['knots'],
  way: readonly WayTrip[],
  { departedMs, arriveMs }: { departedMs: number; arriveMs: number },
): Course['knots'] {
  const result = knots.map((knot) => ({ ...knot }))
  let latestMs = arriveMs
  for (let i = result.length - 1; i >= 0; i -= 1) {
    const knot = result[i]
    if (knot === undefined) continue
    knot.realMs = i === result.length - 1 ? arriveMs : Math.min(knot.realMs, latestMs)
    const trip = way[(i - 1) / 2]
    latestMs = i % 2 === 1 && trip !== undefined ? knot.realMs - FASTEST * (trip.endMs - trip.startMs) : knot.realMs
  }
  let earliestMs = departedMs
  for (const knot of result) {
    knot.realMs = Math.max(knot.realMs, earliestMs)
    earliestMs = knot.realMs
  }
  return result
}

/** Where the bus is at `nowMs`, held up by `heldMs` in all. Before the pull-out it stands at the start, after the pull-in at the end. */
export function positionAt(course: Course, nowMs: number, heldMs: number): BusPosition | null {
  const scheduledMs = scheduledAt(course, nowMs - heldMs)
  const trip = course.way.findLast((one) => one.startMs <= scheduledMs) ?? course.way[0]
  if (trip === undefined) return null
  const onTrip = scheduledMs >= trip.startMs && scheduledMs < trip.endMs
  const { atM, speedKmh, doorsOpen } = alongTrip(course, trip, scheduledMs)
  const place = placeOn(trip.line, atM)
  if (place === null) return null
  return {
    ...place,
    speedKmh,
    drivenM: trip.fromM + atM,
    lateMs: nowMs - scheduledMs,
    doorsOpen: doorsOpen && trip.kind === 'revenue',
    tripShare: trip.kind === 'revenue' && onTrip ? (scheduledMs - trip.startMs) / (trip.endMs - trip.startMs) : null,
  }
}

function scheduledAt({ knots }: Course, realMs: number): number {
  let before = knots[0]
  if (before === undefined) return realMs
  if (realMs <= before.realMs) return before.scheduledMs
  for (const knot of knots) {
    if (realMs < knot.realMs) {
      const share = (realMs - before.realMs) / (knot.realMs - before.realMs)
      return before.scheduledMs + share * (knot.scheduledMs - before.scheduledMs)
    }
    before = knot
  }
  return before.scheduledMs
}

/** Between two stops a bus first lets people on, then moves off, runs, and slows down. */
function alongTrip(
  course: Course,
  trip: WayTrip,
  scheduledMs: number,
): { atM: number; speedKmh: number; doorsOpen: boolean } {
  const still = (atM: number) => ({ atM, speedKmh: 0, doorsOpen: true })
  const index = trip.stops.findLastIndex((stop) => stop.arrivalMs <= scheduledMs)
  const [from, to] = [trip.stops[index], trip.stops[index + 1]]
  if (from === undefined) return still(trip.stops[0]?.atM ?? 0)
  if (to === undefined) return still(from.atM)
  const legMs = to.arrivalMs - from.departureMs
  const random = seededRandom(...course.seedKeys, trip.startMs, index)
  // Where the timetable gives a stop no time of its own, the stop takes it from the way.
  const dwellMs = from.departureMs > from.arrivalMs ? 0 : Math.min(between(random, ...DWELL_MS), 0.4 * legMs)
  const movingMs = legMs - dwellMs
  const goneMs = scheduledMs - from.departureMs - dwellMs
  if (goneMs <= 0 || movingMs <= 0) return still(from.atM)
  const share = Math.min(1, goneMs / movingMs)
  const wayM = to.atM - from.atM
  return {
    atM: from.atM + wayM * share * share * (3 - 2 * share),
    speedKmh: (wayM / movingMs) * 6 * share * (1 - share) * 3_600,
    doorsOpen: false,
  }
}
