import type { Role } from '../domain/role.ts'
import type { Db } from './database.ts'

/** A person who may sign in. */
export interface User {
  userId: string
  name: string
  email: string
  role: Role
  /** The site that they belong to; null: all. */
  siteId: string | null
  /** The vehicle that a driver drives. */
  vehicleId: string | null
  disabled: boolean
  createdAt: Date
  /** Whether they have ever chosen a password or signed on through an identity provider. */
  active: boolean
  lastSeenAt: Date | null
}

export interface UserChange {
  name?: string
  role?: Role
  siteId?: string | null
  vehicleId?: string | null
  disabled?: boolean
}

/** Users by id, after `after`. */
export async function users(
  db: Db,
  filter: { userId?: string; after?: string | undefined; limit?: number },
): Promise<User[]> {
  let query = db
    .selectFrom('auth_user')
    .select(['id', 'name', 'email', 'role', 'site_id', 'vehicle_id', 'disabled', 'created_at'])
    .select((eb) => [
      eb
        .exists(
          eb.selectFrom('auth_account').select('auth_account.id').whereRef('auth_account.user_id', '=', 'auth_user.id'),
        )
        .as('active'),
      eb
        .selectFrom('auth_session')
        .select((s) => s.fn.max('auth_session.updated_at').as('at'))
        .whereRef('auth_session.user_id', '=', 'auth_user.id')
        .as('last_seen_at'),
    ])
    .orderBy('id')
  if (filter.userId !== undefined) query = query.where('id', '=', filter.userId)
  if (filter.after !== undefined) query = query.where('id', '>', filter.after)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  const rows = await query.execute()
  return rows.map((row) => ({
    userId: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    siteId: row.site_id,
    vehicleId: row.vehicle_id,
    disabled: row.disabled,
    createdAt: row.created_at,
    active: Boolean(row.active),
    lastSeenAt: row.last_seen_at,
  }))
}

export interface NewUser {
  userId: string
  name: string
  email: string
  role: Role
  siteId: string | null
  vehicleId: string | null
  at: Date
}

/** Makes a user who cannot sign in yet. `takenEmail` when somebody has the address. */
export function addUser(db: Db, user: NewUser): Promise<'added' | 'takenEmail' | 'unknownSite' | 'unknownVehicle'> {
  return db.transaction().execute(async (tx) => {
    const missing = await missingPlace(tx, user)
    return missing ?? ((await insertUser(tx, user)) ? 'added' : 'takenEmail')
  })
}

/** False when somebody has the address already. */
export async function insertUser(tx: Db, user: NewUser): Promise<boolean> {
  const row = await tx
    .insertInto('auth_user')
    .values({
      id: user.userId,
      name: user.name,
      email: user.email.toLowerCase(),
      // Whoever invites answers for the address: an identity provider that names it is believed.
      email_verified: true,
      image: null,
      role: user.role,
      site_id: user.siteId,
      vehicle_id: user.vehicleId,
      created_at: user.at,
      updated_at: user.at,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Changes a user; whoever is disabled or gets another role is signed out everywhere. The last admin who can sign in stays one. */
export async function changeUser(
  db: Db,
  userId: string,
  change: UserChange,
  at: Date,
): Promise<'changed' | 'unknownUser' | 'lastAdmin' | 'unknownSite' | 'unknownVehicle'> {
  return db.transaction().execute(async (tx) => {
    const admins = await lockAdmins(tx)
    const before = await tx.selectFrom('auth_user').selectAll().where('id', '=', userId).forUpdate().executeTakeFirst()
    if (before === undefined) return 'unknownUser'
    const missing = await missingPlace(tx, { siteId: change.siteId ?? null, vehicleId: change.vehicleId ?? null })
    if (missing !== null) return missing
    const demoted = (change.role !== undefined && change.role !== before.role) || change.disabled === true
    const stays = change.disabled !== true && (change.role ?? before.role) === 'admin'
    if (demoted && !stays && admins.length === 1 && admins[0] === userId) return 'lastAdmin'
    await tx
      .updateTable('auth_user')
      .set({
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.role === undefined ? {} : { role: change.role }),
        ...(change.siteId === undefined ? {} : { site_id: change.siteId }),
        ...(change.vehicleId === undefined ? {} : { vehicle_id: change.vehicleId }),
        ...(change.disabled === undefined ? {} : { disabled: change.disabled }),
        updated_at: at,
      })
      .where('id', '=', userId)
      .execute()
    if (demoted) await tx.deleteFrom('auth_session').where('user_id', '=', userId).execute()
    return 'changed'
  })
}

/** Removes a user with sessions, passkeys and keys; what they did stays in the audit log. */
export async function removeUser(db: Db, userId: string): Promise<'removed' | 'unknownUser' | 'lastAdmin'> {
  return db.transaction().execute(async (tx) => {
    const admins = await lockAdmins(tx)
    if (admins.length === 1 && admins[0] === userId) return 'lastAdmin'
    await tx.deleteFrom('auth_api_key').where('reference_id', '=', userId).execute()
    const row = await tx.deleteFrom('auth_user').where('id', '=', userId).returning('id').executeTakeFirst()
    return row === undefined ? 'unknownUser' : 'removed'
  })
}

/** The admins who are not disabled, locked, so that two who demote each other at once do not both succeed. */
async function lockAdmins(tx: Db): Promise<string[]> {
  const rows = await tx
    .selectFrom('auth_user')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', false)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}

async function missingPlace(
  tx: Db,
  { siteId, vehicleId }: { siteId: string | null; vehicleId: string | null },
): Promise<'unknownSite' | 'unknownVehicle' | null> {
  if (siteId !== null) {
    const site = await tx.selectFrom('site').select('id').where('id', '=', siteId).executeTakeFirst()
    if (site === undefined) return 'unknownSite'
  }
  if (vehicleId !== null) {
    const vehicle = await tx.selectFrom('vehicle').select('id').where('id', '=', vehicleId).executeTakeFirst()
    if (vehicle === undefined) return 'unknownVehicle'
  }
  return null
}
