import { sql } from 'kysely'
import { json, type Db } from './database.ts'
import { energyMark } from './energy-changes.ts'
import { dropPartitionsBefore } from './partitions.ts'

/**
 * Drops meter samples from before `before`, once the energy job has counted everything that was received until a day ago, else nothing: what they told of energy is kept as
 * intervals and sums. From then on sessions that began before are never counted again. Returns the names of what was dropped.
 */
export async function forgetCountedSamples(db: Db, before: Date, now: Date): Promise<string[]> {
  const { receivedUntil } = await energyMark(db)
  if (now.getTime() - receivedUntil.getTime() > 24 * 3_600_000) return []
  const value = json(before.toISOString())
  await db
    .insertInto('setting')
    .values({ name: 'samplesKeptSince', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
  return dropPartitionsBefore(db, 'meter_sample', before)
}

/**
 * Brings the index by which the energy job finds new samples up to date. PostgreSQL's vacuum does it too, the embedded database has none; without it each look would
 * read all that was written since.
 */
export async function indexNewSamples(db: Db): Promise<void> {
  await sql`select brin_summarize_new_values(i.indexrelid) from pg_inherits h join pg_index i on i.indrelid = h.inhrelid
    join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam where h.inhparent = to_regclass('meter_sample') and a.amname = 'brin'`.execute(
    db,
  )
}
