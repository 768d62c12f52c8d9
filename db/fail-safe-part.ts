import { json, type Db } from './database.ts'

/** Which part of a site's limits its chargers' fail-safes may claim, and since when; null: the usual one. */
export async function failSafePart(db: Db, siteId: string): Promise<{ part: number; at: Date } | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', nameOf(siteId)).executeTakeFirst()
  const value = row?.value
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const { part, at } = value
  return typeof part === 'number' && typeof at === 'string' ? { part, at: new Date(at) } : null
}

export async function storeFailSafePart(db: Db, siteId: string, since: { part: number; at: Date }): Promise<void> {
  const value = json(since)
  await db
    .insertInto('setting')
    .values({ name: nameOf(siteId), value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** Back to the usual part. */
export async function forgetFailSafePart(db: Db, siteId: string): Promise<void> {
  await db.deleteFrom('setting').where('name', '=', nameOf(siteId)).execute()
}

function nameOf(siteId: string): string {
  return `failSafePart:${siteId}`
}
