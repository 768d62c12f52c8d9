import { sql } from 'kysely'
import type { FeedReport, StopTimeColumns, Timetable } from '../domain/timetable.ts'
import { json, type Db, type Tx } from './database.ts'
import { appendEvent } from './events.ts'
import { refreshTimetableStatistics } from './refresh-statistics.ts'
import { requestReplan } from './replan-requests.ts'

/** Rows a statement. More gains nothing, and memory on the database's side grows with it. */
const BATCH = 20_000

export interface StoreTimetableOptions {
  fileName: string
  sha256: string
  at: Date
  report: FeedReport
  /** The feed's files as one zip, kept so that TODS files can be laid over them later. */
  source: Uint8Array
  /** Told after each part, for a terminal: rows of stop times stored so far. */
  onProgress?: (storedStopTimes: number) => void
}

/**
 * Stores a timetable in place of the earlier version of the same feed, in one transaction: readers see the old one whole or the new one whole,
 * and a failure leaves the old one. Every site is planned anew.
 */
export function storeTimetable(db: Db, timetable: Timetable, options: StoreTimetableOptions): Promise<void> {
  const { feedId } = timetable
  return db.transaction().execute(async (tx) => {
    await tx.deleteFrom('feed').where('id', '=', feedId).execute()
    await tx
      .insertInto('feed')
      .values({
        id: feedId,
        file_name: options.fileName,
        sha256: options.sha256,
        imported_at: options.at,
        time_zone: timetable.timeZone,
        start_date: timetable.startDate,
        end_date: timetable.endDate,
        report: json(options.report),
      })
      .execute()
    await tx.insertInto('feed_source').values({ feed_id: feedId, zip: options.source }).execute()
    await storeServiceDays(tx, timetable)
    await storePlaces(tx, timetable)
    await storeTrips(tx, timetable)
    for (let from = 0; from < timetable.stopTimes.tripId.length; from += BATCH) {
      await storeStopTimes(tx, feedId, timetable.stopTimes, from)
      options.onProgress?.(Math.min(from + BATCH, timetable.stopTimes.tripId.length))
    }
    await refreshTimetableStatistics(tx)
    const sites = await tx.selectFrom('site').select('id').orderBy('id').execute()
    await appendEvent(tx, {
      type: 'timetableImported',
      at: options.at,
      details: { feedId, fileName: options.fileName, startDate: timetable.startDate, endDate: timetable.endDate },
    })
    for (const { id } of sites) await requestReplan(tx, id, { kind: 'timetableImported', feedId }, options.at)
  })
}

async function storeServiceDays(tx: Tx, { feedId, serviceDays, vehicleRules }: Timetable): Promise<void> {
  for (const part of batches(serviceDays)) {
    await sql`insert into service_day (feed_id, service_id, date)
      select ${feedId}::text, s, d from unnest(${part.map((day) => day.serviceId)}::text[], ${part.map((day) => day.date)}::date[]) as r(s, d)`.execute(
      tx,
    )
  }
  for (const part of batches(vehicleRules)) {
    await sql`insert into block_vehicle_rule (feed_id, service_id, block_id, date, vehicle_id)
      select ${feedId}::text, s, b, d, v from unnest(${part.map((rule) => rule.serviceId)}::text[], ${part.map((rule) => rule.blockId)}::text[],
        ${part.map((rule) => rule.date)}::date[], ${part.map((rule) => rule.vehicleId)}::text[]) as r(s, b, d, v)`.execute(
      tx,
    )
  }
}

