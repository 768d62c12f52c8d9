import { sql } from 'kysely'
import type { PlaceKind } from '../../domain/place.ts'
import type { Box } from '../../domain/places/near.ts'
import type { Db } from '../database.ts'
import { placeRows, type PlaceRow } from './place-rows.ts'
import { placeViewsOf, type PlaceView } from './places.ts'
import { stationPlaces } from './station-places.ts'

export interface PlaceListQuery {
  kind?: PlaceKind | undefined
  free: boolean
  publicOnly: boolean
  box?: Box | undefined
  after?: string | undefined
  limit: number
}

/** Places by id. With `free` a page may hold fewer than asked for though more follow; `last` is then where to go on, null at the end. */
export async function listPlaces(
  db: Db,
  query: PlaceListQuery,
  now: Date,
): Promise<{ places: PlaceView[]; last: string | null }> {
  const { free, limit, ...filter } = query
  const parts = placeRows({ ...filter, limit: limit + 1, ...(free ? { freeAt: now } : {}) })
  const { rows } = await sql<PlaceRow>`select * from (${parts}) place order by id limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  const stations = await stationPlaces(
    db,
    shown.flatMap((row) => row.station_id ?? []),
    now,
  )
  const views = await placeViewsOf(db, shown, stations, now)
  const places = shown.flatMap((row) => views.get(row.id) ?? []).filter((place) => !free || (place.free ?? 0) > 0)
  return { places, last: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}
