import { sql, type RawBuilder } from 'kysely'
import type { PlaceKind } from '../../domain/place.ts'
import { MAX_AHEAD_MS, READING_LIFETIME_MS } from '../../domain/place.ts'
import type { Box } from '../../domain/places/near.ts'

/** What all places have, wherever they are read from. */
export interface PlaceRow {
  id: string
  kind: PlaceKind
  latitude: number
  longitude: number
  free: number | null
  as_of: Date | null
  /** Set where the place is one of our stations. */
  station_id: string | null
}

export interface PlaceFilter {
  kind?: PlaceKind | undefined
  /** Only what everybody may see. */
  publicOnly: boolean
  /** Only where there is known to be room at this instant; of our stations those that may have some. */
  freeAt?: Date | undefined
  box?: Box | undefined
  after?: string | undefined
  limit?: number | undefined
}

const TRUE = sql`true`

/**
 * A union of all that is a place: rows of `place`, our stations and the stops of timetables. Each part is bounded by its own index, and by `after` and
 * `limit` in the order of the ids when a limit is given.
 */
export function placeRows(filter: PlaceFilter): RawBuilder<PlaceRow> {
  const { kind } = filter
  const parts: RawBuilder<unknown>[] = [storedPlaces(filter)]
  if (kind === undefined || kind === 'charger') {
    parts.push(stations(filter, 's'), stations(filter, 'i'))
  }
  if ((kind === undefined || kind === 'stop') && filter.freeAt === undefined) parts.push(stops(filter))
  const bounded = parts.map((part) => sql`(select * from (${part}) part where ${afterId(filter)} ${inOrder(filter)})`)
  return sql<PlaceRow>`${sql.join(bounded, sql` union all `)}`
}

function afterId({ after }: PlaceFilter): RawBuilder<unknown> {
  return after === undefined ? TRUE : sql`id > ${after} collate "C"`
}

function inOrder({ limit }: PlaceFilter): RawBuilder<unknown> {
  return limit === undefined ? sql`` : sql`order by id limit ${limit}`
}

function storedPlaces({ kind, publicOnly, freeAt, box }: PlaceFilter): RawBuilder<unknown> {
  return sql`select p.id, p.kind, p.latitude, p.longitude, p.free, p.as_of, null::text as station_id
    from place p join place_source o on o.id = p.source
    where ${within('p', box)} and ${kind === undefined ? TRUE : sql`p.kind = ${kind}`} and ${publicOnly ? sql`p.public and o.public` : TRUE}
      and ${freeAt === undefined ? TRUE : freshAndFree(freeAt)}`
}

function freshAndFree(at: Date): RawBuilder<unknown> {
  const oldest = new Date(at.getTime() - READING_LIFETIME_MS)
  return sql`p.free > 0 and p.as_of between ${oldest} and ${new Date(at.getTime() + MAX_AHEAD_MS)}`
}

/** Stations with a position of their own (`s`), or those that stand where their site is (`i`): two parts, so that each finds its index. */
function stations({ publicOnly, freeAt, box }: PlaceFilter, position: 's' | 'i'): RawBuilder<unknown> {
  const at = sql.raw(position)
  return sql`select ('station:' || s.id) collate "C" as id, 'charger' as kind, ${at}.latitude, ${at}.longitude, null::integer as free, s.last_message_at as as_of, s.id as station_id
    from station s join site i on i.id = s.site_id
    where s.latitude is ${position === 's' ? sql`not null` : sql`null`} and ${within(position, box)} and s.registration = 'accepted'
      and ${publicOnly ? sql`coalesce(s.public, i.public)` : TRUE}
      and ${freeAt === undefined ? TRUE : sql`s.connected and exists (select 1 from connector c where c.station_id = s.id and c.status = 'available')`}`
}

function stops({ box }: PlaceFilter): RawBuilder<unknown> {
  return sql`select ('stop:' || t.feed_id || ':' || t.id) collate "C" as id, 'stop' as kind, t.latitude, t.longitude, null::integer as free, null::timestamptz as as_of, null::text as station_id
    from stop t join feed f on f.id = t.feed_id
    where f.active and t.location_type = 0 and t.latitude is not null and t.longitude is not null and ${within('t', box)}`
}

function within(table: string, box: Box | undefined): RawBuilder<unknown> {
  if (box === undefined) return TRUE
  const [latitude, longitude] = [sql.ref(`${table}.latitude`), sql.ref(`${table}.longitude`)]
  const { south, north, west, east } = box
  const inside =
    west <= east
      ? sql`${longitude} between ${west} and ${east}`
      : sql`(${longitude} >= ${west} or ${longitude} <= ${east})`
  return sql`${latitude} between ${south} and ${north} and ${inside}`
}
