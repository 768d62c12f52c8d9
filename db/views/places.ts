import { sql } from 'kysely'
import type { EvseCounts, EvseStatus } from '../../domain/places/evse-status.ts'
import {
  occupancyAt,
  type LatestReadings,
  type Occupancy,
  type PlaceKind,
  type PlaceProperties,
} from '../../domain/place.ts'
import type { Db } from '../database.ts'
import type { PlaceRow } from './place-rows.ts'
import { stationPlaces, type StationPlace } from './station-places.ts'

export interface PlaceView extends Occupancy {
  placeId: string
  kind: PlaceKind
  name: string
  latitude: number
  longitude: number
  /** null: unknown, or nothing that can be full. */
  capacity: number | null
  asOf: Date | null
  public: boolean
  source: { sourceId: string; name: string; licence: string | null; attribution: string | null }
  /** Of chargers: OCPI's word for the best of its EVSEs; null for other kinds. */
  status: EvseStatus | null
  counts: EvseCounts | null
  station: StationPlace | null
  properties: PlaceProperties
  latest: LatestReadings
}

/** Whoever looks for a plug wants the best that a station has. */
const CHARGER_WORDS: readonly EvseStatus[] = [
  'AVAILABLE',
  'CHARGING',
  'RESERVED',
  'UNKNOWN',
  'INOPERATIVE',
  'OUTOFORDER',
]

/** A station's free count is what its EVSEs say now; of the others what was last told, while it holds. */
export function occupancyOf(
  row: { free: number | null; as_of: Date | null },
  station: StationPlace | undefined,
  now: Date,
): Occupancy {
  if (station === undefined) return occupancyAt({ free: row.free, asOf: row.as_of }, now)
  const { counts, asOf, reachable } = station
  const known = counts.total > counts.unknown
  return {
    free: known ? counts.free : null,
    freeIsKnown: known,
    old: asOf !== null && !reachable,
    ageSeconds: asOf === null ? null : Math.max(0, Math.round((now.getTime() - asOf.getTime()) / 1000)),
  }
}

/** One place, or undefined when there is none that this caller may see. */
export async function placeView(
  db: Db,
  placeId: string,
  publicOnly: boolean,
  now: Date,
): Promise<PlaceView | undefined> {
  const stationId = placeId.startsWith('station:') ? placeId.slice('station:'.length) : null
  const stations = await stationPlaces(db, stationId === null ? [] : [stationId], now)
  const row = { id: placeId, station_id: stationId, kind: 'charger' } as const
  const view = (await placeViewsOf(db, [row], stations, now)).get(placeId)
  return view === undefined || (publicOnly && !view.public) ? undefined : view
}

type RowKey = Pick<PlaceRow, 'id' | 'station_id'>

export async function placeViewsOf(
  db: Db,
  rows: readonly RowKey[],
  stations: ReadonlyMap<string, StationPlace>,
  now: Date,
): Promise<Map<string, PlaceView>> {
  const ids = rows.filter((row) => row.station_id === null).map((row) => row.id)
  const stopIds = ids.filter((id) => id.startsWith('stop:'))
  const views = new Map<string, PlaceView>()
  for (const view of await storedViews(
    db,
    ids.filter((id) => !id.startsWith('stop:')),
    now,
  ))
    views.set(view.placeId, view)
  for (const view of await stopViews(db, stopIds)) views.set(view.placeId, view)
  for (const { id, station_id: stationId } of rows) {
    const station = stationId === null ? undefined : stations.get(stationId)
    if (station !== undefined) views.set(id, stationView(id, station, now))
  }
  return views
}

async function storedViews(db: Db, ids: readonly string[], now: Date): Promise<PlaceView[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('place')
    .innerJoin('place_source', 'place_source.id', 'place.source')
    .selectAll('place')
    .select([
      'place_source.name as source_name',
      'place_source.licence',
      'place_source.attribution',
      'place_source.public as source_public',
    ])
    .where(sql<boolean>`place.id = any(${[...ids]}::text[])`)
    .execute()
  return rows.map((row) => ({
    placeId: row.id,
    kind: row.kind,
    name: row.name,
    latitude: row.latitude,
    longitude: row.longitude,
    capacity: row.capacity,
    asOf: row.as_of,
    ...occupancyAt({ free: row.free, asOf: row.as_of }, now),
    public: row.public && row.source_public,
    source: { sourceId: row.source, name: row.source_name, licence: row.licence, attribution: row.attribution },
    // Nobody tells the state of a charger that is not ours.
    status: row.kind === 'charger' ? 'UNKNOWN' : null,
    counts: null,
    station: null,
    properties: row.properties,
    latest: row.latest,
  }))
}

async function stopViews(db: Db, ids: readonly string[]): Promise<PlaceView[]> {
  if (ids.length === 0) return []
  // Both halves of an id may hold colons, so every way to cut it is tried: one of them is a stop's key.
  const cuts = ids.flatMap((id) => {
    const parts = id.split(':').slice(1)
    return parts
      .slice(1)
      .map((_, i) => ({ id, feedId: parts.slice(0, i + 1).join(':'), stopId: parts.slice(i + 1).join(':') }))
  })
  const { rows } = await sql<{
    id: string
    feed_id: string
    code: string | null
    name: string
    latitude: number
    longitude: number
  }>`
    select k.id, t.feed_id, t.code, t.name, t.latitude, t.longitude
    from unnest(${cuts.map((cut) => cut.id)}::text[], ${cuts.map((cut) => cut.feedId)}::text[], ${cuts.map((cut) => cut.stopId)}::text[]) as k(id, feed_id, stop_id)
    join stop t on t.feed_id = k.feed_id and t.id = k.stop_id join feed f on f.id = t.feed_id and f.active
    where t.latitude is not null and t.longitude is not null`.execute(db)
  return rows.map((row) => ({
    placeId: row.id,
    kind: 'stop',
    name: row.name,
    latitude: row.latitude,
    longitude: row.longitude,
    capacity: null,
    free: null,
    freeIsKnown: false,
    old: false,
    ageSeconds: null,
    asOf: null,
    public: true,
    source: { sourceId: 'stop', name: `Timetable ${row.feed_id}`, licence: null, attribution: null },
    status: null,
    counts: null,
    station: null,
    properties: { stopId: row.id.slice(`stop:${row.feed_id}:`.length), feedId: row.feed_id, code: row.code },
    latest: {},
  }))
}

function stationView(placeId: string, station: StationPlace, now: Date): PlaceView {
  const { counts, asOf } = station
  return {
    placeId,
    kind: 'charger',
    name: station.name,
    latitude: station.latitude,
    longitude: station.longitude,
    capacity: counts.total,
    asOf,
    ...occupancyOf({ free: null, as_of: asOf }, station, now),
    public: station.public,
    source: { sourceId: 'station', name: station.siteName, licence: null, attribution: null },
    status: CHARGER_WORDS.find((word) => station.evses.some((evse) => evse.status === word)) ?? 'UNKNOWN',
    counts,
    station,
    properties: {},
    latest: {},
  }
}
