import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Counts anew how values are spread, which the query planner goes by: the embedded database never does so by itself, PostgreSQL not for parents of partitions. */
export async function refreshStatistics(db: Db): Promise<void> {
  await sql`analyze`.execute(db)
}
