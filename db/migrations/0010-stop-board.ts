import { sql, type Kysely } from 'kysely'

/** What boards at stops and maps look things up by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `drop index stop_time_stop`,
  `create index stop_time_stop on stop_time (feed_id, stop_id, departure_s)`,
  `create index trip_route on trip (feed_id, route_id, shape_id)`,
  `create index stop_parent on stop (feed_id, parent_id) where parent_id is not null`,
]
