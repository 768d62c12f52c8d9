import type { Db } from './database.ts'

/** Long enough that a timestamp within tolerance cannot come back after its signature is forgotten. */
const REMEMBERED_MS = 15 * 60_000
/** Two, so that sensors can be given a new one while the old one still holds. */
const KEYS_A_SOURCE = 2

/** The source of a place and the secrets that its sensors may sign with; undefined when there is no such place. */
export async function placeSecrets(
  db: Db,
  placeId: string,
): Promise<{ sourceId: string; secrets: string[] } | undefined> {
  const rows = await db
    .selectFrom('place')
    .leftJoin('place_key', 'place_key.source', 'place.source')
    .select(['place.source', 'place_key.secret'])
    .where('place.id', '=', placeId)
    .orderBy('place_key.id', 'desc')
    .execute()
  const [first] = rows
  if (first === undefined) return undefined
  return { sourceId: first.source, secrets: rows.flatMap((row) => (row.secret === null ? [] : [row.secret])) }
}

/** Adds a signing key; of more than two the oldest ends. false: there is no such source. */
export function addPlaceKey(db: Db, sourceId: string, secret: string, at: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const source = await tx
      .selectFrom('place_source')
      .select('id')
      .where('id', '=', sourceId)
      .forUpdate()
      .executeTakeFirst()
    if (source === undefined) return false
    await tx.insertInto('place_key').values({ source: sourceId, secret, created_at: at }).execute()
    const kept = tx
      .selectFrom('place_key')
      .select('id')
      .where('source', '=', sourceId)
      .orderBy('id', 'desc')
      .limit(KEYS_A_SOURCE)
    await tx.deleteFrom('place_key').where('source', '=', sourceId).where('id', 'not in', kept).execute()
    return true
  })
}

/** Ends all signing keys of a source. false: there is no such source. */
export async function deletePlaceKeys(db: Db, sourceId: string): Promise<boolean> {
  const source = await db.selectFrom('place_source').select('id').where('id', '=', sourceId).executeTakeFirst()
  await db.deleteFrom('place_key').where('source', '=', sourceId).execute()
  return source !== undefined
}

/** Remembers a signature. false: it was used before. */
export async function useSignature(db: Db, sourceId: string, signature: string, at: Date): Promise<boolean> {
  await db
    .deleteFrom('place_signature')
    .where('at', '<', new Date(at.getTime() - REMEMBERED_MS))
    .execute()
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('place_signature')
    .values({ source: sourceId, signature, at })
    .onConflict((conflict) => conflict.columns(['source', 'signature']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
