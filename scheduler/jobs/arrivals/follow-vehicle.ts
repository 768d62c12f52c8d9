import type { PredictionStamp } from '../../../db/block-predictions.ts'
import type { StopPassage } from '../../../db/stop-passages.ts'
import type { StoredFix, VehicleOnTheRoad, VehicleProgress } from '../../../db/vehicle-progress.ts'
import { blockKey, type Block } from '../../../domain/block.ts'
import type { BlockCalls } from '../../arrivals/block-calls.ts'
import { follow, type Followed } from '../../arrivals/follow.ts'
import {
  POSITION_FOR_MS,
  predictBlock,
  TOLD_FOR_MS,
  type BlockForecast,
  type Seen,
} from '../../arrivals/predict-block.ts'
import type { Passage } from '../../arrivals/track.ts'
import type { LearnedTimes } from '../../arrivals/travel-times.ts'
import { energyOutlook, type OutlookContext } from './energy-outlook.ts'
import { revivedTrack, storedTrack } from './stored-track.ts'
import { toPrediction, type Draft } from './to-prediction.ts'

/** What a run has to store. */
export interface VehicleNews {
  progress: VehicleProgress[]
  passages: StopPassage[]
  drafts: Draft[]
}

export interface VehicleWork {
  at: Date
  /** Blocks under way or about to begin, ascending. */
  active: readonly { block: Block; calls: BlockCalls }[]
  /** All its blocks around now. */
  blocks: readonly Block[]
  fixes: readonly StoredFix[]
  times(block: BlockCalls): LearnedTimes
  stamps: ReadonlyMap<string, PredictionStamp>
  /** null: nothing is known of its site. */
  energy: OutlookContext | null
}

/** A delay told so long before a block begins was meant for the work before it. */
const TOLD_BEFORE_MS = 10 * 60_000

/** Takes in what is new of one vehicle and predicts its blocks; adds what is to be stored to `news`. */
export function followVehicle(vehicle: VehicleOnTheRoad, work: VehicleWork, news: VehicleNews): void {
  const nowMs = work.at.getTime()
  const active = work.active.map((one) => one.calls)
  const before = followedBefore(vehicle, active)
  const fixes = work.fixes.map((fix) => ({ atMs: fix.at.getTime(), latitude: fix.latitude, longitude: fix.longitude }))
  const { now, passages } = follow(active, before, fixes, work.times)
  news.passages.push(...passages.map((one) => stored(one.block, vehicle.vehicleId, one.passage)))

  let untilMs: number | null = null
  let shown: { calls: BlockCalls; seen: Seen | null; forecast: BlockForecast } | null = null
  for (const { block, calls } of work.active) {
    const seen = seenOn(vehicle, calls, now, untilMs, nowMs)
    const forecast = predictBlock(calls, seen, work.times(calls), nowMs)
    if (forecast.basis === 'live') untilMs = forecast.endMs
    const stamp = work.stamps.get(blockKey(block)) ?? null
    const done = forecast.calls.every((call) => call.passed)
    const place = seen?.kind === 'track' && forecast.basis === 'live' ? seen.track : null
    const delaySeconds = forecast.deviationMs === null ? null : Math.round(forecast.deviationMs / 1000)
    const outlook =
      work.energy === null || done
        ? null
        : energyOutlook(vehicle, { block, blocks: work.blocks, calls, place, delaySeconds }, stamp, work.energy)
    news.drafts.push(toPrediction(calls, vehicle.vehicleId, forecast, outlook, nowMs))
    if (seen !== null && seen.kind !== 'busy') shown = { calls, seen, forecast }
  }
  const progress = progressOf(vehicle, work, now, shown)
  if (progress !== null) news.progress.push(progress)
}

function followedBefore(vehicle: VehicleOnTheRoad, active: readonly BlockCalls[]): Followed | null {
  const { progress } = vehicle
  const block = active.find((one) => one.blockId === progress?.blockId && one.date === progress.date)
  const track = block === undefined || progress === null ? null : revivedTrack(block, progress.state)
  return block === undefined || track === null ? null : { block, track }
}

