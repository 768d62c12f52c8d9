import { sql } from 'kysely'
import type { PlaceKind, PlaceMapping } from '../domain/place.ts'
import { json, type Db } from './database.ts'

export interface PlaceSource {
  sourceId: string
  name: string
  kind: PlaceKind
  public: boolean
  mapping: PlaceMapping
  licence: string | null
  attribution: string | null
  /** Where it is fetched from, every so many minutes; null: it is uploaded, or its places report by themselves. */
  url: string | null
  fetchMinutes: number | null
}

export interface PlaceSourceView extends PlaceSource {
  places: number
  /** Signing keys that are valid. */
  keys: number
  fetchedAt: Date | null
  /** `ok`, or why nothing came the last time: a kept sentence. */
  fetchOutcome: string | null
  updatedAt: Date
}

export async function placeSources(
  db: Db,
  query: { ids?: readonly string[]; after?: string | undefined; limit?: number },
): Promise<PlaceSourceView[]> {
  let rows = db
    .selectFrom('place_source')
    .selectAll()
    .select((eb) => [
      eb
        .selectFrom('place')
        .whereRef('place.source', '=', 'place_source.id')
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('places'),
      eb
        .selectFrom('place_key')
        .whereRef('place_key.source', '=', 'place_source.id')
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('keys'),
    ])
    .orderBy('id')
  if (query.ids !== undefined) rows = rows.where(sql<boolean>`id = any(${[...query.ids]}::text[])`)
  if (query.after !== undefined) rows = rows.where('id', '>', query.after)
  if (query.limit !== undefined) rows = rows.limit(query.limit)
  const found = await rows.execute()
  return found.map((row) => ({
    sourceId: row.id,
    name: row.name,
    kind: row.kind,
    public: row.public,
    mapping: row.mapping,
    licence: row.licence,
    attribution: row.attribution,
    url: row.url,
    fetchMinutes: row.fetch_minutes,
    places: Number(row.places ?? 0),
    keys: Number(row.keys ?? 0),
    fetchedAt: row.fetched_at,
    fetchOutcome: row.fetch_outcome,
    updatedAt: row.updated_at,
  }))
}

/** Makes or changes a source; its places stay. One with an address is fetched at the next look. */
export async function putPlaceSource(db: Db, source: PlaceSource, at: Date): Promise<void> {
  const values = {
    name: source.name,
    kind: source.kind,
    public: source.public,
    mapping: json(source.mapping),
    licence: source.licence,
    attribution: source.attribution,
    url: source.url,
    fetch_minutes: source.fetchMinutes,
    next_fetch_at: source.url === null ? null : at,
    fetch_failures: 0,
    updated_at: at,
  }
  await db
    .insertInto('place_source')
    .values({ id: source.sourceId, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}

/** Removes a source with its places, their readings and its keys. */
export async function deletePlaceSource(db: Db, sourceId: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('place_source').where('id', '=', sourceId).executeTakeFirst()
  return numDeletedRows > 0n
}

/** Sources whose time to be fetched has come, the longest waiting first. */
export async function duePlaceSources(
  db: Db,
  at: Date,
  limit: number,
): Promise<(PlaceSource & { failures: number })[]> {
  const rows = await db
    .selectFrom('place_source')
    .selectAll()
    .where('url', 'is not', null)
    .where('next_fetch_at', '<=', at)
    .orderBy('next_fetch_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    sourceId: row.id,
    name: row.name,
    kind: row.kind,
    public: row.public,
    mapping: row.mapping,
    licence: row.licence,
    attribution: row.attribution,
    url: row.url,
    fetchMinutes: row.fetch_minutes,
    failures: row.fetch_failures,
  }))
}

/** Notes what came of a fetch, and when to look again. */
export async function notePlaceFetch(
  db: Db,
  sourceId: string,
  fetch: { at: Date; nextAt: Date; outcome: string; failures: number },
): Promise<void> {
  await db
    .updateTable('place_source')
    .set({
      next_fetch_at: fetch.nextAt,
      fetch_outcome: fetch.outcome,
      fetch_failures: fetch.failures,
      ...(fetch.failures === 0 ? { fetched_at: fetch.at } : {}),
    })
    .where('id', '=', sourceId)
    .execute()
}
