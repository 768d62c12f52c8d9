import type { Db } from '../database.ts'

export interface BayView {
  bayId: string
  label: string
  row: number
  column: number
  stationId: string | null
  evseId: number | null
}

/** The bays of a site, as they lie. */
export async function bayViews(db: Db, siteId: string): Promise<BayView[]> {
  const rows = await db
    .selectFrom('bay')
    .selectAll()
    .where('site_id', '=', siteId)
    .orderBy('row_number')
    .orderBy('column_number')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    bayId: row.id,
    label: row.label,
    row: row.row_number,
    column: row.column_number,
    stationId: row.station_id,
    evseId: row.evse_id,
  }))
}

/** What people call a bay; undefined when there is none. */
export async function bayLabel(
  db: Db,
  { siteId, bayId }: { siteId: string; bayId: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('bay')
    .select('label')
    .where('site_id', '=', siteId)
    .where('id', '=', bayId)
    .executeTakeFirst()
  return row?.label
}
