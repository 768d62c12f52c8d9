import { METRES_PER_DEGREE } from '../../domain/great-circle.ts'
import type { BlockCalls, Call } from './block-calls.ts'
import { AT_STOP_M } from './deviation.ts'
import { PACE_KEPT } from './pace.ts'
import type { Track } from './track.ts'
import { expectedDwell, expectedHold, expectedTravel, pairKey, type LearnedTimes } from './travel-times.ts'

/** What was last seen or heard of a block's vehicle. */
export type Seen =
  | { kind: 'track'; track: Track }
  /** Somebody said how late it is (negative: early). */
  | { kind: 'told'; atMs: number; deviationMs: number }
  /** It comes from other work and is not free before then. */
  | { kind: 'busy'; atMs: number; untilMs: number }

export interface CallForecast {
  arrivalMs: number
  departureMs: number
  /** One standard deviation; never less than that of the call before. */
  sdMs: number
  basis: 'learned' | 'deviation' | 'schedule'
  passed: boolean
}

export interface BlockForecast {
  /** `schedule`: nothing is known of the vehicle, which does not mean that it is on time. */
  basis: 'live' | 'schedule'
  /** Positive is late; null: unknown. */
  deviationMs: number | null
  observedMs: number | null
  /** One for each call of the block. */
  calls: CallForecast[]
  /** When it is home. */
  endMs: number
}

/** A position older than this says nothing any more: no update means unknown, never on time. */
export const POSITION_FOR_MS = 5 * 60_000
/** A delay is told when it changes, so it stands for longer. */
export const TOLD_FOR_MS = 30 * 60_000
/** A driver's break between two trips, as far as the timetable has room for one. */
const MINIMUM_BREAK_MS = 60_000
/** A bus that should have left and has not, leaves about so much later. */
const ABOUT_TO_LEAVE_MS = 8_000
/** Least lateness from other work that is worth a forecast of its own. */
const BUSY_FROM_MS = 60_000
const UNKNOWN_SD_MS = 240_000
/** Speed over straight lines from one trip's end to another's start elsewhere. */
const CONNECTION_M_PER_S = 5

/**
 * When a vehicle will be at each stop of its block. From where it was seen it goes on by learned travel times (by the timetable's where nothing was
 * learned), stands its usual dwell, waits where buses wait for their time, and starts the next trip at the later of its arrival plus a break and the scheduled
 * departure: lateness is carried over and used up by slack, earliness is carried too and ends only where it waits. What has not been passed is never before `nowMs`.
 */
export function predictBlock(block: BlockCalls, seen: Seen | null, times: LearnedTimes, nowMs: number): BlockForecast {
  const start = seen === null ? null : startOf(block, seen, nowMs)
  if (start === null) return bySchedule(block, seen, nowMs)
  const calls = [...start.passed]
  const run: Run = { ...start, block, times, nowMs, steps: 0, linearMs: 0 }
  for (let i = calls.length; i < block.calls.length; i += 1) {
    const call = block.calls[i]
    if (call !== undefined) calls.push(nextCall(run, call, i))
  }
  clamp(calls, nowMs)
  return {
    basis: 'live',
    deviationMs: start.deviationMs,
    observedMs: start.observedMs,
    calls,
    endMs: calls.at(-1)?.arrivalMs ?? nowMs,
  }
}

/** Where the forecast begins: the calls behind it, and the bus at, or on its way to, the next. */
interface Start {
  passed: CallForecast[]
  observedMs: number
  deviationMs: number | null
  pace: number
  /** When it left, or will leave, the last call behind it; with `share` of the way to the next still to go from `fromMs`. */
  fromMs: number
  share: number
  /** It stands at the next call since then. */
  standingMs: number | null
  variance: number
}

interface Run extends Start {
  block: BlockCalls
  times: LearnedTimes
  nowMs: number
  steps: number
  linearMs: number
}

