import { sql } from 'kysely'
import {
  boxAround,
  distanceM,
  rankMinutes,
  travelMinutes,
  type Box,
  type Position,
  type TravelMode,
} from '../../domain/places/near.ts'
import type { PlaceKind } from '../../domain/place.ts'
import type { Db } from '../database.ts'
import { placeRows, type PlaceRow } from './place-rows.ts'
import { occupancyOf, placeViewsOf, type PlaceView } from './places.ts'
import { stationPlaces, type StationPlace } from './station-places.ts'

export interface NearPlace extends PlaceView {
  distanceM: number
  minutes: number
}

export interface NearQuery extends Position {
  kind?: PlaceKind | undefined
  /** Only where there is known to be room. */
  free: boolean
  mode: TravelMode
  limit: number
  publicOnly: boolean
}

const FIRST_RADIUS_M = 500
const RADIUS_GROWTH = 3
const LAST_RADIUS_M = 50_000
/** Places of one look, the nearest first: few at first, more when they do not settle it. */
const FIRST_CANDIDATES = 150
const CANDIDATES_GROWTH = 6
/** Beyond so many on one spot the rest is not considered. */
const MOST_CANDIDATES = 5_400
/** The database orders by a flat distance, which is wrong by less than this within 50 km. */
const FLATNESS = 0.98

/**
 * The best places near a point within 50 km, by the minutes of the way and what it would cost to find no room (`rankMinutes`); the same rank goes by distance,
 * then id. It looks at the nearest in a box, and at more and farther ones until nothing that it has not seen can rank better.
 */
export async function nearPlaces(db: Db, query: NearQuery, now: Date): Promise<NearPlace[]> {
  let radiusM = FIRST_RADIUS_M
  let most = FIRST_CANDIDATES
  for (;;) {
    const rows = await candidates(db, query, { box: boxAround(query, radiusM), most }, now)
    const stations = await stationPlaces(
      db,
      rows.flatMap((row) => row.station_id ?? []),
      now,
    )
    const known = rows.map((row) => rankOf(row, stations, query, now))
    const isCut = rows.length === most
    // What was not seen lies at least this far.
    const seenM = isCut ? Math.min(radiusM, (known.at(-1)?.distanceM ?? 0) * FLATNESS) : radiusM
    const best = known
      .filter((one) => one.distanceM <= LAST_RADIUS_M && (!query.free || (one.free ?? 0) > 0))
      .sort((a, b) => a.rank - b.rank || a.distanceM - b.distanceM || (a.row.id < b.row.id ? -1 : 1))
      .slice(0, query.limit)
    const bound = travelMinutes(seenM, query.mode)
    const settled = best.length === query.limit && best.every((one) => one.rank <= bound)
    const exhausted = isCut ? most >= MOST_CANDIDATES : radiusM >= LAST_RADIUS_M
    if (settled || exhausted) return viewsOf(db, best, stations, now)
    if (isCut) most *= CANDIDATES_GROWTH
    else radiusM = Math.min(LAST_RADIUS_M, radiusM * RADIUS_GROWTH)
  }
}

async function viewsOf(
  db: Db,
  best: readonly RankedRow[],
  stations: ReadonlyMap<string, StationPlace>,
  now: Date,
): Promise<NearPlace[]> {
  const views = await placeViewsOf(
    db,
    best.map((one) => one.row),
    stations,
    now,
  )
  return best.flatMap(({ row, distanceM: metres, minutes }) => {
    const view = views.get(row.id)
    return view === undefined ? [] : { ...view, distanceM: Math.round(metres), minutes: Math.round(minutes * 10) / 10 }
  })
}

async function candidates(
  db: Db,
  query: NearQuery,
  { box, most }: { box: Box; most: number },
  now: Date,
): Promise<PlaceRow[]> {
  const { kind, publicOnly, latitude, longitude } = query
  const filter = { kind, publicOnly, box, ...(query.free ? { freeAt: now } : {}) }
  const narrowing = Math.cos((latitude * Math.PI) / 180) ** 2
  const { rows } = await sql<PlaceRow>`select * from (${placeRows(filter)}) place
    order by power(latitude - ${latitude}::float8, 2) + ${narrowing}::float8 * power(least(abs(longitude - ${longitude}::float8), 360 - abs(longitude - ${longitude}::float8)), 2), id
    limit ${most}`.execute(db)
  return rows
}

interface RankedRow {
  row: PlaceRow
  distanceM: number
  minutes: number
  free: number | null
  rank: number
}

function rankOf(row: PlaceRow, stations: ReadonlyMap<string, StationPlace>, query: NearQuery, now: Date): RankedRow {
  const metres = distanceM(query, row)
  const minutes = travelMinutes(metres, query.mode)
  const { free, ageSeconds } = occupancyOf(row, row.station_id === null ? undefined : stations.get(row.station_id), now)
  const canBeFull = row.kind === 'charger' || row.kind === 'parking'
  return { row, distanceM: metres, minutes, free, rank: rankMinutes({ minutes, canBeFull, free, ageSeconds }) }
}
