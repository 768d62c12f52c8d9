import type { PlaceKind, PlaceProperties } from '../domain/place.ts'
import { json, type Db } from './database.ts'
import { placeIdOf } from './store-places.ts'

/** Where places live that people enter themselves. */
export const MANUAL_SOURCE = 'manual'

export interface PlaceEntry {
  kind: PlaceKind
  name: string
  latitude: number
  longitude: number
  capacity: number | null
  public: boolean
  properties: PlaceProperties
}

/** Makes or changes a place of the manual source, which comes into being with its first place; readings and occupancy stay. */
export function putPlace(db: Db, externalId: string, place: PlaceEntry, at: Date): Promise<void> {
  return db.transaction().execute(async (tx) => {
    await tx
      .insertInto('place_source')
      .values({
        id: MANUAL_SOURCE,
        name: 'Entered by hand',
        kind: 'building',
        licence: null,
        attribution: null,
        url: null,
        fetch_minutes: null,
        next_fetch_at: null,
        fetched_at: null,
        fetch_outcome: null,
        updated_at: at,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    const values = { ...place, properties: json(place.properties), updated_at: at }
    await tx
      .insertInto('place')
      .values({ id: placeIdOf(MANUAL_SOURCE, externalId), source: MANUAL_SOURCE, ...values, free: null, as_of: null })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
  })
}

export async function deletePlace(db: Db, externalId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('place')
    .where('id', '=', placeIdOf(MANUAL_SOURCE, externalId))
    .executeTakeFirst()
  return numDeletedRows > 0n
}