/** The best that is known of a vehicle on one of its blocks: a fresh position, else a told delay, else when its work before that ends. */
function seenOn(
  vehicle: VehicleOnTheRoad,
  calls: BlockCalls,
  now: Followed | null,
  untilMs: number | null,
  nowMs: number,
): Seen | null {
  const track = now?.block === calls ? now.track : null
  if (track !== null && nowMs - track.atMs <= POSITION_FOR_MS) return { kind: 'track', track }
  const { delaySeconds, delayAt } = vehicle
  const startMs = calls.trips[0]?.startMs ?? Infinity
  if (
    delaySeconds !== null &&
    delayAt !== null &&
    nowMs - delayAt.getTime() <= TOLD_FOR_MS &&
    delayAt.getTime() >= startMs - TOLD_BEFORE_MS &&
    delayAt.getTime() > (track?.atMs ?? -Infinity) &&
    nowMs >= startMs - TOLD_BEFORE_MS
  ) {
    return { kind: 'told', atMs: Math.min(nowMs, delayAt.getTime()), deviationMs: delaySeconds * 1000 }
  }
  if (track !== null) return { kind: 'track', track }
  return untilMs === null ? null : { kind: 'busy', atMs: nowMs, untilMs }
}

function progressOf(
  vehicle: VehicleOnTheRoad,
  work: VehicleWork,
  now: Followed | null,
  shown: { calls: BlockCalls; seen: Seen | null; forecast: BlockForecast } | null,
): VehicleProgress | null {
  const calls = now?.block ?? shown?.calls ?? work.active[0]?.calls
  if (calls === undefined) return null
  const told = shown?.seen?.kind === 'told' && shown.calls === calls ? shown : null
  const passed = told === null ? null : (told.forecast.calls.findLastIndex((call) => call.passed) ?? null)
  const call = told === null ? calls.calls[now?.track.call ?? -1] : calls.calls[Math.max(0, passed ?? 0)]
  const deviationMs = told === null ? (now?.track.deviationMs ?? null) : told.forecast.deviationMs
  const atMs = told === null ? (now?.track.atMs ?? null) : told.forecast.observedMs
  return {
    vehicleId: vehicle.vehicleId,
    feedId: calls.feedId,
    blockId: calls.blockId,
    date: calls.date,
    tripId: told === null ? (calls.trips[now?.track.trip ?? -1]?.tripId ?? null) : (call?.tripId ?? null),
    stopSequence: call?.sequence ?? null,
    deviationS: deviationMs === null ? null : Math.round(deviationMs / 1000),
    at: atMs === null ? null : new Date(atMs),
    source: told !== null ? 'told' : now === null ? 'none' : 'position',
    positionAt: vehicle.positionAt,
    toldAt: vehicle.delayAt,
    state: now === null ? null : storedTrack(now.block, now.track),
  }
}

function stored(calls: BlockCalls, vehicleId: string, passage: Passage): StopPassage {
  const call = calls.calls[passage.call]
  const before = calls.calls[passage.call - 1]
  const seconds = (ms: number | null): number | null => (ms === null ? null : Math.max(0, Math.round(ms / 1000)))
  // The end of a trip is left the moment that it is reached: what comes then is the next trip.
  const departedMs = passage.departedMs ?? (call?.last === true ? passage.arrivedMs : null)
  const date = (ms: number | null): Date | null => (ms === null ? null : new Date(Math.round(ms)))
  return {
    date: calls.date,
    feedId: calls.feedId,
    tripId: call?.tripId ?? '',
    sequence: call?.sequence ?? 0,
    vehicleId,
    blockId: calls.blockId,
    stopId: call?.stopId ?? '',
    arrivedAt: date(passage.arrivedMs),
    departedAt: date(departedMs),
    scheduledArrivalAt: new Date(call?.arrivalMs ?? 0),
    scheduledDepartureAt: new Date(call?.departureMs ?? 0),
    fromStopId:
      before !== undefined && before.trip === call?.trip && before.stopId !== call.stopId ? before.stopId : null,
    travelS: seconds(passage.travelMs),
    dwellS: seconds(passage.dwellMs),
    heldS: passage.heldMs === null ? null : Math.round(passage.heldMs / 1000),
  }
}
