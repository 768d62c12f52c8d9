import type { TripPath } from './trip-path.ts'

/** One stop of one trip of a block, in the order of driving. Instants in milliseconds. */
export interface Call {
  tripId: string
  /** Position of its trip in the block. */
  trip: number
  sequence: number
  stopId: string
  arrivalMs: number
  departureMs: number
  /** Metres along the trip's path; the same unit as positions that are matched to it. */
  alongM: number
  first: boolean
  last: boolean
  /** A bus that is early waits here for its departure. */
  holds: boolean
}

/** One trip of a block on one service day. */
export interface CallTrip {
  tripId: string
  startMs: number
  endMs: number
  /** Index of its first call in `calls`, and one past its last. */
  from: number
  to: number
  /** null: its stops have no coordinates, or its calls were not read (it is far off); nothing can be matched to it. */
  path: TripPath | null
}

/** A block as the arrivals engine sees it: its trips in order, every one with at least a first and a last call. */
export interface BlockCalls {
  blockId: string
  date: string
  feedId: string
  /** GTFS time zero of the service day: hours after it are local hours. */
  dayStartMs: number
  /** 0 weekday, 1 Saturday, 2 Sunday. */
  dayKind: number
  trips: CallTrip[]
  calls: Call[]
}

/** A place on a block: metres along one of its trips. */
export interface BlockPlace {
  trip: number
  alongM: number
}

/** A trip's timetable on its service day, before it is put into a block. */
export interface TimedTrip {
  tripId: string
  startMs: number
  endMs: number
  startStopId: string
  endStopId: string
  /** null: not read; the trip then has two calls, its start and its end. */
  stops: readonly TimedStop[] | null
  path: TripPath | null
}

export interface TimedStop {
  sequence: number
  stopId: string
  arrivalMs: number
  departureMs: number
  timepoint: boolean
}

/** A planned wait at least this long is a place to wait at, whatever the feed says of timepoints. */
const PLANNED_WAIT_MS = 60_000
/** Sequence of the two calls of a trip whose stops were not read. */
export const UNREAD = -1

/**
 * Joins trips, ascending in time, into a block. Buses wait for their time at the first stop of each trip, at planned waits, and at timepoints. In a
 * feed that does not tell timepoints from other stops every stop reads as one (GTFS `timepoint` empty means exact); then they do not
 * count, because buses do run early between the ends of such lines.
 */
export function blockCalls(
  block: Pick<BlockCalls, 'blockId' | 'date' | 'feedId' | 'dayStartMs' | 'dayKind'>,
  trips: readonly TimedTrip[],
): BlockCalls {
  const calls: Call[] = []
  const joined = trips.map((trip, index): CallTrip => {
    const from = calls.length
    const usable = trip.stops !== null && trip.stops.length > 1
    const stops = usable && trip.stops !== null ? trip.stops : endsOf(trip)
    const told = stops.slice(1, -1).some((stop) => !stop.timepoint)
    for (const [i, stop] of stops.entries()) {
      calls.push({
        tripId: trip.tripId,
        trip: index,
        sequence: stop.sequence,
        stopId: stop.stopId,
        arrivalMs: stop.arrivalMs,
        departureMs: Math.max(stop.arrivalMs, stop.departureMs),
        alongM: trip.path?.stopM[i] ?? i,
        first: i === 0,
        last: i === stops.length - 1,
        holds:
          i === 0 ||
          (i < stops.length - 1 && ((told && stop.timepoint) || stop.departureMs - stop.arrivalMs >= PLANNED_WAIT_MS)),
      })
    }
    const path = usable && trip.path?.stopM.length === stops.length ? trip.path : null
    return { tripId: trip.tripId, startMs: trip.startMs, endMs: trip.endMs, from, to: calls.length, path }
  })
  return { ...block, trips: joined, calls }
}

function endsOf(trip: TimedTrip): TimedStop[] {
  return [
    { sequence: UNREAD, stopId: trip.startStopId, arrivalMs: trip.startMs, departureMs: trip.startMs, timepoint: true },
    { sequence: UNREAD, stopId: trip.endStopId, arrivalMs: trip.endMs, departureMs: trip.endMs, timepoint: true },
  ]
}
