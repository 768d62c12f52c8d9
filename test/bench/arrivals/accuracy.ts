import { blockCalls, type BlockCalls } from '../../../scheduler/arrivals/block-calls.ts'
import { learn, type Observation } from '../../../scheduler/arrivals/learn.ts'
import { observationsOf } from '../../../scheduler/arrivals/observations.ts'
import { withPace } from '../../../scheduler/arrivals/pace.ts'
import { forPassengers } from '../../../scheduler/arrivals/for-passengers.ts'
import { POSITION_FOR_MS, predictBlock } from '../../../scheduler/arrivals/predict-block.ts'
import { track, type Track } from '../../../scheduler/arrivals/track.ts'
import type { LearnedTime } from '../../../scheduler/arrivals/travel-times.ts'
import { city, timedTrips } from './city.ts'
import { traffic, type DrivenBlock } from './traffic.ts'

/** ETA Accuracy Benchmark (TransitApp): minutes to the actual arrival, lower edge in, and how many seconds the actual may be before or after the predicted, both in. */
export const BUCKETS = [
  { from: 0, to: 3, early: 30, late: 90 },
  { from: 3, to: 6, early: 60, late: 150 },
  { from: 6, to: 10, early: 60, late: 210 },
  { from: 10, to: 15, early: 90, late: 270 },
] as const

/** `ours`: as boards show it. `ours, expected`: without the caution for those who come at the last moment. */
export const METHODS = ['ours', 'ours, expected', 'last deviation', 'schedule only'] as const
/** What ours is compared with. */
export const BASELINES = ['last deviation', 'schedule only'] as const
export type Method = (typeof METHODS)[number]

export interface Accuracy {
  /** Per method and bucket: how many predictions, how many of them within the band, and the sum of their errors in seconds (positive: the bus came later). */
  counts: Record<Method, { n: number; hits: number; errorS: number; absoluteS: number }[]>
  fixes: number
  refused: number
  msPerFix: number
  msPerForecast: number
}

export interface AccuracyOptions {
  seed: number
  lines: number
  busesALine: number
  stops: number
  trainDays: number
  testDays: number
}

const DAY_MS = 86_400_000
/** A Monday. */
const FIRST_DAY_MS = Date.UTC(2026, 7, 30, 21)
const LEARN_EVERY_MS = 300_000
const ASK_EVERY_MS = 60_000
const HORIZON_MS = 15 * 60_000

/** Drives the made-up city for some weeks, lets the engine learn from what the buses report, and then scores its predictions over days that it has not seen. */
export function measureAccuracy(options: AccuracyOptions): Accuracy {
  const all = city(options.seed, options)
  const drive = traffic(all, options.seed)
  const times = new Map<string, Map<number, LearnedTime>>()
  const result: Accuracy = {
    counts: {
      ours: emptyBuckets(),
      'ours, expected': emptyBuckets(),
      'last deviation': emptyBuckets(),
      'schedule only': emptyBuckets(),
    },
    fixes: 0,
    refused: 0,
    msPerFix: 0,
    msPerForecast: 0,
  }
  let trackMs = 0
  let forecastMs = 0
  let forecasts = 0
  for (let day = 0; day < options.trainDays + options.testDays; day += 1) {
    const dayStartMs = FIRST_DAY_MS + day * DAY_MS
    const weekday = day % 7
    const dayKind = weekday < 5 ? 0 : weekday - 4
    const date = new Date(dayStartMs + DAY_MS / 2).toISOString().slice(0, 10)
    const driven = drive(dayStartMs, dayKind > 0, day)
    const buses = driven.map((one) => ({
      driven: one,
      block: blockCalls(
        { blockId: one.block.blockId, date, feedId: 'city', dayStartMs, dayKind },
        timedTrips(all, one.block, dayStartMs),
      ),
      next: 0,
      track: null as Track | null,
    }))
    const fresh: Observation[] = []
    const test = day >= options.trainDays
    for (let nowMs = dayStartMs + 5 * 3_600_000; nowMs < dayStartMs + 25 * 3_600_000; nowMs += ASK_EVERY_MS) {
      const begun = performance.now()
      for (const bus of buses) {
        for (
          let fix = bus.driven.fixes[bus.next];
          fix !== undefined && fix.atMs <= nowMs;
          fix = bus.driven.fixes[bus.next]
        ) {
          bus.next += 1
          result.fixes += 1
          const seen = track(bus.block, bus.track, fix)
          if (seen === null) {
            result.refused += 1
            continue
          }
          bus.track = withPace(seen.track, seen.passages, bus.block, times)
          fresh.push(...observationsOf(bus.block, seen.passages))
        }
      }
      trackMs += performance.now() - begun
      if (nowMs % LEARN_EVERY_MS === 0) {
        for (const [pair, rows] of learn(times, fresh.splice(0))) {
          const buckets = times.get(pair) ?? new Map<number, LearnedTime>()
          for (const [bucket, row] of rows) buckets.set(bucket, row)
          times.set(pair, buckets)
        }
      }
      if (!test) continue
      const asked = performance.now()
      for (const bus of buses) {
        if (bus.track === null) continue
        const forecast = predictBlock(bus.block, { kind: 'track', track: bus.track }, times, nowMs)
        forecasts += 1
        const shown = forPassengers(bus.block, forecast.calls, nowMs)
        const fromDeviation = lastDeviation(bus.block, bus.track, nowMs)
        score(result, bus.driven, bus.block, nowMs, (call) => {
          const one = bus.block.calls[call]
          const ours = forecast.calls[call]
          if (one === undefined || ours === undefined) return null
          return {
            ours: one.first ? (shown[call]?.departureMs ?? 0) : (shown[call]?.arrivalMs ?? 0),
            'ours, expected': one.first ? ours.departureMs : ours.arrivalMs,
            'last deviation': fromDeviation[call] ?? 0,
            'schedule only': one.first ? one.departureMs : one.arrivalMs,
          }
        })
      }
      forecastMs += performance.now() - asked
    }
  }
  result.msPerFix = trackMs / Math.max(1, result.fixes)
  result.msPerForecast = forecastMs / Math.max(1, forecasts)
  return result
}

