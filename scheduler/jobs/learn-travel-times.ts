import { takeUnlearned, type UnlearnedPassage } from '../../db/stop-passages.ts'
import { feedTimeZones, storeTravelTimes, travelTimes, type StoredTravelTime } from '../../db/travel-times.ts'
import type { Tx } from '../../db/database.ts'
import { dayOfWeek, serviceDayStart } from '../../domain/service-time.ts'
import { learn, type Observation } from '../arrivals/learn.ts'
import { ANY_TIME, bucketOf } from '../arrivals/travel-times.ts'
import { learnedTimes } from './arrivals/times-memory.ts'
import type { JobContext } from './job.ts'

/** Passages taken in one transaction. */
const BATCH = 5000

/** Learns from the stops that were passed since the last time, each once: what is taken and what follows from it is one transaction. */
export async function learnTravelTimes({ db, now, log }: Pick<JobContext, 'db' | 'now' | 'log'>): Promise<void> {
  for (;;) {
    const taken = await db.transaction().execute((tx) => learnBatch(tx, now()))
    if (taken > 0) log.debug({ passages: taken }, 'travel times learned')
    if (taken < BATCH) return
  }
}

async function learnBatch(tx: Tx, at: Date): Promise<number> {
  const { taken, passages } = await takeUnlearned(tx, at, BATCH)
  const zones = await feedTimeZones(tx)
  for (const [feedId, group] of Map.groupBy(passages, (one) => one.feedId)) {
    const zone = zones.get(feedId)
    if (zone !== undefined) await learnFeed(tx, feedId, observations(group, zone))
  }
  return taken
}

function observations(passages: readonly UnlearnedPassage[], zone: string): Observation[] {
  const days = new Map(
    [...new Set(passages.map((one) => one.date))].map((date) => {
      const weekday = dayOfWeek(date)
      return [date, { dayStartMs: serviceDayStart(date, zone).getTime(), dayKind: weekday <= 5 ? 0 : weekday - 5 }]
    }),
  )
  return passages.flatMap((one): Observation[] => {
    const day = days.get(one.date)
    if (day === undefined) return []
    const { fromStopId, stopId: toStopId, date, at, travelS, dwellS } = one
    return [{ fromStopId, toStopId, date, ...day, atMs: at.getTime(), travelS, dwellS }]
  })
}

async function learnFeed(tx: Tx, feedId: string, seen: readonly Observation[]): Promise<void> {
  const buckets = new Set([ANY_TIME])
  for (const one of seen) {
    // What is expected of a bus lies between the middles of two hours.
    for (const aside of [-1, 0, 1]) buckets.add(bucketOf(one.dayKind, one.dayStartMs, one.atMs + aside * 3_600_000))
  }
  const pairs = [...new Map(seen.map((one) => [`${one.fromStopId}\u0000${one.toStopId}`, one])).values()]
  const known = learnedTimes(await travelTimes(tx, feedId, [...buckets], pairs))
  const rows = [...learn(known, seen)].flatMap(([pair, changed]) => {
    const [fromStopId = '', toStopId = ''] = pair.split('\u0000')
    return [...changed].map(([bucket, { recentAtMs, ...row }]): StoredTravelTime => ({
      ...row,
      fromStopId,
      toStopId,
      bucket,
      recentAt: recentAtMs === null ? null : new Date(recentAtMs),
    }))
  })
  await storeTravelTimes(tx, feedId, rows)
}
