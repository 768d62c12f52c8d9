import { sql, type Kysely } from 'kysely'

/** What a node draws beside its chargers may change with the month and the hour: solar power stands against it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table limit_node add column hourly_base_load_w jsonb`,
  `create function base_load_w_in(of_site text, month_of_year int, hour_of_day int) returns bigint language sql stable as $$
     select coalesce(sum(coalesce((n.hourly_base_load_w -> (month_of_year - 1) ->> hour_of_day)::bigint, n.base_load_w)), 0)::bigint
     from limit_node n where n.site_id = of_site $$`,
]
