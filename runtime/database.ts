import { mkdirSync } from 'node:fs'
import { PGlite, types } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database, Db } from '../db/database.ts'

const INT8 = 20
const DATE = 1082

/**
 * A PostgreSQL pool. 64-bit integers are read as numbers (ours stay far below 2^53) and dates as `YYYY-MM-DD`.
 * A connection that breaks while idle is dropped and replaced; `onError` hears of it.
 */
export function openPostgres(url: string, onError: (error: Error) => void, max = 20): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types: { getTypeParser: postgresParser as typeof pg.types.getTypeParser },
  })
  pool.on('error', onError)
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

function postgresParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === INT8) return Number
  if (oid === DATE) return (value: string) => value
  return pg.types.getTypeParser(oid, format as 'text')
}

/** PGlite, PostgreSQL in this process: in `directory`, or in memory when there is none. Its answers have the same types as PostgreSQL's. */
export async function openPglite(directory?: string): Promise<{ db: Db; pglite: PGlite }> {
  if (directory !== undefined) mkdirSync(directory, { recursive: true })
  const parsers = { [types.INT8]: Number, [types.DATE]: (value: string) => value }
  const pglite = await (directory === undefined ? PGlite.create({ parsers }) : PGlite.create(directory, { parsers }))
  await pglite.exec("set timezone = 'UTC'")
  return { db: new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) }), pglite }
}
