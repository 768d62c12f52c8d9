import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import type { Db } from '../../db/database.ts'
import { migrate } from '../../db/migrate.ts'
import { ensureMonthPartitions } from '../../db/partitions.ts'
import { openPglite, openPostgres } from '../../runtime/database.ts'

let shared: Promise<Db> | undefined

/**
 * An empty database of the newest schema: PGlite in memory, or with TEST_DATABASE_URL a schema of its own on that PostgreSQL.
 * A worker boots it once and every caller after that gets it emptied, so a test file must not use two at a time.
 */
export async function emptyDatabase(): Promise<Db> {
  shared ??= open()
  const db = await shared
  const { rows } = await sql<{
    name: string
  }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'kysely_%'`.execute(
    db,
  )
  await emptied(
    db,
    rows.map((row) => row.name),
  )
  // A test whose clock is years ahead may have dropped this month's.
  await ensureMonthPartitions(db, new Date())
  return db
}

const DEADLOCK = '40P01'

/** What a test left running may still be writing a last row: PostgreSQL then ends one of the two, and we ask again. */
async function emptied(db: Db, tables: readonly string[], triesLeft = 5): Promise<void> {
  try {
    await db.transaction().execute(async (tx) => {
      // The audit log refuses to be emptied.
      await sql`set local session_replication_role = replica`.execute(tx)
      await sql.raw(`truncate ${tables.map((name) => `"${name}"`).join(', ')} restart identity cascade`).execute(tx)
    })
  } catch (error) {
    const isDeadlock = error instanceof Error && 'code' in error && error.code === DEADLOCK
    if (!isDeadlock || triesLeft === 0) throw error
    await emptied(db, tables, triesLeft - 1)
  }
}

async function open(): Promise<Db> {
  const url = process.env['TEST_DATABASE_URL']
  const db = url === undefined ? (await openPglite()).db : await openSchema(url)
  await migrate(db)
  return db
}

async function openSchema(url: string): Promise<Db> {
  const schema = `zaryad_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create schema ${schema}`)
  await client.end()
  const own = new URL(url)
  own.searchParams.set('options', `-c search_path=${schema}`)
  return openPostgres(own.href, (error) => console.error(error), 4)
}
