import pg from 'pg'
import type { Db } from '../../db/database.ts'
import { migrate } from '../../db/migrate.ts'
import { ensureMonthPartitions } from '../../db/partitions.ts'
import { openPglite, openPostgres } from '../../runtime/database.ts'
import { servePglite } from './pglite-server.ts'

export interface DatabaseServer {
  /** For other processes. */
  url: string
  db: Db
  close(): Promise<void>
}

/** An empty database of the newest schema that other processes can reach: PGlite on a port, or with TEST_DATABASE_URL one of its own there. */
export async function startDatabaseServer(): Promise<DatabaseServer> {
  const server = await (process.env['TEST_DATABASE_URL'] === undefined
    ? serveEmbedded()
    : createTestDatabase(process.env['TEST_DATABASE_URL']))
  const db = openPostgres(server.url, (error) => console.error(error), 4)
  await migrate(db)
  await ensureMonthPartitions(db, new Date())
  return {
    url: server.url,
    db,
    async close() {
      await db.destroy()
      await server.close()
    },
  }
}

async function serveEmbedded() {
  const { pglite } = await openPglite()
  const served = await servePglite(pglite)
  return {
    url: served.url,
    async close() {
      await served.close()
      await pglite.close()
    },
  }
}

let made = 0

/** A database of its own on a PostgreSQL server, without any schema yet. */
export async function createTestDatabase(serverUrl: string) {
  const name = `zaryad_test_${process.pid}_${(made += 1)}_${Date.now()}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await run(serverUrl, `create database ${name}`)
  return { url: url.href, close: () => run(serverUrl, `drop database ${name} with (force)`) }
}

async function run(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
