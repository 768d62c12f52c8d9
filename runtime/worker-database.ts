import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database, Db } from '../db/database.ts'
import { postgresParser } from './postgres-types.ts'

/** A connection that nobody has used for this long is closed: on Workers an open one keeps its object from sleeping. */
const IDLE_MS = 50
/** Of the six that one invocation may have open at a time. */
const MAX_CONNECTIONS = 4

/**
 * PostgreSQL through Hyperdrive for one invocation of a Worker or one Durable Object. Connections are opened as needed, shared by what
 * runs at the same time, and closed once idle; Hyperdrive keeps the real ones. Never keep it beyond the request it was made for: the
 * platform ties a connection to the request that opened it.
 */
export function openHyperdrive(connectionString: string): Db {
  // A broken connection is dropped and the next use opens another; a query that was running on it has failed by itself.
  const ignore = () => undefined
  const pool = new pg.Pool({
    connectionString,
    max: MAX_CONNECTIONS,
    idleTimeoutMillis: IDLE_MS,
    onConnect: (client) => void client.on('error', ignore),
    types: { getTypeParser: postgresParser as typeof pg.types.getTypeParser },
  })
  pool.on('error', ignore)
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}