function nextCall(run: Run, call: Call, index: number): CallForecast {
  const { block, times, nowMs } = run
  const before = block.calls[index - 1]
  let learned = false
  let arrivalMs = run.fromMs
  const pair = pairKey(before?.stopId ?? '', call.stopId)
  if (run.standingMs !== null) arrivalMs = run.standingMs
  else if (before !== undefined && before.trip !== call.trip) arrivalMs += connectionMs(block, before, call)
  else if (before !== undefined) {
    const moment = { dayKind: block.dayKind, dayStartMs: block.dayStartMs, atMs: run.fromMs }
    const scheduledS = (call.arrivalMs - before.departureMs) / 1000
    const expected = expectedTravel(times, pair, moment, scheduledS, nowMs)
    const takesMs = run.share * expected.seconds * 1000 * Math.exp(run.pace * PACE_KEPT ** run.steps)
    arrivalMs += takesMs
    learned = expected.learned
    run.variance += run.share * expected.variance * 1e6
    run.linearMs += 0.04 * takesMs
    run.steps += 1
  }
  const waiting = run.standingMs !== null ? run.observedMs : null
  const departureMs = leaveMs(run, call, before, arrivalMs, waiting)
  const sdMs = Math.sqrt(run.variance + run.linearMs ** 2)
  run.fromMs = departureMs
  run.share = 1
  run.standingMs = null
  // At the start of a trip the bus is there to be boarded from its scheduled arrival on, however early it came.
  const shownMs =
    call.first && before !== undefined ? Math.max(arrivalMs, Math.min(call.arrivalMs, departureMs)) : arrivalMs
  return { arrivalMs: shownMs, departureMs, sdMs, basis: learned ? 'learned' : 'deviation', passed: false }
}

/** When it leaves a stop that it reached at `arrivalMs`; `stoodAtMs`: it was still there then. */
function leaveMs(run: Run, call: Call, before: Call | undefined, arrivalMs: number, stoodAtMs: number | null): number {
  const { block, times } = run
  if (call.last) return arrivalMs
  let readyMs = arrivalMs
  if (call.first) {
    const roomMs = before === undefined ? 0 : Math.max(0, call.departureMs - before.arrivalMs)
    readyMs += Math.min(MINIMUM_BREAK_MS, roomMs)
  } else {
    const moment = { dayKind: block.dayKind, dayStartMs: block.dayStartMs, atMs: arrivalMs }
    const dwell = expectedDwell(times, pairKey(before?.stopId ?? '', call.stopId), moment)
    readyMs += dwell.seconds * 1000
    run.variance += dwell.variance * 1e6
  }
  if (call.holds) {
    const hold = expectedHold(times, call.stopId)
    if (readyMs < call.departureMs + hold.seconds * 1000) {
      readyMs = call.departureMs + hold.seconds * 1000
      run.variance += hold.variance * 1e6
    }
  }
  return stoodAtMs === null ? readyMs : Math.max(readyMs, stoodAtMs + ABOUT_TO_LEAVE_MS)
}

/** From one trip's end to the next one's start: nothing at the same stop, else a drive that fits into the timetable's gap. */
function connectionMs(block: BlockCalls, before: Call, call: Call): number {
  if (before.stopId === call.stopId) return 0
  const from = block.trips[before.trip]?.path
  const to = block.trips[call.trip]?.path
  if (!from || !to) return 0
  const latitude = to.latitudes[0] ?? 0
  const dy = (latitude - (from.latitudes.at(-1) ?? 0)) * METRES_PER_DEGREE
  const dx =
    ((to.longitudes[0] ?? 0) - (from.longitudes.at(-1) ?? 0)) * METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)
  const gapMs = Math.max(0, call.departureMs - before.arrivalMs)
  return Math.min(gapMs, (Math.hypot(dx, dy) / CONNECTION_M_PER_S) * 1000)
}

function startOf(block: BlockCalls, seen: Seen, nowMs: number): Start | null {
  if (seen.kind === 'busy') return startAfterOtherWork(block, seen)
  if (seen.kind === 'told') return nowMs - seen.atMs > TOLD_FOR_MS ? null : startFromTold(block, seen)
  if (nowMs - seen.track.atMs > POSITION_FOR_MS) return null
  return startFromTrack(block, seen.track, nowMs)
}

function startFromTrack(block: BlockCalls, track: Track, nowMs: number): Start {
  const here = block.calls[track.call]
  const next = block.calls[track.call + 1]
  const departed = track.departedMs !== null || (here?.last ?? false)
  const passed = passedCalls(block, track, departed ? track.call + 1 : track.call)
  const ageS = (nowMs - track.atMs) / 1000
  const variance = (8000 + 200 * ageS) ** 2
  const common = { passed, observedMs: track.atMs, deviationMs: track.deviationMs, pace: track.pace, variance }
  if (!departed) {
    const arrivedMs = track.arrivedMs ?? track.atMs
    return { ...common, fromMs: track.atMs, share: 1, standingMs: arrivedMs }
  }
  if (here === undefined || next === undefined) return { ...common, fromMs: track.atMs, share: 0, standingMs: null }
  if (here.last) {
    // It stands at the end of a trip, which is also where the next begins, or drives over to there.
    const standingMs = here.stopId === next.stopId ? (track.arrivedMs ?? track.atMs) : null
    return { ...common, fromMs: track.arrivedMs ?? track.atMs, share: 1, standingMs }
  }
  const gapM = next.alongM - here.alongM
  const leftM = next.alongM - track.alongM - AT_STOP_M
  const share = Math.min(1, Math.max(0, leftM / Math.max(1, gapM - 2 * AT_STOP_M)))
  return { ...common, fromMs: track.atMs, share, standingMs: null }
}

