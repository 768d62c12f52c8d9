import { sql } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import type { Db } from './database.ts'
import * as first from './migrations/0001-first.ts'
import * as access from './migrations/0002-access.ts'
import * as battery from './migrations/0003-battery.ts'
import * as energy from './migrations/0004-energy.ts'
import * as reports from './migrations/0005-reports.ts'
import * as prices from './migrations/0006-prices.ts'
import * as arrivals from './migrations/0007-arrivals.ts'
import * as places from './migrations/0008-places.ts'
import * as machines from './migrations/0009-machines.ts'
import * as stopBoard from './migrations/0010-stop-board.ts'
import * as wishes from './migrations/0011-wishes.ts'
import * as onboarding from './migrations/0012-onboarding.ts'
import * as drivers from './migrations/0013-drivers.ts'
import * as sisterCities from './migrations/0014-sister-cities.ts'
import * as imports from './migrations/0015-imports.ts'
import * as baseLoad from './migrations/0019-base-load.ts'
import * as planHistory from './migrations/0020-plan-history.ts'
import * as importSentences from './migrations/0021-import-sentences.ts'
import * as energyMonths from './migrations/0022-energy-months.ts'

const migrations: Record<string, Migration> = {
  '0001-first': first,
  '0002-access': access,
  '0003-battery': battery,
  '0004-energy': energy,
  '0005-reports': reports,
  '0006-prices': prices,
  '0007-arrivals': arrivals,
  '0008-places': places,
  '0009-machines': machines,
  '0010-stop-board': stopBoard,
  '0011-wishes': wishes,
  '0012-onboarding': onboarding,
  '0013-drivers': drivers,
  '0014-sister-cities': sisterCities,
  '0015-imports': imports,
  '0019-base-load': baseLoad,
  '0020-plan-history': planHistory,
  '0021-import-sentences': importSentences,
  '0022-energy-months': energyMonths,
}

/**
 * Brings the schema up to date. Safe when several processes start together: Kysely holds an advisory lock, so one migrates and the
 * others wait and find nothing to do. Throws with the failing migration's name; a failed migration leaves nothing behind.
 */
export async function migrate(db: Db): Promise<void> {
  const migrator = await migratorOf(db)
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

/** Names of migrations that this program knows and the database has not had. */
export async function unfinishedMigrations(db: Db): Promise<string[]> {
  const known = await (await migratorOf(db)).getMigrations()
  return known.filter((one) => one.executedAt === undefined).map((one) => one.name)
}

async function migratorOf(db: Db): Promise<Migrator> {
  // Kysely looks for its tables in every schema unless told; a neighbour's must not pass for ours.
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db)
  const migrationTableSchema = rows[0]?.schema ?? 'public'
  const provider = { getMigrations: () => Promise.resolve(migrations) }
  return new Migrator({ db, provider, migrationTableSchema })
}
