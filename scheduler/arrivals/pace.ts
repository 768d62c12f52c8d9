import type { BlockCalls } from './block-calls.ts'
import type { Passage, Track } from './track.ts'
import { expectedTravel, pairKey, type LearnedTimes } from './travel-times.ts'

/** How much the newest stretch counts. */
const GAIN = 0.35
/** What is left of it one stretch on: whoever was slow between two stops is often still slow between the next two. */
export const PACE_KEPT = 0.8
const MOST = Math.log(2.5)

/** The track with its pace brought up to date by what it has passed: slower drivers, fuller buses and a jam that lasts show in it before they show in any average. */
export function withPace(track: Track, passages: readonly Passage[], block: BlockCalls, times: LearnedTimes): Track {
  let { pace } = track
  for (const { call, travelMs, arrivedMs } of passages) {
    const to = block.calls[call]
    const from = block.calls[call - 1]
    if (travelMs === null || arrivedMs === null || to === undefined || from === undefined) continue
    const moment = { dayKind: block.dayKind, dayStartMs: block.dayStartMs, atMs: arrivedMs - travelMs }
    const scheduledS = (to.arrivalMs - from.departureMs) / 1000
    const expected = expectedTravel(times, pairKey(from.stopId, to.stopId), moment, scheduledS, arrivedMs)
    const seen = Math.log(Math.max(1, travelMs / 1000) / expected.seconds)
    pace = (1 - GAIN) * PACE_KEPT * pace + GAIN * Math.min(MOST, Math.max(-MOST, seen))
  }
  return { ...track, pace }
}
