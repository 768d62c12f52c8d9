import type { Db } from '../../../db/database.ts'
import { travelTimes, type StoredTravelTime } from '../../../db/travel-times.ts'
import { ANY_TIME, pairKey, type LearnedTime, type LearnedTimes } from '../../arrivals/travel-times.ts'

/** Learned times change every few minutes; so long they are taken from memory. */
const READ_AGAIN_MS = 60_000
/** Hours about now that a forecast may ask for. */
const HOURS_BACK = 2
const HOURS_AHEAD = 4

const remembered = new WeakMap<Db, Map<string, { readAtMs: number; times: LearnedTimes }>>()

/** What has been learned of a feed's travel times around now, for the kinds of day that are under way. */
export async function timesAround(
  db: Db,
  feedId: string,
  days: readonly { dayKind: number; dayStartMs: number }[],
  nowMs: number,
): Promise<LearnedTimes> {
  const wanted = new Set([ANY_TIME])
  for (const { dayKind, dayStartMs } of days) {
    const hour = Math.floor((nowMs - dayStartMs) / 3_600_000)
    for (let h = hour - HOURS_BACK; h <= hour + HOURS_AHEAD; h += 1) wanted.add(dayKind * 24 + (((h % 24) + 24) % 24))
  }
  const buckets = [...wanted].sort((a, b) => a - b)
  const key = `${feedId} ${buckets.join(',')}`
  const known = remembered.get(db) ?? new Map<string, { readAtMs: number; times: LearnedTimes }>()
  remembered.set(db, known)
  const found = known.get(key)
  if (found !== undefined && nowMs >= found.readAtMs && nowMs - found.readAtMs < READ_AGAIN_MS) return found.times
  for (const [other, one] of known) if (nowMs - one.readAtMs > READ_AGAIN_MS) known.delete(other)
  const times = learnedTimes(await travelTimes(db, feedId, buckets))
  known.set(key, { readAtMs: nowMs, times })
  return times
}

/** Rows by pair and bucket. */
export function learnedTimes(rows: readonly StoredTravelTime[]): Map<string, Map<number, LearnedTime>> {
  const times = new Map<string, Map<number, LearnedTime>>()
  for (const { fromStopId, toStopId, bucket, recentAt, ...row } of rows) {
    const key = pairKey(fromStopId, toStopId)
    const buckets = times.get(key) ?? new Map<number, LearnedTime>()
    buckets.set(bucket, { ...row, recentAtMs: recentAt?.getTime() ?? null })
    times.set(key, buckets)
  }
  return times
}
