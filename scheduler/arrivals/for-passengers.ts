import type { BlockCalls } from './block-calls.ts'
import type { CallForecast } from './predict-block.ts'

/**
 * How many standard deviations before the expected time a board shows the bus. Whoever comes to the stop at the time shown should seldom see it leave:
 * coming earlier than said is worse than coming later (ETA Accuracy Benchmark, whose bands reach 30 to 90 s before and 90 to 270 s after).
 */
const CAUTION = 0.35

/**
 * The times that passengers are shown: a little before the expected ones, the more so the less is known, but never before `nowMs`, before the call before, or
 * before the scheduled departure of a stop where the bus waits for it. Passed calls and those without live knowledge stay as they are.
 */
export function forPassengers(block: BlockCalls, calls: readonly CallForecast[], nowMs: number): CallForecast[] {
  let latestMs = -Infinity
  return calls.map((one, i) => {
    const call = block.calls[i]
    if (one.passed || one.basis === 'schedule' || call === undefined) {
      latestMs = Math.max(latestMs, one.departureMs)
      return one
    }
    const earlierMs = Math.round(CAUTION * one.sdMs)
    // A bus that waits here leaves on time; one that leaves later because it is late may make up a little.
    const heldMs = call.holds ? Math.min(one.departureMs, call.departureMs) : -Infinity
    const arrivalMs = Math.max(
      one.arrivalMs - earlierMs,
      nowMs,
      latestMs,
      call.first ? Math.min(one.arrivalMs, call.arrivalMs) : -Infinity,
    )
    const departureMs = Math.max(one.departureMs - earlierMs, heldMs, arrivalMs)
    latestMs = departureMs
    return { ...one, arrivalMs, departureMs }
  })
}
