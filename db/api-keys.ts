import { sql } from 'kysely'
import type { Role } from '../domain/role.ts'
import type { Db } from './database.ts'

/** Who owns keys that were made with the ADMIN_KEY: nobody in particular. */
export const INSTALLATION = 'installation'

/** A machine's key. */
export interface ApiKey {
  keyId: string
  name: string
  /** The first characters, to recognise it by. */
  start: string | null
  role: Role
  createdAt: Date
  expiresAt: Date | null
  /** To the minute; null: never. */
  lastUsedAt: Date | null
  madeBy: string | null
}

const ROLE = sql<Role>`coalesce(auth_api_key.permissions::jsonb -> 'role' ->> 0, 'viewer')`

/** Keys by id, after `after`. */
export async function apiKeys(db: Db, filter: { after?: string | undefined; limit: number }): Promise<ApiKey[]> {
  let query = selectKeys(db).where('auth_api_key.enabled', '=', true).orderBy('auth_api_key.id').limit(filter.limit)
  if (filter.after !== undefined) query = query.where('auth_api_key.id', '>', filter.after)
  return (await query.execute()).map(keyOf)
}

/** The key with this hash when it is good: enabled, not over, its maker still an admin and not disabled. */
export async function findApiKey(db: Db, hash: string, at: Date): Promise<ApiKey | undefined> {
  const row = await selectKeys(db)
    .where('auth_api_key.key', '=', hash)
    .where('auth_api_key.enabled', '=', true)
    .where((eb) => eb.or([eb('auth_api_key.expires_at', 'is', null), eb('auth_api_key.expires_at', '>', at)]))
    .where((eb) =>
      eb.or([
        eb('auth_api_key.reference_id', '=', INSTALLATION),
        eb.and([eb('auth_user.disabled', '=', false), eb('auth_user.role', '=', 'admin')]),
      ]),
    )
    .executeTakeFirst()
  return row === undefined ? undefined : keyOf(row)
}

/** Notes that a key is in use. */
export async function noteKeyUse(db: Db, keyId: string, at: Date): Promise<void> {
  await db.updateTable('auth_api_key').set({ last_request: at }).where('id', '=', keyId).execute()
}

/** A key is made by a library on the machine's clock, and ends by the product's, which runs faster in the demo. */
export async function dateApiKey(db: Db, keyId: string, createdAt: Date, expiresAt: Date | null): Promise<void> {
  await db
    .updateTable('auth_api_key')
    .set({ created_at: createdAt, expires_at: expiresAt })
    .where('id', '=', keyId)
    .execute()
}

/** Ends a key at once; false when there is none. */
export async function removeApiKey(db: Db, keyId: string): Promise<boolean> {
  const row = await db.deleteFrom('auth_api_key').where('id', '=', keyId).returning('id').executeTakeFirst()
  return row !== undefined
}

function selectKeys(db: Db) {
  return db
    .selectFrom('auth_api_key')
    .leftJoin('auth_user', 'auth_user.id', 'auth_api_key.reference_id')
    .select([
      'auth_api_key.id',
      'auth_api_key.name',
      'auth_api_key.start',
      'auth_api_key.created_at',
      'auth_api_key.expires_at',
      'auth_api_key.last_request',
      'auth_user.name as made_by',
      ROLE.as('role'),
    ])
}

function keyOf(row: {
  id: string
  name: string | null
  start: string | null
  created_at: Date
  expires_at: Date | null
  last_request: Date | null
  made_by: string | null
  role: Role
}): ApiKey {
  return {
    keyId: row.id,
    name: row.name ?? '',
    start: row.start,
    role: row.role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_request,
    madeBy: row.made_by,
  }
}
