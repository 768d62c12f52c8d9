import { sql, type Kysely } from 'kysely'

/** Whole months of `energy_day`, so that a report of a year goes through a dozen rows of each vehicle at a station, not through hundreds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table energy_month (
     month date not null, site_id text not null, station_id text not null, vehicle_id text not null default '',
     energy_wh bigint not null, session_wh bigint not null, standby_wh bigint not null, energy_cost_micro_eur bigint, network_cost_micro_eur bigint,
     carbon_g bigint, uncosted_wh bigint not null default 0, uncarboned_wh bigint not null default 0, battery_wh bigint, battery_grid_wh bigint not null default 0,
     primary key (month, site_id, station_id, vehicle_id))`,
  // A month that waits to be added up anew: until then its days are read.
  `create table energy_month_due (month date primary key)`,
  // The update locks the mark, so that it outlives a reader who does not see yet what it stands for.
  `create function mark_energy_months() returns trigger language plpgsql as $$
   begin insert into energy_month_due (month) select distinct date_trunc('month', date)::date from changed order by 1
     on conflict (month) do update set month = excluded.month; return null; end $$`,
  ...[
    { event: 'insert', rows: 'new' },
    { event: 'update', rows: 'new' },
    { event: 'delete', rows: 'old' },
  ].map(
    ({ event, rows }) =>
      `create trigger energy_day_${event}_marks_months after ${event} on energy_day referencing ${rows} table as changed for each statement execute function mark_energy_months()`,
  ),
  `insert into energy_month_due select distinct date_trunc('month', date)::date from energy_day`,
]
