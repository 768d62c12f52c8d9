import { sql, type Kysely } from 'kysely'

/**
 * Places where one can go. Our own stations and the timetable's stops are places too, but are read where they are; `place` holds the others.
 * Ids are compared byte by byte (`C`), so that pages of a list end alike in every database.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table place_source (
     id text collate "C" primary key, name text not null, kind text not null, public boolean not null default true,
     mapping jsonb not null default '{}', licence text, attribution text,
     url text, fetch_minutes integer, next_fetch_at timestamptz, fetched_at timestamptz, fetch_outcome text, fetch_failures integer not null default 0,
     updated_at timestamptz not null)`,
  `create index place_source_due on place_source (next_fetch_at) where url is not null`,
  // `source` and what follows the colon of the id name the place in its source.
  `create table place (
     id text collate "C" primary key, source text collate "C" not null references place_source on delete cascade, kind text not null, name text not null,
     latitude double precision not null, longitude double precision not null, capacity integer, free integer, as_of timestamptz,
     public boolean not null default true, properties jsonb not null default '{}', latest jsonb not null default '{}', updated_at timestamptz not null)`,
  `create index place_position on place (latitude, longitude)`,
  `create index place_kind on place (kind, id)`,
  `create index place_of_source on place (source, id)`,
  // Bays that cameras and sensors report one by one; a place that has any takes its free count from them.
  `create table place_bay (
     place_id text collate "C" not null references place on delete cascade, bay_id text collate "C" not null, occupied boolean not null, at timestamptz not null,
     primary key (place_id, bay_id))`,
  // The secret itself, since a signature cannot be checked against a digest of it.
  `create table place_key (
     source text collate "C" not null references place_source on delete cascade, id integer generated always as identity, secret text not null,
     created_at timestamptz not null, primary key (source, id))`,
  // Signatures that were accepted, so that none is accepted twice.
  `create table place_signature (source text collate "C" not null references place_source on delete cascade, signature text not null, at timestamptz not null, primary key (source, signature))`,
  `create index place_signature_at on place_signature (at)`,
  `create table place_reading (
     place_id text collate "C" not null references place on delete cascade, quantity text collate "C" not null, at timestamptz not null, value double precision not null,
     primary key (place_id, quantity, at))`,

  // ---- our own stations as places ----
  // Prices of a charge for those who come without a contract; money in millionths of a euro.
  `create table ad_hoc_tariff (
     id text collate "C" primary key, name text not null, energy_micro_eur_per_kwh bigint, session_micro_eur bigint, time_micro_eur_per_hour bigint,
     vat_percent real, updated_at timestamptz not null)`,
  `alter table site add column public boolean not null default false, add column address text, add column city text, add column postal_code text,
     add column country text not null default 'BGR', add column ad_hoc_tariff_id text collate "C" references ad_hoc_tariff, add column published_at timestamptz`,
  // What is null is the site's. OCPI's ids end at 36 characters, and an EVSE's number must still fit behind.
  `alter table station add column public boolean, add column latitude double precision, add column longitude double precision,
     add column ad_hoc_tariff_id text collate "C" references ad_hoc_tariff, add column published_at timestamptz,
     add column ocpi_id text collate "C" generated always as (case when length(id) <= 32 then id else left(id, 23) || '-' || left(md5(id), 8) end) stored`,
  `create index station_site on station (site_id)`,
  `create index station_position on station (latitude, longitude) where latitude is not null`,
  `create index station_ocpi on station (ocpi_id)`,
  `create index stop_position on stop (latitude, longitude)`,
  // OCPI asks for what changed since.
  `create index charging_session_updated on charging_session (greatest(started_received_at, last_sample_at, ended_received_at))`,

  // ---- what people change is written down (migration 0002) ----
  `select audit_changes('place_source', 'placeSource', array['id'], '{}', array['updated_at','next_fetch_at','fetched_at','fetch_outcome','fetch_failures'])`,
  `select audit_changes('place_key', 'placeKey', array['source','id'], array['secret'])`,
  `select audit_changes('ad_hoc_tariff', 'adHocTariff', array['id'], '{}', array['updated_at'])`,
  // Places that a file brings by the thousand are written down as one upload, those entered by hand one by one.
  ...(
    [
      ['insert', 'new'],
      ['update', 'new'],
      ['delete', 'old'],
    ] as const
  ).map(
    ([change, row]) =>
      `create trigger place_audit_${change} after ${change} on place for each row when (${row}.source = 'manual') execute function audit_row('place', 'id', '', 'free,as_of,latest,updated_at')`,
  ),
]