async function storePlaces(tx: Tx, { feedId, routes, stops, shapes }: Timetable): Promise<void> {
  for (const part of batches(routes)) {
    await sql`insert into route (feed_id, id, short_name, long_name, type, color, text_color)
      select ${feedId}::text, r.* from unnest(${part.map((route) => route.routeId)}::text[], ${part.map((route) => route.shortName)}::text[],
        ${part.map((route) => route.longName)}::text[], ${part.map((route) => route.type)}::integer[],
        ${part.map((route) => route.color)}::text[], ${part.map((route) => route.textColor)}::text[]) as r`.execute(tx)
  }
  for (const part of batches(stops)) {
    await sql`insert into stop (feed_id, id, code, name, latitude, longitude, location_type, parent_id)
      select ${feedId}::text, r.* from unnest(${part.map((stop) => stop.stopId)}::text[], ${part.map((stop) => stop.code)}::text[],
        ${part.map((stop) => stop.name)}::text[], ${part.map((stop) => stop.latitude)}::float8[],
        ${part.map((stop) => stop.longitude)}::float8[], ${part.map((stop) => stop.locationType)}::integer[],
        ${part.map((stop) => stop.parentId)}::text[]) as r`.execute(tx)
  }
  for (const part of batches(shapes, 500)) {
    await sql`insert into shape (feed_id, id, points, length_m)
      select ${feedId}::text, i, p::jsonb, l from unnest(${part.map((shape) => shape.shapeId)}::text[],
        ${part.map((shape) => json(shape.points))}::text[], ${part.map((shape) => shape.lengthM)}::integer[]) as r(i, p, l)`.execute(
      tx,
    )
  }
}

async function storeTrips(tx: Tx, { feedId, trips }: Timetable): Promise<void> {
  for (const part of batches(trips)) {
    await sql`insert into trip (feed_id, id, route_id, service_id, block_id, headsign, direction_id, shape_id, kind, distance_m, distance_source,
        start_s, end_s, start_stop_id, end_stop_id)
      select ${feedId}::text, r.* from unnest(${part.map((trip) => trip.tripId)}::text[], ${part.map((trip) => trip.routeId)}::text[],
        ${part.map((trip) => trip.serviceId)}::text[], ${part.map((trip) => trip.blockId)}::text[],
        ${part.map((trip) => trip.headsign)}::text[], ${part.map((trip) => trip.directionId)}::smallint[],
        ${part.map((trip) => trip.shapeId)}::text[], ${part.map((trip) => trip.kind)}::text[],
        ${part.map((trip) => trip.distanceM)}::integer[], ${part.map((trip) => trip.distanceSource)}::text[],
        ${part.map((trip) => trip.startS)}::integer[], ${part.map((trip) => trip.endS)}::integer[],
        ${part.map((trip) => trip.startStopId)}::text[], ${part.map((trip) => trip.endStopId)}::text[]) as r`.execute(
      tx,
    )
  }
}

async function storeStopTimes(tx: Tx, feedId: string, all: StopTimeColumns, from: number): Promise<void> {
  const part = <T>(column: readonly T[]): T[] => column.slice(from, from + BATCH)
  await sql`insert into stop_time (feed_id, trip_id, sequence, stop_id, arrival_s, departure_s, distance_m, timepoint)
    select ${feedId}::text, r.* from unnest(${part(all.tripId)}::text[], ${part(all.sequence)}::integer[], ${part(all.stopId)}::text[],
      ${part(all.arrivalS)}::integer[], ${part(all.departureS)}::integer[], ${part(all.distanceM)}::integer[],
      ${part(all.timepoint)}::boolean[]) as r`.execute(tx)
}

function* batches<T>(rows: readonly T[], size = BATCH): Generator<T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size)
}

/** The files that a feed was imported from, as one zip; null when there is no such feed. */
export async function feedSource(db: Db, feedId: string): Promise<Uint8Array | null> {
  const row = await db.selectFrom('feed_source').select('zip').where('feed_id', '=', feedId).executeTakeFirst()
  return row?.zip ?? null
}

export interface FeedSummary {
  feedId: string
  fileName: string
  importedAt: Date
  timeZone: string
  startDate: string | null
  endDate: string | null
  active: boolean
  /** Trips with a block_id; 0: no vehicle can be planned from this feed. */
  tripsInBlocks: number
}

/** Every imported timetable, by id. */
export async function listFeeds(db: Db): Promise<FeedSummary[]> {
  const rows = await db
    .selectFrom('feed')
    .select((eb) => [
      'id',
      'file_name',
      'imported_at',
      'time_zone',
      'start_date',
      'end_date',
      'active',
      eb
        .selectFrom('trip')
        .select((trip) => trip.fn.count<number>('trip.block_id').as('n'))
        .whereRef('trip.feed_id', '=', 'feed.id')
        .as('in_blocks'),
    ])
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    feedId: row.id,
    fileName: row.file_name,
    importedAt: row.imported_at,
    timeZone: row.time_zone,
    startDate: row.start_date,
    endDate: row.end_date,
    active: row.active,
    tripsInBlocks: row.in_blocks ?? 0,
  }))
}
