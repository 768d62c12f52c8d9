import { sql, type Kysely } from 'kysely'

/** Tariffs by validity, carbon factors, weather, and what was asked of markets and weather services. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Local dates of the site, the end exclusive; where none holds the fleet file's tariff does.
  `create table site_tariff (
     site_id text not null references site on delete cascade, valid_from date not null, valid_to date, tariff jsonb not null,
     changed_at timestamptz not null, primary key (site_id, valid_from), check (valid_to > valid_from))`,
  // Each holds from its day until the next of the same method.
  `create table carbon_factor (
     site_id text not null references site on delete cascade, method text not null check (method in ('location','market')), valid_from date not null,
     g_per_kwh integer not null check (g_per_kwh between 0 and 5000), source text not null, year integer not null, changed_at timestamptz not null,
     primary key (site_id, method, valid_from))`,
  `create table weather (
     site_id text not null references site on delete cascade, at timestamptz not null, temperature_c real not null, source text not null,
     received_at timestamptz not null, primary key (site_id, at))`,
  // One row a day of each series, rewritten at every try, so that a fetch that was cut off is tried again and one that succeeded is not.
  `create table market_fetch (
     kind text not null check (kind in ('price','carbon','weather')), series text not null, date date not null, fetched_at timestamptz not null,
     outcome text not null check (outcome in ('stored','incomplete','noData','refused','throttled','failed')), reason text, slots integer not null default 0,
     missing_slots integer not null default 0, attempts integer not null default 1, retry_at timestamptz, primary key (kind, series, date))`,
  `create index market_fetch_at on market_fetch (fetched_at desc)`,
  // Who stored which prices, intensities and temperatures, and from where; the slots themselves are too many for the audit log.
  `create table series_import (
     id integer generated always as identity primary key, kind text not null check (kind in ('price','carbon','weather')), series text not null,
     at timestamptz not null, source text not null, slots integer not null, start_at timestamptz, end_at timestamptz)`,
  `select audit_changes('site_tariff', 'tariff', array['site_id', 'valid_from'], '{}', array['changed_at'])`,
  `select audit_changes('carbon_factor', 'carbonFactor', array['site_id', 'method', 'valid_from'], '{}', array['changed_at'])`,
  `select audit_changes('series_import', 'series', array['kind', 'series'])`,
  // What is entered later costs the quarter hours anew that it holds for (see 0004).
  ...['site_tariff', 'carbon_factor'].map(
    (table) =>
      `create trigger ${table}_terms after insert or update or delete on ${table} for each row execute function energy_terms_changed()`,
  ),
]
