import { sql, type RawBuilder } from 'kysely'
import { METRES_PER_DEGREE } from '../../domain/great-circle.ts'
import type { Db } from '../database.ts'

/** A stop, or a station that gathers several. */
export interface StopView {
  feedId: string
  stopId: string
  code: string | null
  name: string
  latitude: number | null
  longitude: number | null
  kind: 'stop' | 'station'
  parentId: string | null
}

export interface FoundStop extends StopView {
  /** Metres from the place that was asked about; null: no place was. */
  distanceM: number | null
}

interface StopRow {
  feed_id: string
  id: string
  code: string | null
  name: string
  latitude: number | null
  longitude: number | null
  location_type: number
  parent_id: string | null
}

/** Places in a timetable where no passenger gets on (a garage, an entrance) are no stops to them. */
const SERVED = sql<boolean>`(s.location_type = 1 or (s.location_type = 0 and exists (
  select 1 from stop_time st join trip t on t.feed_id = st.feed_id and t.id = st.trip_id and t.kind = 'revenue'
  where st.feed_id = s.feed_id and st.stop_id = s.id)))`
const COLUMNS = sql`s.feed_id, s.id, s.code, s.name, s.latitude, s.longitude, s.location_type, s.parent_id`

/** Stops of the active feeds within `radiusM` of a place, the nearest first. */
export async function stopsNear(
  db: Db,
  place: { latitude: number; longitude: number; radiusM: number; query: string | null },
  after: { distanceM: number; feedId: string; stopId: string } | null,
  limit: number,
): Promise<FoundStop[]> {
  const { latitude, longitude, radiusM } = place
  const north = radiusM / METRES_PER_DEGREE
  const cosine = Math.max(0.01, Math.cos((latitude * Math.PI) / 180))
  const east = north / cosine
  // On the few kilometres asked about the earth is flat enough.
  const distance = sql<number>`round(${METRES_PER_DEGREE}::float8 * sqrt(power(s.latitude - ${latitude}::float8, 2)
    + power((s.longitude - ${longitude}::float8) * ${cosine}::float8, 2)))::integer`
  const { rows } = await sql<StopRow & { distance_m: number }>`
    select * from (
      select ${COLUMNS}, ${distance} as distance_m from stop s join feed f on f.id = s.feed_id and f.active
      where s.latitude between ${latitude - north} and ${latitude + north} and s.longitude between ${longitude - east} and ${longitude + east}
        and ${matching(place.query)} and ${SERVED}) s
    where s.distance_m <= ${radiusM}
      and ${after === null ? sql`true` : sql`(s.distance_m, s.feed_id, s.id) > (${after.distanceM}, ${after.feedId}, ${after.stopId})`}
    order by s.distance_m, s.feed_id, s.id limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...toView(row), distanceM: row.distance_m }))
}

/** Stops of the active feeds whose name or code has `query` in it; all of them without one. By name. */
export async function stopsByName(
  db: Db,
  query: string | null,
  after: { name: string; feedId: string; stopId: string } | null,
  limit: number,
): Promise<FoundStop[]> {
  const { rows } = await sql<StopRow>`
    select ${COLUMNS} from stop s join feed f on f.id = s.feed_id and f.active
    where ${matching(query)} and ${SERVED}
      and ${after === null ? sql`true` : sql`(s.name, s.feed_id, s.id) > (${after.name}, ${after.feedId}, ${after.stopId})`}
    order by s.name, s.feed_id, s.id limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...toView(row), distanceM: null }))
}

/** Names which timetables are in use, so that whoever keeps their stops knows when to read them anew. */
export async function stopsStamp(db: Db): Promise<string> {
  const { rows } = await sql<{ stamp: string | null }>`
    select string_agg(id || ' ' || sha256 || ' ' || imported_at, ',' order by id) as stamp from feed where active`.execute(
    db,
  )
  return rows[0]?.stamp ?? ''
}

/** Every stop of the active feeds where passengers get on, by name. */
export async function allStops(db: Db): Promise<StopView[]> {
  const { rows } = await sql<StopRow>`
    select ${COLUMNS} from stop s join feed f on f.id = s.feed_id and f.active where ${SERVED} order by s.name, s.feed_id, s.id`.execute(
    db,
  )
  return rows.map(toView)
}

/** A database with the C locale knows no capitals but A to Z: those of Bulgarian, Ukrainian and Western names are told here. */
const CAPITALS = 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄҐÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝ'
const FOLDED = sql`translate(lower(s.name), ${sql.lit(CAPITALS)}, ${sql.lit(CAPITALS.toLowerCase())})`

function matching(query: string | null): RawBuilder<boolean> {
  if (query === null) return sql<boolean>`true`
  const pattern = `%${query.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(${FOLDED} like ${pattern} or s.code = ${query})`
}

export interface StopWithPlatforms {
  stop: StopView
  timeZone: string
  /** Where vehicles stop: the stop itself, or a station's platforms. */
  platforms: StopView[]
}

/**
 * A stop of an active feed by its id, which may be written `feedId:stopId` where several feeds have the same; without a feed the first by id that has
 * such a stop. undefined when none has.
 */
export async function stopWithPlatforms(db: Db, id: string): Promise<StopWithPlatforms | undefined> {
  const { rows } = await sql<StopRow & { time_zone: string }>`
    select ${COLUMNS}, f.time_zone from stop s join feed f on f.id = s.feed_id and f.active
    where s.id = ${id} or (s.feed_id = split_part(${id}, ':', 1) and s.id = substr(${id}, strpos(${id}, ':') + 1))
    order by s.id = ${id}, f.id limit 1`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  const stop = toView(row)
  if (stop.kind === 'stop') return { stop, timeZone: row.time_zone, platforms: [stop] }
  const platforms = await sql<StopRow>`
    select ${COLUMNS} from stop s where s.feed_id = ${row.feed_id} and s.parent_id = ${row.id} and s.location_type = 0
    order by s.id`.execute(db)
  return { stop, timeZone: row.time_zone, platforms: platforms.rows.map(toView) }
}

export interface StopLine {
  lineId: string
  shortName: string | null
  longName: string | null
  color: string | null
}

/** The lines that call at any of these platforms. */
export async function linesAt(db: Db, feedId: string, platformIds: readonly string[]): Promise<StopLine[]> {
  const { rows } = await sql<{ id: string; short_name: string | null; long_name: string | null; color: string | null }>`
    select distinct r.id, r.short_name, r.long_name, r.color from stop_time st
    join trip t on t.feed_id = st.feed_id and t.id = st.trip_id and t.kind = 'revenue'
    join route r on r.feed_id = t.feed_id and r.id = t.route_id
    where st.feed_id = ${feedId} and st.stop_id = any(${[...platformIds]}::text[]) order by r.id`.execute(db)
  return rows.map((row) => ({ lineId: row.id, shortName: row.short_name, longName: row.long_name, color: row.color }))
}

function toView(row: StopRow): StopView {
  return {
    feedId: row.feed_id,
    stopId: row.id,
    code: row.code,
    name: row.name,
    latitude: row.latitude,
    longitude: row.longitude,
    kind: row.location_type === 1 ? 'station' : 'stop',
    parentId: row.parent_id,
  }
}
