import { sql, type Kysely } from 'kysely'

/** What drivers come by, and what they tell: links that can be ended one by one, and faults with a photo. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // The link itself is not kept: it is signed anew, always alike, from what stands here. A fleet that is read in anew must not end what hangs at its bays.
  `create table driver_link (
     id text primary key, label text not null, vehicle_id text, site_id text, bay_id text,
     made_by text not null, created_at timestamptz not null, expires_at timestamptz not null, revoked_at timestamptz, last_used_at timestamptz,
     check ((vehicle_id is null) <> (bay_id is null and site_id is null)))`,
  `select audit_changes('driver_link', 'driverLink', array['id'], '{}', array['last_used_at'])`,

  // A report outlives the thing that it is about: only its site may take it along.
  `create table fault_report (
     id uuid primary key, site_id text references site on delete cascade, station_id text, evse_id integer, vehicle_id text, bay_id text,
     subject_label text not null, category text not null, usable boolean, text text not null,
     reported_at timestamptz not null, received_at timestamptz not null, reported_by text not null, reporter_key text not null,
     state text not null default 'open' check (state in ('open','done')), done_at timestamptz, done_by text, answer text,
     has_photo boolean not null default false)`,
  `create index fault_report_received on fault_report (received_at, id)`,
  `create index fault_report_reporter on fault_report (reporter_key, received_at)`,
  `create index fault_report_done on fault_report (done_at) where has_photo`,
  `create table fault_photo (
     report_id uuid primary key references fault_report on delete cascade, type text not null, sha256 text not null,
     bytes bytea not null check (octet_length(bytes) <= 5242880), received_at timestamptz not null)`,
  // Photos are compressed already.
  `alter table fault_photo alter column bytes set storage external`,
  `select audit_changes('fault_report', 'faultReport', array['id'], '{}', array['reporter_key'])`,
]
