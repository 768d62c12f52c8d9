import { blocksBetween } from '../../../db/blocks.ts'
import type { Db } from '../../../db/database.ts'
import { feedTimeZones } from '../../../db/travel-times.ts'
import { feedsOfTrips, shapePoints, timetableStamp, tripStops, type TripStops } from '../../../db/trip-stops.ts'
import { blockKey, type Block } from '../../../domain/block.ts'
import { dayOfWeek, serviceDayStart } from '../../../domain/service-time.ts'
import { blockCalls, type BlockCalls, type TimedTrip } from '../../arrivals/block-calls.ts'
import { tripPath, type Place, type TripPath } from '../../arrivals/trip-path.ts'

const MINUTE_MS = 60_000
/** Work before this is only of use to say what was driven since the charge was read. */
const BACK_MS = 12 * 60 * MINUTE_MS
/** So that whoever has work later today is not taken to be free. */
const AHEAD_MS = 16 * 60 * MINUTE_MS
/** Who is in service may change without a sign. */
const READ_AGAIN_MS = 5 * MINUTE_MS
/** Stops are read of the trips from so long before … */
const STOPS_BACK_MS = 90 * MINUTE_MS
/** … to so long after now, and anew when half an hour of that is used up. */
const STOPS_AHEAD_MS = 150 * MINUTE_MS
const STOPS_AGAIN_MS = 30 * MINUTE_MS

/**
 * The timetable around now, kept between two runs: a city's is large, this looks every second, and it seldom changes. It is read again when a feed or an
 * assignment has changed.
 */
export interface TimetableMemory {
  stamp: string
  readAtMs: number
  /** Those with a vehicle, by vehicle, ascending. */
  byVehicle: Map<string, Block[]>
  feeds: Map<string, string>
  zones: Map<string, string>
  calls: Map<string, { readAtMs: number; block: BlockCalls }>
  /** Ways by shape and stops: all trips of a pattern share one. */
  paths: Map<string, TripPath | null>
}

const remembered = new WeakMap<Db, TimetableMemory>()

/** The blocks around now and their feeds, from memory when nothing has changed. */
export async function timetableAround(db: Db, at: Date): Promise<TimetableMemory> {
  const nowMs = at.getTime()
  const stamp = await timetableStamp(db)
  const known = remembered.get(db)
  if (known?.stamp === stamp && nowMs >= known.readAtMs && nowMs - known.readAtMs < READ_AGAIN_MS) return known
  const blocks = await blocksBetween(db, { from: new Date(nowMs - BACK_MS), to: new Date(nowMs + AHEAD_MS) })
  const mine = blocks.filter((block) => block.vehicleId !== null)
  const sameFeeds = known !== undefined && feedPart(known.stamp) === feedPart(stamp)
  const memory: TimetableMemory = {
    stamp,
    readAtMs: nowMs,
    byVehicle: Map.groupBy(mine, (block) => block.vehicleId ?? ''),
    feeds: await feedsOfTrips(
      db,
      mine.flatMap((block) => block.trips.slice(0, 1).map((trip) => trip.tripId)),
    ),
    zones: await feedTimeZones(db),
    calls: sameFeeds ? known.calls : new Map(),
    paths: sameFeeds ? known.paths : new Map(),
  }
  const kept = new Set(mine.map(blockKey))
  for (const key of memory.calls.keys()) if (!kept.has(key)) memory.calls.delete(key)
  remembered.set(db, memory)
  return memory
}

function feedPart(stamp: string): string {
  return stamp.split(' ').slice(0, 2).join(' ')
}

/** The calls of blocks, read together as far as they are not in memory. A block without a feed is left out. */
export async function callsOf(
  db: Db,
  memory: TimetableMemory,
  blocks: readonly Block[],
  at: Date,
): Promise<Map<string, BlockCalls>> {
  const nowMs = at.getTime()
  const missing = blocks.filter((block) => {
    const known = memory.calls.get(blockKey(block))
    return known === undefined || nowMs < known.readAtMs || nowMs - known.readAtMs > STOPS_AGAIN_MS
  })
  const byFeed = Map.groupBy(missing, (block) => memory.feeds.get(block.trips[0]?.tripId ?? '') ?? '')
  for (const [feedId, group] of byFeed) {
    const zone = memory.zones.get(feedId)
    if (zone === undefined) continue
    const near = group.flatMap((block) =>
      block.trips.filter(
        (trip) => trip.endAt.getTime() > nowMs - STOPS_BACK_MS && trip.startAt.getTime() < nowMs + STOPS_AHEAD_MS,
      ),
    )
    const stops = new Map(
      (await tripStops(db, feedId, [...new Set(near.map((trip) => trip.tripId))])).map((one) => [one.tripId, one]),
    )
    await readPaths(db, memory, feedId, [...stops.values()])
    for (const block of group) {
      memory.calls.set(blockKey(block), { readAtMs: nowMs, block: joined(memory, block, feedId, zone, stops) })
    }
  }
  return new Map(
    blocks.flatMap((block) => {
      const known = memory.calls.get(blockKey(block))
      return known === undefined ? [] : [[blockKey(block), known.block] as const]
    }),
  )
}

function joined(
  memory: TimetableMemory,
  block: Block,
  feedId: string,
  zone: string,
  stops: ReadonlyMap<string, TripStops>,
): BlockCalls {
  const dayStartMs = serviceDayStart(block.date, zone).getTime()
  const weekday = dayOfWeek(block.date)
  const trips = block.trips.map((trip): TimedTrip => {
    const own = stops.get(trip.tripId)
    return {
      tripId: trip.tripId,
      startMs: trip.startAt.getTime(),
      endMs: trip.endAt.getTime(),
      startStopId: trip.startStopId ?? '',
      endStopId: trip.endStopId ?? '',
      path: own === undefined ? null : (memory.paths.get(patternOf(own)) ?? null),
      stops:
        own?.sequence.map((sequence, i) => ({
          sequence,
          stopId: own.stopId[i] ?? '',
          arrivalMs: dayStartMs + (own.arrivalS[i] ?? 0) * 1000,
          departureMs: dayStartMs + (own.departureS[i] ?? 0) * 1000,
          timepoint: own.timepoint[i] ?? true,
        })) ?? null,
    }
  })
  return blockCalls(
    { blockId: block.blockId, date: block.date, feedId, dayStartMs, dayKind: weekday <= 5 ? 0 : weekday - 5 },
    trips,
  )
}

async function readPaths(db: Db, memory: TimetableMemory, feedId: string, trips: readonly TripStops[]): Promise<void> {
  const missing = new Map(
    trips.filter((trip) => !memory.paths.has(patternOf(trip))).map((trip) => [patternOf(trip), trip]),
  )
  const shapes = await shapePoints(db, feedId, [
    ...new Set([...missing.values()].flatMap((trip) => (trip.shapeId === null ? [] : [trip.shapeId]))),
  ])
  for (const [pattern, trip] of missing) {
    const places = trip.latitude.map((latitude, i): Place | null => {
      const longitude = trip.longitude[i] ?? null
      return latitude === null || longitude === null ? null : [latitude, longitude]
    })
    const shape = trip.shapeId === null ? null : (shapes.get(trip.shapeId) ?? null)
    memory.paths.set(pattern, tripPath(shape, places))
  }
}

function patternOf(trip: TripStops): string {
  return [trip.feedId, trip.shapeId ?? '', ...trip.stopId].join('\u0000')
}
