import { sql } from 'kysely'
import type { SourcePlace } from '../domain/places/source-place.ts'
import { json, type Db, type Tx } from './database.ts'
import { storeReadings } from './place-readings.ts'

const BATCH = 5_000

/**
 * Stores what a source told, in place of what it told before: places that it no longer has are gone. A free count older than the one that is known, and
 * one without a time, leave the known one as it is; a place whose bays report one by one keeps their sum.
 */
export function storeSourcePlaces(db: Db, sourceId: string, places: readonly SourcePlace[], at: Date): Promise<void> {
  return db.transaction().execute(async (tx) => {
    // Two uploads of one source at a time would delete each other's places.
    await tx.selectFrom('place_source').select('id').where('id', '=', sourceId).forUpdate().execute()
    await tx
      .deleteFrom('place')
      .where('source', '=', sourceId)
      .where(sql<boolean>`id <> all(${places.map((place) => placeIdOf(sourceId, place.externalId))}::text[])`)
      .execute()
    for (let from = 0; from < places.length; from += BATCH)
      await storeBatch(tx, sourceId, places.slice(from, from + BATCH), at)
  })
}

export function placeIdOf(sourceId: string, externalId: string): string {
  return `${sourceId}:${externalId}`
}

async function storeBatch(tx: Tx, sourceId: string, places: readonly SourcePlace[], at: Date): Promise<void> {
  const ids = places.map((place) => placeIdOf(sourceId, place.externalId))
  await sql`insert into place (id, source, kind, name, latitude, longitude, capacity, free, as_of, properties, updated_at)
    select v.id, ${sourceId}::text, v.kind, v.name, v.latitude, v.longitude, v.capacity, v.free, v.as_of, v.properties::jsonb, ${at}::timestamptz
    from unnest(${ids}::text[], ${places.map((place) => place.kind)}::text[], ${places.map((place) => place.name)}::text[],
      ${places.map((place) => place.latitude)}::float8[], ${places.map((place) => place.longitude)}::float8[], ${places.map((place) => place.capacity)}::integer[],
      ${places.map((place) => place.free)}::integer[], ${places.map((place) => place.asOf?.toISOString() ?? null)}::timestamptz[], ${places.map((place) => json(place.properties))}::text[])
      as v(id, kind, name, latitude, longitude, capacity, free, as_of, properties)
    on conflict (id) do update set kind = excluded.kind, name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude,
      capacity = excluded.capacity, properties = excluded.properties, updated_at = excluded.updated_at,
      free = case when ${isNewer()} then excluded.free else place.free end,
      as_of = case when ${isNewer()} then excluded.as_of else place.as_of end`.execute(tx)
  await storeReadings(
    tx,
    places.flatMap((place, i) => place.readings.map((reading) => ({ ...reading, placeId: ids[i] ?? '' }))),
  )
}

function isNewer() {
  return sql`(place.as_of is null or excluded.as_of >= place.as_of) and not exists (select 1 from place_bay b where b.place_id = place.id)`
}