function emptyBuckets(): Accuracy['counts'][Method] {
  return BUCKETS.map(() => ({ n: 0, hits: 0, errorS: 0, absoluteS: 0 }))
}

function score(
  result: Accuracy,
  driven: DrivenBlock,
  block: BlockCalls,
  nowMs: number,
  predicted: (call: number) => Record<Method, number> | null,
): void {
  for (const [index, call] of block.calls.entries()) {
    const trip = block.trips[call.trip]
    const seen = trip === undefined ? undefined : driven.actual[call.trip]?.[index - trip.from]
    if (seen === undefined) continue
    // People wait for the departure where a trip begins.
    const actualMs = call.first ? seen.departedMs : seen.arrivedMs
    const aheadMs = actualMs - nowMs
    if (aheadMs < 0) continue
    if (aheadMs > 2 * HORIZON_MS) break
    const bucket = BUCKETS.findIndex((one) => aheadMs >= one.from * 60_000 && aheadMs < one.to * 60_000)
    const band = BUCKETS[bucket]
    const times = predicted(index)
    if (band === undefined || times === null) continue
    for (const method of METHODS) {
      const errorS = (actualMs - times[method]) / 1000
      const count = result.counts[method][bucket]
      if (count === undefined) continue
      count.n += 1
      count.errorS += errorS
      count.absoluteS += Math.abs(errorS)
      if (errorS >= -band.early && errorS <= band.late) count.hits += 1
    }
  }
}

/**
 * The usual way, as OneBusAway does it: the scheduled time plus the last known deviation, of which waiting times in the timetable (layovers) take up
 * lateness, and nobody leaves a terminal early. The deviation is the one that our own matching found. After five minutes without a position: the timetable.
 */
function lastDeviation(block: BlockCalls, seen: Track, nowMs: number): number[] {
  const fresh = nowMs - seen.atMs <= POSITION_FOR_MS
  let deviationMs = fresh ? seen.deviationMs : 0
  return block.calls.map((call, i) => {
    const before = block.calls[i - 1]
    if (i > seen.call && call.first && before !== undefined) {
      const slackMs = call.departureMs - before.arrivalMs
      deviationMs = deviationMs > 0 ? Math.max(0, deviationMs - slackMs) : 0
    }
    return Math.max((call.first ? call.departureMs : call.arrivalMs) + deviationMs, fresh ? nowMs : -Infinity)
  })
}

/** Share of predictions within the band, in per cent, by bucket, and their plain mean. */
export function percentages(counts: Accuracy['counts'][Method]): { buckets: number[]; overall: number } {
  const buckets = counts.map(({ n, hits }) => (n === 0 ? Number.NaN : (100 * hits) / n))
  return { buckets, overall: buckets.reduce((sum, one) => sum + one, 0) / buckets.length }
}
