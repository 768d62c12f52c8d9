import { sql, type Kysely } from 'kysely'

/** Energy, distance and cost, added up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements: string[] = [
  // Keyed by session now, so that a quarter hour may hold two of them. What stood there is counted anew from the samples.
  `drop table energy_interval`,
  `delete from setting where name = 'energyCountedUntil'`,
  `create table energy_interval (
     station_id text not null, evse_id integer not null, start_at timestamptz not null, session_number integer not null default 0,
     energy_wh integer not null, vehicle_id text, complete boolean not null default false,
     primary key (station_id, evse_id, start_at, session_number)) partition by range (start_at)`,
  `create table energy_interval_default partition of energy_interval default`,
  `create index energy_interval_session on energy_interval (session_number) where session_number > 0`,
  `create index energy_interval_vehicle on energy_interval (vehicle_id, start_at) where vehicle_id is not null`,
  `create index energy_interval_start on energy_interval (start_at, station_id)`,
  // What counts for a site: a station's main meter only where none of its EVSEs was read in that quarter hour, else the same energy would count twice.
  // A function, so that this is planned once and not for each pair of months.
  `create function main_meter_counts(station text, quarter timestamptz) returns boolean language plpgsql stable parallel safe as $$
   begin
     return not exists (select 1 from energy_interval e where e.start_at = quarter and e.station_id = station and (e.evse_id > 0 or e.session_number > 0));
   end $$`,
  `create view counted_interval as
     select s.site_id, i.station_id, i.evse_id, i.start_at, i.session_number, i.energy_wh, i.vehicle_id, i.complete
     from energy_interval i join station s on s.id = i.station_id
     where s.site_id is not null and (i.evse_id > 0 or i.session_number > 0 or main_meter_counts(i.station_id, i.start_at))`,
  // Readings outside any session, which the energy job looks for by EVSE and time.
  `create index meter_sample_outside on meter_sample (station_id, evse_id, at) where session_number is null and register_wh is not null`,

  // What the energy job made of each session's registers: the auditor's figures, and which session it carries on.
  `create table session_energy (
     session_number integer primary key, station_id text not null, evse_id integer not null,
     first_at timestamptz not null, first_wh bigint not null, last_at timestamptz not null, last_wh bigint not null,
     energy_wh bigint not null, resets integer not null default 0, breaks integer not null default 0,
     battery_wh bigint, continues_number integer, group_number integer not null)`,
  `create index session_energy_evse on session_energy (station_id, evse_id, first_at)`,
  `create index session_energy_evse_last on session_energy (station_id, evse_id, last_at)`,
  `create index session_energy_continues on session_energy (continues_number) where continues_number is not null`,
  `create index session_energy_group on session_energy (group_number)`,

  // ---- added up ----
  // Prices and carbon of the quarter stand beside the sums, so that any share of the quarter can be costed.
  `create table energy_quarter (
     site_id text not null, start_at timestamptz not null, energy_wh bigint not null,
     energy_price_micro_eur_per_kwh integer, network_price_micro_eur_per_kwh integer, carbon_g_per_kwh integer,
     energy_cost_micro_eur bigint, network_cost_micro_eur bigint, carbon_g bigint,
     uncosted_wh bigint not null default 0, uncarboned_wh bigint not null default 0, complete boolean not null default false,
     primary key (site_id, start_at))`,
  `create table energy_day (
     date date not null, site_id text not null, station_id text not null, evse_id integer not null, vehicle_id text not null default '',
     energy_wh bigint not null, session_wh bigint not null, standby_wh bigint not null,
     energy_cost_micro_eur bigint, network_cost_micro_eur bigint, carbon_g bigint,
     uncosted_wh bigint not null default 0, uncarboned_wh bigint not null default 0,
     battery_wh bigint, battery_grid_wh bigint not null default 0,
     primary key (date, site_id, station_id, evse_id, vehicle_id))`,
  `create index energy_day_site on energy_day (site_id, date, station_id, evse_id)`,
  `create index energy_day_vehicle on energy_day (vehicle_id, date)`,
  `create table drive_day (
     date date not null, vehicle_id text not null, block_id text not null, route text not null default '',
     distance_m bigint not null, drive_seconds bigint not null, energy_wh bigint, temperature_c real, passengers_km bigint,
     primary key (date, vehicle_id, block_id, route))`,
  `create index drive_day_vehicle on drive_day (vehicle_id, date)`,
  `create index drive_day_route on drive_day (route, date)`,
  `create table passenger_count (
     date date not null, route text not null, boardings bigint, passenger_km bigint, source text not null, received_at timestamptz not null,
     primary key (date, route))`,

  // ---- spans to add up again: something came later that they depend on ----
  `create table energy_dirty (
     id bigint generated always as identity primary key, site_id text, from_at timestamptz not null, to_at timestamptz not null, reason text not null)`,
  `create function energy_span_changed() returns trigger language plpgsql as $$
   begin
     insert into energy_dirty (site_id, from_at, to_at, reason)
       select null, min(start_at), max(end_at), tg_table_name from changed having count(*) > 0;
     return null;
   end $$`,
  ...['price_slot', 'carbon_slot'].flatMap((table) => [
    `create trigger ${table}_added after insert on ${table} referencing new table as changed for each statement execute function energy_span_changed()`,
    `create trigger ${table}_updated after update on ${table} referencing new table as changed for each statement execute function energy_span_changed()`,
    `create trigger ${table}_deleted after delete on ${table} referencing old table as changed for each statement execute function energy_span_changed()`,
  ]),
  // Terms of one site: a tariff or a factor from a day on, or the fleet file's own.
  `create function energy_terms_changed() returns trigger language plpgsql as $$
   declare was jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end; is_now jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
   begin
     insert into energy_dirty (site_id, from_at, to_at, reason)
       select s.id, coalesce(least((was ->> 'valid_from')::date, (is_now ->> 'valid_from')::date)::timestamp at time zone s.time_zone, '-infinity'), 'infinity', tg_table_name
       from site s where s.id = coalesce(is_now ->> 'site_id', was ->> 'site_id', is_now ->> 'id');
     return null;
   end $$`,
  `create trigger site_terms_changed after update of tariff, time_zone on site for each row
     when (old.tariff is distinct from new.tariff or old.time_zone is distinct from new.time_zone) execute function energy_terms_changed()`,
  `create function station_moved() returns trigger language plpgsql as $$
   begin
     insert into energy_dirty (site_id, from_at, to_at, reason)
       select site_id, '-infinity', 'infinity', 'station' from (values (old.site_id), (new.site_id)) as sites(site_id) where site_id is not null;
     return null;
   end $$`,
  `create trigger station_moved after update of site_id on station for each row when (old.site_id is distinct from new.site_id) execute function station_moved()`,
]
