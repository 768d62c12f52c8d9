import { sql, type Kysely } from 'kysely'

/** What plans foresaw for each departure and quarter hour, kept after the plans themselves are forgotten; and why plans were made, as figures. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table plan add column causes jsonb not null default '[]', add column departures integer, add column short_departures integer`,
  `create index plan_created on plan (site_id, created_at)`,
  `alter table replan_request add column causes jsonb not null default '[]'`,

  // One row a departure. `night_…`: what the plan of the night foresaw, the first that was made after the noon before; `last_…`: the last plan that had it.
  `create table planned_departure (
     site_id text not null, date date not null, block_id text not null, vehicle_id text not null, depart_at timestamptz not null, need_soc_percent real not null,
     night_from timestamptz not null, night_plan_id integer not null, night_plan_at timestamptz not null, night_vehicle_id text not null,
     night_energy_wh integer not null, night_soc_percent real not null, night_ready_at timestamptz,
     last_plan_id integer not null, last_plan_at timestamptz not null, last_soc_percent real not null, last_ready_at timestamptz, last_short_wh integer not null,
     dropped_at timestamptz, primary key (site_id, date, block_id))`,
  `create index planned_departure_vehicle on planned_departure (vehicle_id, depart_at)`,
  `create index planned_departure_site on planned_departure (site_id, depart_at)`,

  // One row a quarter hour of a site, in W at the grid connection. `night_…` and `last_…` as above; the last plan is the one that held when the quarter began.
  `create table planned_quarter (
     site_id text not null, start_at timestamptz not null, night_from timestamptz not null,
     night_plan_at timestamptz not null, night_import_w integer not null, night_base_load_w integer not null, night_price_micro_eur_per_kwh integer not null,
     last_plan_at timestamptz not null, last_import_w integer not null, last_base_load_w integer not null, last_limit_w integer not null,
     last_price_micro_eur_per_kwh integer not null, primary key (site_id, start_at))`,
]
