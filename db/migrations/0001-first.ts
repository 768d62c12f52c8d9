import { sql, type Kysely } from 'kysely'

/**
 * The vocabulary as tables. Energy in Wh, power in W, money in millionths of a euro, instants in UTC.
 *
 * `change_seq` is the id of the transaction that last changed the row, set by a trigger: one sequence over all tables. A reader that
 * remembers `pg_snapshot_xmin` of its last look and asks for rows at or above it misses nothing, not even a transaction
 * that took its number early and committed late, which a plain sequence would lose.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create function mark_changed() returns trigger language plpgsql as $$
   begin new.change_seq := (pg_current_xact_id()::text)::bigint; return new; end $$`,

  // ---- the place ----
  `create table site (
     id text primary key, name text not null, time_zone text not null, latitude double precision not null, longitude double precision not null,
     tariff jsonb, monthly_temperature_c jsonb, outdoor_temperature_c real, outdoor_temperature_at timestamptz,
     change_seq bigint not null default 0)`,
  `create table limit_node (
     site_id text not null references site, id text not null, parent_id text, label text, limit_w bigint not null, base_load_w bigint not null default 0,
     change_seq bigint not null default 0, primary key (site_id, id))`,
  `create table station (
     id text primary key, site_id text references site, node_id text, label text,
     registration text not null default 'pending' check (registration in ('accepted','pending','rejected')),
     password_hash text, protocol text, vendor text, model text, serial_number text, firmware_version text, firmware_status text,
     connected boolean not null default false, connection_id text, connected_at timestamptz, disconnected_at timestamptz,
     last_message_at timestamptz, last_boot_at timestamptz, boot_reason text, clock_skew_ms bigint,
     capabilities jsonb not null default '{}', quirks jsonb not null default '{}', first_seen_at timestamptz,
     change_seq bigint not null default 0)`,
  `create table evse (
     station_id text not null references station on delete cascade, evse_id integer not null, node_id text,
     current_type text not null default 'DC' check (current_type in ('AC','DC')), phases smallint not null default 3,
     max_power_w integer not null default 0, min_power_w integer not null default 0, efficiency real not null default 0.95,
     fail_safe_power_w integer, operative boolean not null default true,
     vehicle_id text, vehicle_source text check (vehicle_source in ('token','manual')), plugged_in boolean,
     power_w integer, power_at timestamptz, change_seq bigint not null default 0, primary key (station_id, evse_id))`,
  `create table connector (
     station_id text not null, evse_id integer not null, connector_id integer not null, type text,
     status text not null default 'unknown', error_code text, error_info text, status_at timestamptz,
     change_seq bigint not null default 0, primary key (station_id, evse_id, connector_id),
     foreign key (station_id, evse_id) references evse on delete cascade)`,
  `create table bay (
     site_id text not null references site, id text not null, label text not null, row_number integer not null default 0, column_number integer not null default 0,
     station_id text, evse_id integer, change_seq bigint not null default 0, primary key (site_id, id))`,

  // ---- vehicles ----
  `create table vehicle_type (
     id text primary key, label text not null, battery_capacity_wh bigint not null, max_power_w integer not null,
     min_soc_percent real not null, max_soc_percent real not null, reserve_soc_percent real not null,
     taper jsonb not null, consumption jsonb not null, passenger_places integer, change_seq bigint not null default 0)`,
  `create table vehicle (
     id text primary key, label text not null, site_id text not null references site, type_id text not null references vehicle_type, bay_id text,
     in_service boolean not null default true, soc_percent real, soc_at timestamptz, soc_source text,
     delay_seconds integer, delay_at timestamptz, odometer_m bigint, change_seq bigint not null default 0)`,
  `create index vehicle_site on vehicle (site_id)`,
  `create table token (
     value text primary key, type text not null default 'ISO14443', label text, vehicle_id text references vehicle,
     blocked boolean not null default false, expires_at timestamptz, change_seq bigint not null default 0)`,
  `create index token_lower on token (lower(value))`,

  // ---- charging ----
  `create table charging_session (
     number integer generated always as identity primary key, station_id text not null references station, evse_id integer not null, connector_id integer,
     transaction_id text not null, start_key text not null, protocol text not null, id_token text, vehicle_id text, "authorization" text not null,
     started_at timestamptz not null, started_received_at timestamptz not null, ended_at timestamptz, ended_received_at timestamptz,
     meter_start_wh bigint, meter_last_wh bigint, meter_stop_wh bigint, energy_wh bigint,
     soc_start_percent real, soc_percent real, power_w integer, last_sample_at timestamptz, charging_state text, stop_reason text,
     last_seq_no integer, orphan boolean not null default false, flags jsonb not null default '{}',
     change_seq bigint not null default 0, unique (station_id, start_key))`,
  `create index charging_session_open on charging_session (station_id, evse_id) where ended_at is null`,
  `create index charging_session_transaction on charging_session (station_id, transaction_id)`,
  `create index charging_session_vehicle on charging_session (vehicle_id, started_at desc)`,
  `create index charging_session_started on charging_session (started_at desc, number desc)`,
  `create table meter_sample (
     station_id text not null, evse_id integer not null, connector_id integer, session_number integer, at timestamptz not null,
     station_at timestamptz, received_at timestamptz not null, context text not null default 'Sample.Periodic',
     register_wh bigint, power_w integer, offered_w integer, soc_percent real, current_a real, voltage_v real,
     primary key (station_id, evse_id, at, context)) partition by range (at)`,
  `create table meter_sample_default partition of meter_sample default`,
  `create index meter_sample_session on meter_sample (session_number, at)`,
  `create index meter_sample_received on meter_sample using brin (received_at)`,
  `create table energy_interval (
     station_id text not null, evse_id integer not null, start_at timestamptz not null, energy_wh integer not null, session_number integer, vehicle_id text,
     complete boolean not null default false, primary key (station_id, evse_id, start_at)) partition by range (start_at)`,
  `create table energy_interval_default partition of energy_interval default`,
  `create table vehicle_soc (
     vehicle_id text not null, at timestamptz not null, soc_percent real not null, source text not null, primary key (vehicle_id, at, source)) partition by range (at)`,
  `create table vehicle_soc_default partition of vehicle_soc default`,
  `create table message_log (
     id bigint generated always as identity, at timestamptz not null, station_id text not null, direction text not null check (direction in ('in','out')),
     message_type smallint, message_id text, action text, error_code text, frame text not null) partition by range (at)`,
  `create table message_log_default partition of message_log default`,
  `create index message_log_station on message_log (station_id, id desc)`,
  `create table device_variable (
     station_id text not null references station on delete cascade, name text not null, value text, readonly boolean, at timestamptz not null,
     change_seq bigint not null default 0, primary key (station_id, name))`,
  `create table desired_state (
     station_id text not null references station on delete cascade, item text not null, version bigint not null default 1, wanted jsonb not null,
     wanted_at timestamptz not null, confirmed_version bigint, confirmed_at timestamptz, attempts integer not null default 0,
     attempted_at timestamptz, retry_at timestamptz, outcome jsonb, change_seq bigint not null default 0, primary key (station_id, item))`,
  `create index desired_state_open on desired_state (retry_at) where confirmed_version is distinct from version`,
  // What each station holds, or may hold because its answer never came: the worst case that the site's limits are kept in.
  `create table held_profile (
     station_id text not null references station on delete cascade, evse_id integer not null, item text not null, version bigint not null, profile jsonb not null,
     sent_at timestamptz not null, confirmed_at timestamptz, lapses_at timestamptz, readback text, readback_at timestamptz,
     primary key (station_id, item, version))`,

  // ---- timetable ----
  `create table feed (
     id text primary key, file_name text not null, sha256 text not null, imported_at timestamptz not null, time_zone text not null,
     start_date date, end_date date, active boolean not null default true, report jsonb not null default '{}', change_seq bigint not null default 0)`,
  `create table feed_source (feed_id text primary key references feed on delete cascade, zip bytea not null)`,
  `create table service_day (feed_id text not null references feed on delete cascade, service_id text not null, date date not null, primary key (feed_id, date, service_id))`,
  `create table route (feed_id text not null references feed on delete cascade, id text not null, short_name text, long_name text, type integer, color text, text_color text, primary key (feed_id, id))`,
  `create table stop (feed_id text not null references feed on delete cascade, id text not null, code text, name text not null, latitude double precision, longitude double precision,
     location_type integer not null default 0, parent_id text, primary key (feed_id, id))`,
  `create table shape (feed_id text not null references feed on delete cascade, id text not null, points jsonb not null, length_m integer not null, primary key (feed_id, id))`,
  `create table trip (
     feed_id text not null references feed on delete cascade, id text not null, route_id text, service_id text not null, block_id text, headsign text, direction_id smallint, shape_id text,
     kind text not null default 'revenue', distance_m integer, distance_source text, start_s integer not null, end_s integer not null, start_stop_id text, end_stop_id text, primary key (feed_id, id))`,
  `create index trip_block on trip (feed_id, block_id, service_id)`,
  `create table stop_time (
     feed_id text not null references feed on delete cascade, trip_id text not null, sequence integer not null, stop_id text not null, arrival_s integer, departure_s integer, distance_m integer,
     timepoint boolean not null default true, primary key (feed_id, trip_id, sequence))`,
  `create index stop_time_stop on stop_time (feed_id, stop_id)`,
  `create table block_vehicle_rule (feed_id text not null references feed on delete cascade, service_id text not null, block_id text not null, date date, vehicle_id text not null,
     unique nulls not distinct (feed_id, service_id, block_id, date))`,
  `create table block_assignment (
     date date not null, block_id text not null, vehicle_id text, source text not null check (source in ('manual','automatic')), assigned_at timestamptz not null,
     change_seq bigint not null default 0, primary key (date, block_id))`,

  // ---- planning ----
  `create table price_slot (series text not null, start_at timestamptz not null, end_at timestamptz not null, price_micro_eur_per_kwh integer not null, source text not null, primary key (series, start_at))`,
  `create table carbon_slot (series text not null, start_at timestamptz not null, end_at timestamptz not null, g_per_kwh integer not null, source text not null, primary key (series, start_at))`,
  `create table monthly_peak (site_id text not null references site, month date not null, peak_w bigint not null, at timestamptz not null, primary key (site_id, month))`,
  `create table plan (
     id integer generated always as identity primary key, site_id text not null references site, created_at timestamptz not null, start_at timestamptz not null, slot_minutes integer not null, slots integer not null,
     status text not null, reason text not null, instance jsonb not null, result jsonb not null, context jsonb not null default '{}',
     total_cost_micro_eur bigint, lower_bound_micro_eur bigint, gap double precision, current boolean not null default false, change_seq bigint not null default 0)`,
  `create unique index plan_current on plan (site_id) where current`,
  `create index plan_site on plan (site_id, id desc)`,
  `create table replan_request (site_id text primary key references site, reason text not null, version bigint not null default 1, done_version bigint not null default 0, requested_at timestamptz not null)`,
  `create table alert (
     id integer generated always as identity primary key, key text not null, site_id text, kind text not null, severity text not null check (severity in ('act','look')),
     station_id text, vehicle_id text, sentence text not null, cause text not null, remedy text not null, parameters jsonb not null default '{}',
     raised_at timestamptz not null, updated_at timestamptz not null, cleared_at timestamptz, snoozed_until timestamptz, change_seq bigint not null default 0)`,
  `create unique index alert_open on alert (key) where cleared_at is null`,
  `create index alert_raised on alert (raised_at desc, id desc)`,
  `create table event (
     id bigint generated always as identity primary key, at timestamptz not null, type text not null, site_id text, station_id text, vehicle_id text,
     details jsonb not null default '{}', change_seq bigint not null default 0)`,
  `create index event_at on event (at desc)`,
  `create table job_run (job text primary key, started_at timestamptz not null, finished_at timestamptz, error text)`,
  `create table setting (name text primary key, value jsonb not null)`,

  ...[
    'site',
    'limit_node',
    'station',
    'evse',
    'connector',
    'bay',
    'vehicle_type',
    'vehicle',
    'token',
    'charging_session',
    'device_variable',
    'desired_state',
    'feed',
    'block_assignment',
    'plan',
    'alert',
    'event',
  ].flatMap((table) => [
    `create trigger ${table}_changed before insert or update on ${table} for each row execute function mark_changed()`,
    `create index ${table}_change_seq on ${table} (change_seq)`,
  ]),
]
