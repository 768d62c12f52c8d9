import {
  clearPredictions,
  predictionStamps,
  storePredictions,
  touchPredictions,
  type PredictionStamp,
} from '../../db/block-predictions.ts'
import type { Db } from '../../db/database.ts'
import { storePassages } from '../../db/stop-passages.ts'
import {
  positionsSince,
  storeProgress,
  vehiclesOnTheRoad,
  vehiclesWithNews,
  type VehicleOnTheRoad,
} from '../../db/vehicle-progress.ts'
import { blockKey, type Block } from '../../domain/block.ts'
import type { BlockCalls } from '../arrivals/block-calls.ts'
import type { LearnedTimes } from '../arrivals/travel-times.ts'
import { energyContexts } from './arrivals/energy-contexts.ts'
import { followVehicle, type VehicleNews } from './arrivals/follow-vehicle.ts'
import { timesAround } from './arrivals/times-memory.ts'
import { callsOf, timetableAround, type TimetableMemory } from './arrivals/timetable-memory.ts'
import { differs, SHOWN_AHEAD_MS, type Draft } from './arrivals/to-prediction.ts'
import type { JobContext } from './job.ts'

const MINUTE_MS = 60_000
/** A bus this late is given up by the timetable too. */
const STILL_OUT_MS = 90 * MINUTE_MS
/** What is live is looked at again so often without news, because time passes; the rest so often. */
const LIVE_AGAIN_MS = MINUTE_MS
const SCHEDULE_AGAIN_MS = 5 * MINUTE_MS
const CLEARED_AFTER_MS = 2 * 60 * MINUTE_MS
const FORGOTTEN_AFTER_MS = 30 * MINUTE_MS
/** Positions of one vehicle taken in at once; of more the newest. */
const MOST_FIXES = 120
/** How far back positions are looked at, after a time in which nobody looked. */
const FIXES_BACK_MS = 30 * MINUTE_MS

/** What was last stored of each block, and when, so that only changes are written; empty after a start, when everything is written once. */
const remembered = new WeakMap<Db, Map<string, { draft: Draft; atMs: number }>>()

/**
 * Predicts when the vehicles under way, and those that leave within 90 minutes, are at their stops and home: of those with a new position or told delay
 * at once, of the others every few minutes. Also records which stops were passed when, to learn from.
 */
export async function predictArrivals({ db, now, log }: Pick<JobContext, 'db' | 'now' | 'log'>): Promise<void> {
  const at = now()
  const timetable = await timetableAround(db, at)
  const stamps = new Map((await predictionStamps(db)).map((stamp) => [blockKey(stamp), stamp]))
  await clearOld(db, [...stamps.values()], at)
  if (timetable.byVehicle.size === 0) return
  const news = new Set(await vehiclesWithNews(db, at))
  const due = dueVehicles(timetable, stamps, news, at)
  if (due.size === 0) return

  const vehicles = await vehiclesOnTheRoad(db, [...due.keys()])
  const blocks = [...due.values()].flat()
  const calls = await callsOf(db, timetable, blocks, at)
  const fixes = Map.groupBy(await newPositions(db, vehicles, at), (fix) => fix.vehicleId)
  const times = await learnedByFeed(db, [...calls.values()], at)
  const energy = await energyContexts(db, timetable, at)

  const outcome: VehicleNews = { progress: [], passages: [], drafts: [] }
  for (const vehicle of vehicles) {
    followVehicle(
      vehicle,
      {
        at,
        active: (due.get(vehicle.vehicleId) ?? []).flatMap((block) => {
          const own = calls.get(blockKey(block))
          return own === undefined ? [] : [{ block, calls: own }]
        }),
        blocks: timetable.byVehicle.get(vehicle.vehicleId) ?? [],
        fixes: fixes.get(vehicle.vehicleId) ?? [],
        times: (block) => times.get(block.feedId) ?? new Map(),
        stamps,
        energy: energy.get(vehicle.siteId) ?? null,
      },
      outcome,
    )
  }
  const written = await store(db, outcome, stamps, at)
  if (written > 0) log.debug({ vehicles: vehicles.length, written }, 'arrivals predicted')
}

