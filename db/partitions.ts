import { sql } from 'kysely'
import type { Db } from './database.ts'

const PARTITIONED = [
  'meter_sample',
  'energy_interval',
  'vehicle_soc',
  'telemetry',
  'stop_passage',
  'message_log',
] as const

/**
 * Makes sure that the month of `now` and the two after it have partitions. What lies outside every month (a station's clock at 1970)
 * goes to the default partition. Safe to call often and from several processes.
 */
export async function ensureMonthPartitions(db: Db, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('zaryad-partitions'))`.execute(tx)
    for (let ahead = -1; ahead <= 2; ahead += 1) {
      const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1))
      const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead + 1, 1))
      const suffix = from.toISOString().slice(0, 7).replace('-', '_')
      for (const table of PARTITIONED) {
        const name = `${table}_${suffix}`
        const { rows } = await sql<{ found: string | null }>`select to_regclass(${name})::text as found`.execute(tx)
        if (rows[0]?.found) continue
        const column = table === 'energy_interval' ? 'start_at' : table === 'stop_passage' ? 'date' : 'at'
        const inDefault = await sql<{ taken: boolean }>`select exists (select 1 from ${sql.table(`${table}_default`)}
          where ${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to}) as taken`.execute(tx)
        // Rows that came before their partition keep it from being made; they stay readable where they are.
        if (inDefault.rows[0]?.taken) continue
        await sql`create table ${sql.table(name)} partition of ${sql.table(table)}
          for values from (${sql.lit(from.toISOString())}) to (${sql.lit(to.toISOString())})`.execute(tx)
      }
    }
  })
}

/** Partitions of this month and the next that are not there. */
export async function missingPartitions(db: Db, now: Date): Promise<string[]> {
  const names = [0, 1].flatMap((ahead) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 7)
    return PARTITIONED.map((table) => `${table}_${month.replace('-', '_')}`)
  })
  const { rows } = await sql<{ name: string }>`select name from unnest(${names}::text[]) as wanted(name)
    where to_regclass(name) is null`.execute(db)
  return rows.map((row) => row.name)
}

/** Drops the monthly partitions of a table that end at or before `before`, and what the default partition holds from before it. Returns their names. */
export async function dropPartitionsBefore(
  db: Db,
  table: 'message_log' | 'meter_sample' | 'telemetry' | 'stop_passage',
  before: Date,
): Promise<string[]> {
  const { rows } = await sql<{
    name: string
  }>`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = to_regclass(${table}) and c.relname ~ ${`^${table}_\\d{4}_\\d{2}$`} order by 1`.execute(db)
  const old = rows
    .map((row) => row.name)
    .filter((name) => {
      const [year = 0, month = 0] = name
        .slice(table.length + 1)
        .split('_')
        .map(Number)
      return Date.UTC(year, month, 1) <= before.getTime()
    })
  for (const name of old) await sql`drop table ${sql.table(name)}`.execute(db)
  const column = table === 'stop_passage' ? 'date' : 'at'
  await sql`delete from ${sql.table(`${table}_default`)} where ${sql.ref(column)} < ${before}`.execute(db)
  return old
}
