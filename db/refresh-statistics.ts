import { sql } from 'kysely'
import type { Db, Tx } from './database.ts'

/** Counts anew how values are spread, which the query planner goes by: the embedded database never does so by itself, PostgreSQL not for parents of partitions. */
export async function refreshStatistics(db: Db): Promise<void> {
  await sql`analyze`.execute(db)
}

/** The same for a timetable just stored: until then the embedded database takes its tables for empty, and walks all rules for each trip. */
export async function refreshTimetableStatistics(tx: Tx): Promise<void> {
  await sql`analyze service_day, block_vehicle_rule, route, stop, shape, trip, stop_time`.execute(tx)
}
