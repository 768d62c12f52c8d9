import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { namedPriceSeries, storeFleet } from '../../db/fleet.ts'
import { storePrices } from '../../db/prices.ts'
import type { Db } from '../../db/database.ts'
import { fleetFile } from '../../domain/fleet-file.ts'
import { parsePriceCsv } from '../../scheduler/prices/csv.ts'
import { FeedRefused, reportLines } from '../../scheduler/timetable/feed-report.ts'
import { ConfigProblems, readConfig } from '../config.ts'
import { DataDirectoryInUse } from '../data-directory.ts'
import { createLog } from '../log.ts'
import { DatabaseUnusable, openDatabase } from '../open-database.ts'
import { decodeText } from './decode-text.ts'
import { importFeed, importTods, type FeedImport } from './import-feed.ts'

const usage = `npm run import -- gtfs feed.zip             a timetable: a GTFS zip or folder, with TODS files in it or not
npm run import -- tods folder               TODS files to lay over a timetable that was imported before
npm run import -- fleet fleet.json          the depot: sites, chargers, vehicles, tariff (docs/schema/fleet.schema.json)
npm run import -- prices prices.csv         energy prices: start,eurPerKwh
  --feed name      which timetable to replace or to lay TODS over; without it the agency's name
  --series name    which price series; without it the one that the sites' tariffs name
Environment: DATABASE_URL or DATA_DIR, as for npm start. Ends with 0 when it is stored, 1 when it was refused, 2 when the command was not understood.`

/** What was given cannot be stored; the message says why. Nothing has changed. */
class ImportRefused extends Error {
  override name = 'ImportRefused'
}

type What = 'gtfs' | 'tods' | 'fleet' | 'prices'

interface Arguments {
  what: What
  path: string
  feed: string | undefined
  series: string | undefined
}

/** `npm run import`. Resolves with the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const given = readArguments(args)
  if (typeof given === 'string') {
    process.stderr.write(`${given}\n`)
    return given === usage ? 0 : 2
  }
  try {
    const config = readConfig([])
    const database = await openDatabase(config, createLog('warn', process.stderr))
    try {
      await run(database.db, given)
      print(`Stored in ${database.where}.`)
      return 0
    } finally {
      await database.close()
    }
  } catch (error) {
    if (error instanceof DataDirectoryInUse) {
      const advice =
        'Stop the server for the import, or run it on PostgreSQL (DATABASE_URL), which both can use at once.'
      process.stderr.write(`${error.message}\n${advice}\n`)
      return 1
    }
    const plain = [ImportRefused, FeedRefused, ConfigProblems, DatabaseUnusable].some((kind) => error instanceof kind)
    if (!plain) throw error
    process.stderr.write(`${error instanceof FeedRefused ? 'Refused: ' : ''}${(error as Error).message}\n`)
    return 1
  }
}

function readArguments(args: readonly string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        feed: { type: 'string' },
        series: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return usage
    const [what, path, ...rest] = positionals
    if (!isWhat(what) || path === undefined || rest.length > 0)
      return `What is to be imported, and from where?\n\n${usage}`
    return { what, path, feed: values.feed, series: values.series }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`
  }
}

function isWhat(text: string | undefined): text is What {
  return text === 'gtfs' || text === 'tods' || text === 'fleet' || text === 'prices'
}

async function run(db: Db, { what, path, feed, series }: Arguments): Promise<void> {
  const at = new Date()
  const options = { at, onProgress: showProgress, ...(feed === undefined ? {} : { feedId: feed }) }
  if (what === 'gtfs') return showFeed(await importFeed(db, [path], options), at)
  if (what === 'tods') return showFeed(await importTods(db, path, options), at)
  if (what === 'fleet') return importFleet(db, path, at)
  return importPrices(db, path, series, at)
}

function showProgress(done: number, all: number): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r${done} of ${all} stop times stored${done === all ? '\n' : ''}`)
  }
}

function showFeed({ timetable, report }: FeedImport, startedAt: Date): void {
  for (const line of reportLines(report)) print(line)
  if (timetable === null) throw new FeedRefused(report.refused ?? 'the feed cannot be used')
  const { counts } = report
  const seconds = ((Date.now() - startedAt.getTime()) / 1000).toFixed(1)
  print(
    `${timetable.feedId}: ${counted(counts['trips'], 'trip')} on ${counted(counts['routes'], 'route')} in ${counted(counts['blocks'], 'block')}, ` +
      `${counted(counts['stops'], 'stop')}, ${counted(counts['stopTimes'], 'stop time')} (${counts['stopTimesPastMidnight']} past 24:00), ${timetable.startDate} to ${timetable.endDate}, ` +
      `${timetable.timeZone}, in ${seconds} s.`,
  )
}

function counted(count: number | undefined, thing: string): string {
  return `${count ?? 0} ${thing}${count === 1 ? '' : 's'}`
}

async function importFleet(db: Db, path: string, at: Date): Promise<void> {
  const parsed = fleetFile.safeParse(parseJson(await readText(path), path))
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'file'}: ${issue.message}`)
    throw new ImportRefused([`${path} is no fleet file that could be used:`, ...problems].join('\n'))
  }
  const stored = await storeFleet(db, parsed.data, at)
  print(
    `${counted(stored.sites, 'site')}, ${counted(stored.stations, 'station')} with ${counted(stored.evses, 'EVSE')}, ` +
      `${counted(stored.vehicles, 'vehicle')}, ${counted(stored.tokens, 'token')}.`,
  )
  const retired = [...stored.retiredVehicles, ...stored.retiredStations]
  if (retired.length > 0) print(`No longer in the file, so out of service: ${retired.join(', ')}.`)
}

async function importPrices(db: Db, path: string, given: string | undefined, at: Date): Promise<void> {
  const { slots, problems } = parsePriceCsv(await readText(path))
  if (problems.length > 0) {
    const shown = problems.slice(0, 20).map((problem) => `  line ${problem.line}: ${problem.message}`)
    const more = problems.length > shown.length ? [`  … and ${problems.length - shown.length} more`] : []
    throw new ImportRefused([`${path} was not stored:`, ...shown, ...more].join('\n'))
  }
  const series = given ?? (await onlySeries(db))
  const count = await storePrices(db, series, slots, basename(path), at)
  const first = slots[0]?.startAt.toISOString()
  print(`${count} prices of series ${series}, ${first} to ${slots.at(-1)?.endAt.toISOString()}.`)
}

async function onlySeries(db: Db): Promise<string> {
  const names = await namedPriceSeries(db)
  const [name] = names
  if (name === undefined || names.length > 1) {
    const found = names.length === 0 ? 'no site’s tariff names one' : `the sites’ tariffs name ${names.join(', ')}`
    throw new ImportRefused(`Say which price series these are, with --series: ${found}.`)
  }
  return name
}

async function readText(path: string): Promise<string> {
  try {
    return decodeText(await readFile(path))
  } catch (error) {
    throw new ImportRefused(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ImportRefused(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main(process.argv.slice(2))
