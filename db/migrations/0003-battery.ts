import { sql, type Kysely } from 'kysely'

/** What vehicles tell, and what is learned of their batteries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements: string[] = [
  `create table telemetry (
     vehicle_id text not null, at timestamptz not null, received_at timestamptz not null,
     source text not null check (source in ('api','mqtt','gtfsRt','simulator')),
     soc_percent real, odometer_m bigint, speed_kmh real, latitude double precision, longitude double precision, heading_deg real,
     outdoor_temperature_c real, battery_temperature_c real, doors_open boolean, passengers integer,
     primary key (vehicle_id, at)) partition by range (at)`,
  `create table telemetry_default partition of telemetry default`,
  // Each value with the time that it was read at: a vehicle sends them in different messages.
  `alter table vehicle
     add column latitude double precision, add column longitude double precision, add column heading_deg real, add column position_at timestamptz,
     add column speed_kmh real, add column speed_at timestamptz, add column odometer_at timestamptz,
     add column outdoor_temperature_c real, add column outdoor_temperature_at timestamptz,
     add column battery_temperature_c real, add column battery_temperature_at timestamptz,
     add column doors_open boolean, add column doors_at timestamptz, add column passengers integer, add column passengers_at timestamptz,
     add column telemetry_at timestamptz, add column telemetry_source text`,
  // A year of one vehicle is read from the index alone: its rows lie scattered among everybody's.
  `alter table vehicle_soc drop constraint vehicle_soc_pkey`,
  `alter table vehicle_soc add primary key (vehicle_id, at, source) include (soc_percent)`,
  `create table vehicle_battery (
     vehicle_id text primary key references vehicle on delete cascade,
     usable_wh bigint, usable_low_wh bigint, usable_high_wh bigint, state_of_health_percent real, max_power_w integer,
     taper jsonb, evidence jsonb not null default '{}', learned_at timestamptz not null)`,
]
