import { Migrator, type Migration } from 'kysely/migration'
import type { Db } from './database.ts'
import * as first from './migrations/0001-first.ts'

const migrations: Record<string, Migration> = { '0001-first': first }

/**
 * Brings the schema up to date. Safe when several processes start together: Kysely holds an advisory lock, so one migrates and the
 * others wait and find nothing to do. Throws with the failing migration's name; a failed migration leaves nothing behind.
 */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
  const { error, results } = await migrator.migrateToLatest()
  if (error === undefined) return
  const failed = results?.find((result) => result.status === 'Error')
  throw new Error(
    `database migration ${failed?.migrationName ?? ''} failed: ${error instanceof Error ? error.message : String(error)}`,
    {
      cause: error,
    },
  )
}
