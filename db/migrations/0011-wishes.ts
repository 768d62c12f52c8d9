import { sql, type Kysely } from 'kysely'

/** What people wish of a plan, chargers that they take out of order, and what they ask to see before they change anything. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table vehicle_wish (
     id integer generated always as identity primary key, site_id text not null references site on delete cascade,
     vehicle_id text not null references vehicle on delete cascade, block_date date, block_id text,
     need_soc_percent double precision, depart_at timestamptz, charge_now boolean not null default false, charge_now_soc_percent double precision,
     made_at timestamptz not null, made_by text, until timestamptz not null, leaves_for_date date, leaves_for_block_id text,
     ended_at timestamptz, ended_because text check (ended_because in ('departed', 'reached', 'takenBack', 'replaced')),
     check ((block_date is null) = (block_id is null)), check ((ended_at is null) = (ended_because is null)))`,
  `create unique index vehicle_wish_standing on vehicle_wish (vehicle_id, coalesce(block_date, 'infinity'), coalesce(block_id, '')) where ended_at is null`,
  `create index vehicle_wish_site on vehicle_wish (site_id, made_at)`,
  `select audit_changes('vehicle_wish', 'wish', array['vehicle_id', 'id'], '{}', array['until', 'leaves_for_date', 'leaves_for_block_id'])`,
  `alter table evse add column out_of_order_reason text, add column out_of_order_at timestamptz, add column out_of_order_by text`,
  `create table plan_preview (
     id integer generated always as identity primary key, site_id text not null references site on delete cascade, asked_at timestamptz not null,
     changes jsonb not null, answered_at timestamptz, answer jsonb, error text)`,
  `create index plan_preview_open on plan_preview (site_id) where answered_at is null`,
]
