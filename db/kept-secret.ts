import { json, type Db } from './database.ts'

/** The secret that this database keeps under a name; `made` is kept when there is none yet. Processes that start together agree. */
export async function keptSecret(db: Db, name: string, made: string): Promise<string> {
  const read = () => db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  const kept = await read()
  if (typeof kept?.value === 'string') return kept.value
  await db
    .insertInto('setting')
    .values({ name, value: json(made) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const agreed = await read()
  if (typeof agreed?.value !== 'string') throw new Error(`the setting ${name} is no secret`)
  return agreed.value
}
