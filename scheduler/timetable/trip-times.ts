import { say } from '../../domain/sentences/sentence.ts'
import type { Findings } from './feed-report.ts'
import { formatTime } from './gtfs-values.ts'
import type { RawStopTime } from './stop-times.ts'

/** A stop time whose times are all known. */
export interface TimedStop {
  sequence: number
  stop: string
  arrivalS: number
  departureS: number
  timepoint: boolean
}

/**
 * The times of one trip, with the empty ones between two timepoints worked out by `along` (the way from the first stop to each, in any unit).
 * null when the trip cannot be used: fewer than two stops, no time at its ends, or times that go back. What was wrong is reported.
 */
export function timedStops(
  trip: string,
  stops: readonly RawStopTime[],
  along: readonly number[],
  findings: Findings,
): TimedStop[] | null {
  const file = 'stop_times.txt'
  const first = stops[0]
  const last = stops.at(-1)
  if (first === undefined || last === undefined || stops.length < 2) {
    findings.error(file, 'tripTooShort', say('tripTooShort'), first?.line ?? null, trip)
    return null
  }
  const timed = stops.map((stop) => ({
    sequence: stop.sequence,
    stop: stop.stop,
    arrivalS: stop.arrivalS < 0 ? stop.departureS : stop.arrivalS,
    departureS: stop.departureS < 0 ? stop.arrivalS : stop.departureS,
    timepoint: stop.timepoint,
  }))
  if ((timed[0]?.departureS ?? -1) < 0 || (timed.at(-1)?.arrivalS ?? -1) < 0) {
    findings.error(file, 'noEndTime', say('noEndTime'), first.line, trip)
    return null
  }
  let before = 0
  for (let i = 0; i < timed.length; i += 1) {
    const stop = timed[i]
    const line = stops[i]?.line ?? null
    if (stop === undefined || stop.arrivalS < 0) continue
    if (stop.departureS < stop.arrivalS) {
      const detail = `${trip}: ${formatTime(stop.arrivalS)}, ${formatTime(stop.departureS)}`
      findings.warning(file, 'departsBeforeArrival', say('departsBeforeArrival'), line, detail)
      stop.departureS = stop.arrivalS
    }
    if (i > 0 && stop.arrivalS < (timed[before]?.departureS ?? 0)) {
      const detail = say('timeThen', {
        trip,
        before: formatTime(timed[before]?.departureS ?? 0),
        after: formatTime(stop.arrivalS),
      })
      findings.error(file, 'timesGoBack', say('timesGoBack'), line, detail)
      return null
    }
    for (let empty = before + 1; empty < i; empty += 1) fill(timed, along, before, empty, i)
    before = i
  }
  return timed
}

function fill(timed: TimedStop[], along: readonly number[], before: number, empty: number, after: number): void {
  const from = timed[before]
  const to = timed[after]
  const stop = timed[empty]
  if (from === undefined || to === undefined || stop === undefined) return
  const way = (along[after] ?? 0) - (along[before] ?? 0)
  // Stops all in one place (or without coordinates) get even shares.
  const share = way > 0 ? ((along[empty] ?? 0) - (along[before] ?? 0)) / way : (empty - before) / (after - before)
  stop.arrivalS = Math.round(from.departureS + share * (to.arrivalS - from.departureS))
  stop.departureS = stop.arrivalS
  stop.timepoint = false
}
