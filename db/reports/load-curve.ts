import { sql } from 'kysely'
import type { Db } from '../database.ts'

export interface LoadQuarter {
  startAt: Date
  /** Mean power that the chargers drew. */
  chargingW: number
  complete: boolean
}

/** The measured quarter hours of a site, ascending; those that nobody measured are missing. */
export async function loadCurve(db: Db, siteId: string, from: Date, to: Date): Promise<LoadQuarter[]> {
  const { rows } = await sql<{ start_at: Date; energy_wh: number; complete: boolean }>`
    select start_at, energy_wh, complete from energy_quarter
    where site_id = ${siteId}::text and start_at >= ${from}::timestamptz and start_at < ${to}::timestamptz order by start_at`.execute(
    db,
  )
  return rows.map((row) => ({ startAt: row.start_at, chargingW: Number(row.energy_wh) * 4, complete: row.complete }))
}

/** The limit of the site's connection to the grid, which is its one node without a parent, in W; null: none is known. */
export async function gridLimit(db: Db, siteId: string): Promise<number | null> {
  const row = await db
    .selectFrom('limit_node')
    .select('limit_w')
    .where('site_id', '=', siteId)
    .where('parent_id', 'is', null)
    .executeTakeFirst()
  return row?.limit_w ?? null
}
