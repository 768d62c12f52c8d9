import { sql, type Kysely } from 'kysely'

/** Files that people hand in through the pages: looked through first, stored when they say so, and taken back where that can be. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table import_job (
     id integer generated always as identity primary key,
     kind text not null check (kind in ('gtfs', 'tods', 'fleet', 'places', 'prices', 'carbon', 'weather', 'tariff')),
     file_name text not null, options jsonb not null default '{}', size_bytes integer not null,
     state text not null default 'waiting' check (state in ('waiting', 'checking', 'checked', 'asked', 'applying', 'done', 'refused', 'failed')),
     attempts integer not null default 0, report jsonb, message text, created_by text,
     created_at timestamptz not null, checked_at timestamptz, finished_at timestamptz)`,
  `create index import_job_open on import_job (id) where state in ('waiting', 'checking', 'asked', 'applying')`,
  // Apart from the row, so that listing imports reads no files. previous: what was replaced, to be able to go back.
  `create table import_file (import_id integer primary key references import_job on delete cascade, body bytea not null, previous bytea)`,
  `select audit_changes('import_job', 'import', array['id'], '{}', array['report', 'attempts', 'checked_at', 'finished_at'])`,
]
