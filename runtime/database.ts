import { mkdirSync } from 'node:fs'
import { PGlite, types } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database, Db } from '../db/database.ts'
import { parseInstant } from './parse-instant.ts'
import { postgresParser } from './postgres-types.ts'

/** A request that gets no connection for this long fails rather than waits. */
const CONNECT_TIMEOUT_MS = 10_000

/**
 * The same for PostgreSQL and PGlite: what a query makes of an instant must not hang on the server's settings. With the 4 MB that PostgreSQL gives a step of a query, a year's report by
 * vehicle sorts on disk what fits into memory.
 */
const SESSION_SETTINGS = `set timezone = 'UTC';
  select set_config('work_mem', '16MB', false) where pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('16MB')`

/**
 * A PostgreSQL pool. 64-bit integers are read as numbers (ours stay far below 2^53) and dates as `YYYY-MM-DD`.
 * A connection that breaks is dropped and replaced; `onError` hears of it.
 */
export function openPostgres(url: string, onError: (error: Error) => void, max = 20): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    onConnect(client) {
      // A connection that breaks between two queries of a transaction says so here, and would end the process if nobody listened.
      client.on('error', onError)
      return client.query(SESSION_SETTINGS)
    },
    types: { getTypeParser: postgresParser as typeof pg.types.getTypeParser },
  })
  pool.on('error', onError)
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/** PGlite, PostgreSQL in this process: in `directory`, or in memory when there is none. Its answers have the same types as PostgreSQL's. */
export async function openPglite(directory?: string): Promise<{ db: Db; pglite: PGlite }> {
  if (directory !== undefined) mkdirSync(directory, { recursive: true })
  const parsers = {
    [types.INT8]: Number,
    [types.DATE]: (value: string) => value,
    [types.TIMESTAMPTZ]: (value: string) => parseInstant(value) ?? new Date(value),
  }
  const pglite = await (directory === undefined ? PGlite.create({ parsers }) : PGlite.create(directory, { parsers }))
  await pglite.exec(SESSION_SETTINGS)
  return { db: new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) }), pglite }
}