function passedCalls(block: BlockCalls, track: Track, count: number): CallForecast[] {
  const seen = new Map(track.passed.map(([call, arrivedMs, departedMs]) => [call, { arrivedMs, departedMs }]))
  let latestMs = -Infinity
  return block.calls.slice(0, count).map((call, i) => {
    const times = seen.get(i)
    // Nobody saw it there: where it would have been with the lateness that it has now.
    const guessMs = (atMs: number): number => Math.min(track.atMs, atMs + track.deviationMs)
    const arrivalMs = Math.max(
      latestMs,
      times?.arrivedMs ?? Math.min(guessMs(call.arrivalMs), times?.departedMs ?? Infinity),
    )
    const departureMs = Math.max(arrivalMs, times?.departedMs ?? guessMs(call.departureMs))
    latestMs = departureMs
    return { arrivalMs, departureMs, sdMs: 0, basis: 'deviation', passed: true }
  })
}

/** It is where the timetable had it `deviationMs` before it was told. */
function startFromTold(block: BlockCalls, { atMs, deviationMs }: { atMs: number; deviationMs: number }): Start {
  const thereMs = atMs - deviationMs
  const { calls } = block
  let behind = calls.findIndex((call) => (call.last ? call.arrivalMs : call.departureMs) > thereMs)
  if (behind < 0) behind = calls.length
  const passed = calls.slice(0, behind).map((call): CallForecast => {
    const shifted = { arrivalMs: call.arrivalMs + deviationMs, departureMs: call.departureMs + deviationMs }
    return { ...shifted, sdMs: 0, basis: 'deviation', passed: true }
  })
  const common = { passed, observedMs: atMs, deviationMs, pace: 0, variance: 60_000 ** 2 }
  const here = calls[behind - 1]
  const next = calls[behind]
  if (next === undefined) return { ...common, fromMs: atMs, share: 0, standingMs: null }
  if (here === undefined || next.arrivalMs <= thereMs || here.trip !== next.trip) {
    return { ...common, fromMs: atMs, share: 0, standingMs: next.arrivalMs + deviationMs }
  }
  const share = (next.arrivalMs - thereMs) / Math.max(1, next.arrivalMs - here.departureMs)
  return { ...common, fromMs: atMs, share: Math.min(1, share), standingMs: null }
}

function startAfterOtherWork(block: BlockCalls, { atMs, untilMs }: { atMs: number; untilMs: number }): Start | null {
  const lateMs = untilMs + MINIMUM_BREAK_MS - (block.calls[0]?.departureMs ?? Infinity)
  if (lateMs < BUSY_FROM_MS) return null
  return {
    passed: [],
    observedMs: atMs,
    deviationMs: lateMs,
    pace: 0,
    variance: 60_000 ** 2,
    fromMs: untilMs + MINIMUM_BREAK_MS,
    share: 0,
    standingMs: null,
  }
}

/** Nothing is known: the timetable, and said so. What it has behind it is taken as passed; nobody has seen it. */
function bySchedule(block: BlockCalls, seen: Seen | null, nowMs: number): BlockForecast {
  const seenCalls = seen?.kind === 'track' ? seen.track.call : -1
  const calls = block.calls.map((call, i): CallForecast => ({
    arrivalMs: call.arrivalMs,
    departureMs: call.departureMs,
    sdMs: UNKNOWN_SD_MS,
    basis: 'schedule',
    passed: call.departureMs < nowMs || i < seenCalls,
  }))
  const observedMs = seen === null ? null : seen.kind === 'track' ? seen.track.atMs : seen.atMs
  return { basis: 'schedule', deviationMs: null, observedMs, calls, endMs: block.calls.at(-1)?.arrivalMs ?? nowMs }
}

function clamp(calls: CallForecast[], nowMs: number): void {
  let latestMs = -Infinity
  let sdMs = 0
  for (const call of calls) {
    call.arrivalMs = Math.round(Math.max(call.arrivalMs, latestMs, call.passed ? -Infinity : nowMs))
    call.departureMs = Math.round(Math.max(call.departureMs, call.arrivalMs))
    call.sdMs = Math.round(Math.max(call.sdMs, sdMs))
    latestMs = call.departureMs
    sdMs = call.sdMs
  }
}
