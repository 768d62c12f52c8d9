import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** When vehicles were seen to leave the first stop of their blocks on a service day, by `block vehicle`. Those whose first stop nobody saw are not there. */
export async function leavings(db: Db, date: string): Promise<Map<string, Date>> {
  const { rows } = await sql<{ block_id: string; vehicle_id: string; departed_at: Date | null }>`
    select distinct on (p.block_id, p.vehicle_id) p.block_id, p.vehicle_id, p.departed_at
    from stop_passage p join planned_departure d on d.date = p.date and d.block_id = p.block_id
    where p.date = ${date}::date and abs(extract(epoch from p.scheduled_departure_at - d.depart_at)) < 3600
    order by p.block_id, p.vehicle_id, p.scheduled_departure_at`.execute(db)
  return new Map(
    rows.flatMap((row) => (row.departed_at === null ? [] : [[`${row.block_id} ${row.vehicle_id}`, row.departed_at]])),
  )
}
