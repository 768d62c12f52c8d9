import { json, type Db } from './database.ts'

const NAME = 'fleetVersion'

/** Names the fleet file that holds; null: none was stored since this is written down. It is another after every file that is stored. */
export async function fleetVersion(db: Db): Promise<string | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirst()
  return typeof row?.value === 'string' ? row.value : null
}

export async function putFleetVersion(db: Db, version: string | null): Promise<void> {
  if (version === null) {
    await db.deleteFrom('setting').where('name', '=', NAME).execute()
    return
  }
  const value = json(version)
  await db
    .insertInto('setting')
    .values({ name: NAME, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
