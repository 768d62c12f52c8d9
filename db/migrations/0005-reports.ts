import { sql, type Kysely } from 'kysely'

/** Reports that are pushed, and what was charged for each line and block. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** Marks the days on which a roll-up's rows changed, so that what is made of them is made anew. Transition tables belong to one kind of change, so each needs a trigger of its own. */
function markDays(table: string): string[] {
  return [
    { event: 'insert', rows: 'new' },
    { event: 'update', rows: 'new' },
    { event: 'delete', rows: 'old' },
  ].map(
    ({ event, rows }) =>
      `create trigger ${table}_${event}_marks_days after ${event} on ${table} referencing ${rows} table as changed for each statement execute function mark_work_days()`,
  )
}

const statements: string[] = [
  `create table report_schedule (
     id integer generated always as identity primary key, name text not null, report text not null, parameters jsonb not null default '{}',
     format text not null check (format in ('json','csv','xlsx','parquet')), lang text not null default 'en', every text not null check (every in ('day','week','month')),
     at_local text not null, time_zone text not null, target jsonb not null, secret jsonb not null default '{}', enabled boolean not null default true,
     created_at timestamptz not null, updated_at timestamptz not null)`,
  `select audit_changes('report_schedule', 'reportSchedule', array['id'], array['secret'], array['updated_at'])`,
  // One row a period is what keeps a report from being pushed twice.
  `create table report_delivery (
     schedule_id integer not null references report_schedule on delete cascade, period_start date not null, period_end date not null,
     state text not null check (state in ('pending','sending','delivered','failed')), attempts integer not null default 0,
     created_at timestamptz not null, next_attempt_at timestamptz, started_at timestamptz, delivered_at timestamptz, location text, bytes integer, error text,
     primary key (schedule_id, period_start))`,
  `create index report_delivery_due on report_delivery (next_attempt_at) where state in ('pending','sending')`,

  // Charged energy by what it was driven for: kind 'line' (key: route) or 'block'. Fractions of a Wh stay, so that parts add up to the whole.
  `create table work_day (
     kind text not null check (kind in ('line','block')), date date not null, site_id text not null, key text not null,
     energy_wh double precision not null default 0, session_wh double precision not null default 0,
     energy_cost_micro_eur double precision, network_cost_micro_eur double precision, carbon_g double precision,
     uncosted_wh double precision not null default 0, uncarboned_wh double precision not null default 0,
     battery_wh double precision, battery_grid_wh double precision not null default 0,
     distance_m bigint not null default 0, drive_energy_wh bigint, drive_energy_m bigint not null default 0, passenger_km bigint,
     primary key (kind, date, site_id, key))`,
  `create table work_day_due (date date primary key)`,
  // The update locks the mark, so that it outlives a reader who does not see yet what it stands for.
  `create function mark_work_days() returns trigger language plpgsql as $$
   begin insert into work_day_due (date) select distinct date from changed order by date on conflict (date) do update set date = excluded.date; return null; end $$`,
  ...markDays('energy_day'),
  ...markDays('drive_day'),

  // What a day's first plan meant to do and what uncontrolled charging would have done, kept when the plans themselves are gone. A day is from noon to noon.
  `create table saving_day (
     date date not null, site_id text not null, plan_id integer not null, from_at timestamptz not null, to_at timestamptz not null,
     planned_wh bigint not null, planned_cost_micro_eur bigint not null, planned_peak_w bigint not null, planned_carbon_g bigint,
     uncontrolled_wh bigint not null, uncontrolled_cost_micro_eur bigint not null, uncontrolled_peak_w bigint not null, uncontrolled_carbon_g bigint,
     primary key (site_id, date))`,
]
