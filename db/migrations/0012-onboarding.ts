import { sql, type Kysely } from 'kysely'

/** How chargers knocked and what came of it: one row for the same try again, so that a charger that repeats itself all night stays one line. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // '' is no station: the path named none.
  `create table connection_attempt (
     address text not null, station_id text not null default '', outcome text not null, path text not null, protocols text[] not null default '{}',
     tries integer not null default 1, first_at timestamptz not null, last_at timestamptz not null, primary key (address, station_id, outcome))`,
  `create index connection_attempt_station on connection_attempt (station_id, last_at desc)`,
]
