import { sql, type Kysely } from 'kysely'

/** Where buses are and when they arrive. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements: string[] = [
  // Where each vehicle was last seen on its block; `state` is what the tracker goes on from, `position_at` and `told_at` what it has already taken in.
  `create table vehicle_progress (
     vehicle_id text primary key, feed_id text not null, block_id text not null, date date not null, trip_id text, stop_sequence integer,
     deviation_s integer, at timestamptz, source text not null check (source in ('position','told','none')),
     position_at timestamptz, told_at timestamptz, state jsonb)`,
  `create table block_prediction (
     date date not null, block_id text not null, feed_id text not null, vehicle_id text, computed_at timestamptz not null, position_at timestamptz,
     deviation_s integer, basis text not null check (basis in ('live','schedule')), cancelled_from_trip_id text, cancelled_trip_ids jsonb not null default '[]',
     reason text, sentence text, replacement_vehicle_id text, depot_arrival_at timestamptz, end_at timestamptz not null, stops jsonb not null default '[]',
     primary key (date, block_id)) with (fillfactor = 50)`,
  // Written every few seconds, so in less than half the time of the usual compression, where the server was built with it.
  `do $$ begin alter table block_prediction alter column stops set compression lz4; exception when feature_not_supported then null; end $$`,
  `create index block_prediction_vehicle on block_prediction (vehicle_id)`,
  // Bucket -1 is any time of any day; else kind of day times 24 plus the local hour.
  `create table travel_time (
     feed_id text not null references feed on delete cascade, from_stop_id text not null, to_stop_id text not null, bucket smallint not null,
     mean_s real not null, variance real not null, n integer not null, days integer not null, last_date date not null,
     filtered_s real not null, filtered_variance real not null,
     dwell_mean_s real, dwell_variance real, dwell_n integer not null default 0,
     recent_ratio real, recent_at timestamptz, primary key (feed_id, from_stop_id, to_stop_id, bucket))`,
  `create table stop_passage (
     date date not null, feed_id text not null, trip_id text not null, sequence integer not null, vehicle_id text not null, block_id text not null, stop_id text not null,
     arrived_at timestamptz, departed_at timestamptz, scheduled_arrival_at timestamptz not null, scheduled_departure_at timestamptz not null,
     from_stop_id text, travel_s integer, dwell_s integer, held_s integer, recorded_at timestamptz not null, learned boolean not null default false,
     primary key (date, feed_id, trip_id, sequence, vehicle_id)) partition by range (date)`,
  `create table stop_passage_default partition of stop_passage default`,
  `create index stop_passage_unlearned on stop_passage (recorded_at) where not learned`,
]
