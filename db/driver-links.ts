import type { Selectable } from 'kysely'
import type { Db } from './database.ts'
import type { DriverLinkTable } from './tables/drivers.ts'

/** A link that makes whoever opens it the driver of one vehicle, or of the one that stands at one bay. */
export interface DriverLinkEntry {
  linkId: string
  label: string
  vehicleId: string | null
  bay: { siteId: string; bayId: string } | null
  madeBy: string
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
  /** To the minute; null: never. */
  lastUsedAt: Date | null
}

const MINUTE_MS = 60_000

export async function keepDriverLink(db: Db, link: Omit<DriverLinkEntry, 'revokedAt' | 'lastUsedAt'>): Promise<void> {
  await db
    .insertInto('driver_link')
    .values({
      id: link.linkId,
      label: link.label,
      vehicle_id: link.vehicleId,
      site_id: link.bay?.siteId ?? null,
      bay_id: link.bay?.bayId ?? null,
      made_by: link.madeBy,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
      revoked_at: null,
      last_used_at: null,
    })
    .execute()
}

/** Links by id, after `after`; `usable` leaves out those that are over or were revoked. */
export async function driverLinks(
  db: Db,
  filter: { after?: string | undefined; usableAt?: Date | undefined; limit: number },
): Promise<DriverLinkEntry[]> {
  let query = db.selectFrom('driver_link').selectAll().orderBy('id').limit(filter.limit)
  if (filter.after !== undefined) query = query.where('id', '>', filter.after)
  if (filter.usableAt !== undefined)
    query = query.where('revoked_at', 'is', null).where('expires_at', '>', filter.usableAt)
  return (await query.execute()).map(linkOf)
}

/** The link as long as it opens anything; its use is noted, to the minute. Undefined when it is unknown, over or revoked. */
export async function useDriverLink(db: Db, linkId: string, at: Date): Promise<DriverLinkEntry | undefined> {
  const row = await db
    .selectFrom('driver_link')
    .selectAll()
    .where('id', '=', linkId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.last_used_at === null || at.getTime() - row.last_used_at.getTime() > MINUTE_MS)
    await db.updateTable('driver_link').set({ last_used_at: at }).where('id', '=', linkId).execute()
  return linkOf(row)
}

/** Ends a link and all that it has opened, at once; the first end stays. False when there is none. */
export async function revokeDriverLink(db: Db, linkId: string, at: Date): Promise<boolean> {
  const row = await db
    .updateTable('driver_link')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(at)) }))
    .where('id', '=', linkId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function linkOf(row: Selectable<DriverLinkTable>): DriverLinkEntry {
  return {
    linkId: row.id,
    label: row.label,
    vehicleId: row.vehicle_id,
    bay: row.site_id === null || row.bay_id === null ? null : { siteId: row.site_id, bayId: row.bay_id },
    madeBy: row.made_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  }
}
