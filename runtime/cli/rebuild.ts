import { parseArgs } from 'node:util'
import { markEnergyMonths, refreshEnergyMonths } from '../../db/energy-months.ts'
import { datesWithEnergy, rebuildDay } from '../../db/energy-rebuild.ts'
import type { Db } from '../../db/database.ts'
import { refreshPeaks } from '../../db/peaks.ts'
import { ConfigProblems, readConfig } from '../config.ts'
import { DataDirectoryInUse } from '../data-directory.ts'
import { createLog } from '../log.ts'
import { DatabaseUnusable, openDatabase } from '../open-database.ts'

const usage = `npm run rebuild -- energy        adds up energy, cost and carbon anew from the quarter hours, by site, by local day and by month
  --from YYYY-MM-DD   the first local day; without it the first that holds energy
  --to YYYY-MM-DD     the last one; without it the last that holds energy
Environment: DATABASE_URL or DATA_DIR, as for npm start. Ends with 0 when it is done, 1 when it could not be, 2 when the command was not understood.`

interface Span {
  from: string | null
  to: string | null
}

/** `npm run rebuild`. Resolves with the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const given = readArguments(args)
  if (typeof given === 'string') {
    process.stderr.write(`${given}\n`)
    return given === usage ? 0 : 2
  }
  try {
    const database = await openDatabase(readConfig([]), createLog('warn', process.stderr))
    try {
      const days = await rebuildEnergy(database.db, given)
      process.stdout.write(`${days} local day${days === 1 ? '' : 's'} of sites added up anew.\n`)
      return 0
    } finally {
      await database.close()
    }
  } catch (error) {
    const plain = [ConfigProblems, DatabaseUnusable, DataDirectoryInUse].some((kind) => error instanceof kind)
    if (!plain) throw error
    process.stderr.write(`${(error as Error).message}\n`)
    return 1
  }
}

/** A transaction a day, so that the jobs go on beside it. */
async function rebuildEnergy(db: Db, span: Span): Promise<number> {
  const days = await datesWithEnergy(db, span)
  for (const { siteId, date } of days) await refreshPeaks(db, await rebuildDay(db, siteId, date))
  await markEnergyMonths(db, span.from, span.to)
  await refreshEnergyMonths(db)
  return days.length
}

function readArguments(args: readonly string[]): Span | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return usage
    if (positionals.length !== 1 || positionals[0] !== 'energy') return `What is to be rebuilt?\n\n${usage}`
    const wrong = [values.from, values.to].find((date) => date !== undefined && !isDate(date))
    if (wrong !== undefined) return `"${wrong}" is no date; write 2026-11-23.\n\n${usage}`
    return { from: values.from ?? null, to: values.to ?? null }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
}

process.exitCode = await main(process.argv.slice(2))
