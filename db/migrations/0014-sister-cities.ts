import { sql, type Kysely } from 'kysely'

/** What other cities last told of themselves. They are configured, so only a job writes here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table sister_city (
    name text collate "C" primary key, url text not null, position smallint not null,
    asked_at timestamptz, heard_at timestamptz, outcome text, failures integer not null default 0, glance jsonb)`.execute(
    db,
  )
}