/** Vehicles whose predictions must be looked at, with their blocks that are under way or begin soon. */
function dueVehicles(
  timetable: TimetableMemory,
  stamps: ReadonlyMap<string, PredictionStamp>,
  news: ReadonlySet<string>,
  at: Date,
): Map<string, Block[]> {
  const nowMs = at.getTime()
  const due = new Map<string, Block[]>()
  for (const [vehicleId, blocks] of timetable.byVehicle) {
    const active = blocks.filter(
      (block) => block.startAt.getTime() <= nowMs + SHOWN_AHEAD_MS && block.endAt.getTime() >= nowMs - STILL_OUT_MS,
    )
    if (active.length === 0) continue
    const wanted = active.some((block) => {
      const stamp = stamps.get(blockKey(block))
      if (stamp === undefined || stamp.vehicleId !== vehicleId) return true
      const ageMs = nowMs - stamp.computedAt.getTime()
      return ageMs < 0 || ageMs >= (stamp.basis === 'live' ? LIVE_AGAIN_MS : SCHEDULE_AGAIN_MS)
    })
    if (wanted || news.has(vehicleId)) due.set(vehicleId, active)
  }
  return due
}

async function newPositions(db: Db, vehicles: readonly VehicleOnTheRoad[], at: Date) {
  const earliest = at.getTime() - FIXES_BACK_MS
  const wanted = vehicles.flatMap(({ vehicleId, positionAt, progress }) => {
    const since = Math.max(earliest, progress?.positionAt?.getTime() ?? 0)
    return positionAt !== null && positionAt.getTime() > since ? [{ vehicleId, since: new Date(since) }] : []
  })
  return positionsSince(db, wanted, MOST_FIXES)
}

async function learnedByFeed(db: Db, blocks: readonly BlockCalls[], at: Date): Promise<Map<string, LearnedTimes>> {
  const times = new Map<string, LearnedTimes>()
  for (const [feedId, group] of Map.groupBy(blocks, (block) => block.feedId)) {
    const days = new Map(group.map(({ date, dayKind, dayStartMs }) => [date, { dayKind, dayStartMs }]))
    times.set(feedId, await timesAround(db, feedId, [...days.values()], at.getTime()))
  }
  return times
}

async function store(
  db: Db,
  { progress, passages, drafts }: VehicleNews,
  stamps: ReadonlyMap<string, PredictionStamp>,
  at: Date,
): Promise<number> {
  const before = remembered.get(db) ?? new Map<string, { draft: Draft; atMs: number }>()
  remembered.set(db, before)
  const changed: Draft[] = []
  const same: Draft[] = []
  for (const draft of drafts) {
    const key = blockKey(draft)
    const old = before.get(key)
    // Another process may have written since.
    const ours = old !== undefined && stamps.get(key)?.computedAt.getTime() === old.atMs
    if (ours && !differs(old.draft, draft, at.getTime())) same.push(draft)
    else changed.push(draft)
  }
  await db.transaction().execute(async (tx) => {
    await storeProgress(tx, progress)
    await storePassages(tx, passages, at)
    const rows = changed.map(({ figures: _figures, writeStops, ...row }) => ({ ...row, stops: writeStops() }))
    await storePredictions(tx, rows, at)
    await touchPredictions(tx, same, at)
  })
  for (const draft of changed) before.set(blockKey(draft), { draft, atMs: at.getTime() })
  for (const draft of same) {
    const old = before.get(blockKey(draft))
    if (old !== undefined) old.atMs = at.getTime()
  }
  for (const [key, { draft }] of before) {
    if (draft.endAt.getTime() < at.getTime() - CLEARED_AFTER_MS) before.delete(key)
  }
  return changed.length
}

async function clearOld(db: Db, stamps: readonly PredictionStamp[], at: Date): Promise<void> {
  const endedBefore = new Date(at.getTime() - CLEARED_AFTER_MS)
  const computedBefore = new Date(at.getTime() - FORGOTTEN_AFTER_MS)
  if (stamps.some((stamp) => stamp.endAt < endedBefore || stamp.computedAt < computedBefore)) {
    await clearPredictions(db, { endedBefore, computedBefore })
  }
}
