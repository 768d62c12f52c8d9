import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { ensureMonthPartitions } from '../db/partitions.ts'
import type { Log } from '../domain/ports.ts'
import { DataDirectoryInUse, lockDataDirectory } from './data-directory.ts'
import { openPglite, openPostgres } from './database.ts'
import { withoutPasswords } from './log.ts'

export interface OpenDatabase {
  db: Db
  /** For people: where the data is. */
  where: string
  kind: 'postgres' | 'embedded'
  close(): Promise<void>
}

/** The database cannot be used; the message says why and what to do. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable'
}

/**
 * The database of the newest schema, ready: PostgreSQL at `databaseUrl`, or else the one embedded in `dataDirectory`, or else (both null)
 * one in memory. The server and every command open it here. A PostgreSQL that does not answer yet is waited for, `waitMs` at most.
 * Throws `DatabaseUnusable` or `DataDirectoryInUse`, both with a message for people.
 */
export async function openDatabase(
  place: { databaseUrl: string | null; dataDirectory: string | null },
  log: Log,
  waitMs = 60_000,
): Promise<OpenDatabase> {
  const opened = await (place.databaseUrl === null
    ? openEmbedded(place.dataDirectory)
    : openServer(place.databaseUrl, log, waitMs))
  try {
    await migrate(opened.db)
    await ensureMonthPartitions(opened.db, new Date())
  } catch (error) {
    await opened.close()
    throw new DatabaseUnusable(`The database (${opened.where}) could not be brought up to date: ${messageOf(error)}`, {
      cause: error,
    })
  }
  return opened
}

async function openEmbedded(directory: string | null): Promise<OpenDatabase> {
  if (directory === null) {
    const { db } = await openPglite()
    return { db, where: 'in memory', kind: 'embedded', close: () => db.destroy() }
  }
  let lock: ReturnType<typeof lockDataDirectory> | null = null
  try {
    const taken = lockDataDirectory(directory)
    lock = taken
    const { db } = await openPglite(join(directory, 'db'))
    return {
      db,
      where: directory,
      kind: 'embedded',
      async close() {
        try {
          await db.destroy()
        } finally {
          taken.release()
        }
      },
    }
  } catch (error) {
    lock?.release()
    if (error instanceof DataDirectoryInUse) throw error
    throw new DatabaseUnusable(
      [
        `The embedded database in ${directory} does not open: ${messageOf(error)}`,
        'Is the disk full, or the folder not writable? If neither, restore the folder from a copy, or start with another DATA_DIR.',
      ].join('\n'),
      { cause: error },
    )
  }
}

async function openServer(url: string, log: Log, waitMs: number): Promise<OpenDatabase> {
  const where = withoutPasswords(url)
  const db = openPostgres(url, (error) =>
    log.warn({ error }, 'a database connection broke; the next use opens another'),
  )
  const deadline = Date.now() + waitMs
  for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, 5_000)) {
    try {
      await sql`select 1`.execute(db)
      return { db, where, kind: 'postgres', close: () => db.destroy() }
    } catch (error) {
      if (!mayPass(error) || Date.now() + pauseMs > deadline) {
        await db.destroy()
        throw new DatabaseUnusable(
          `PostgreSQL at ${where} does not let us in: ${messageOf(error)}\nIs it running, and is DATABASE_URL right?`,
          { cause: error },
        )
      }
      log.warn({ database: where, reason: messageOf(error) }, 'PostgreSQL does not answer yet; trying again')
    }
    await sleep(pauseMs)
  }
}

const PASSING_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
  // starting up, shutting down, too many connections
  '57P03',
  '57P01',
  '53300',
])

/** Whether waiting can help: a server that is still starting, not a wrong password. */
function mayPass(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(mayPass)
  return error instanceof Error && 'code' in error && PASSING_CODES.has(String(error.code))
}

const WASI_NO_SPACE = 51

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ')
  // The embedded database's file system throws bare objects with a WASI error number.
  if (typeof error === 'object' && error !== null && 'errno' in error && !('message' in error)) {
    return error.errno === WASI_NO_SPACE ? 'no space left on the disk' : `file system error ${String(error.errno)}`
  }
  return withoutPasswords(error instanceof Error ? error.message : String(error))
}
