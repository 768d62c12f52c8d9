import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { Db } from '../../db/database.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { importFeed, importTods, type FeedImport } from '../../scheduler/imports/import-feed.ts'
import { importFleetText } from '../../scheduler/imports/import-fleet.ts'
import { importPlacesText } from '../../scheduler/imports/import-places.ts'
import { ImportRefused } from '../../scheduler/imports/import-refused.ts'
import { importCarbon, importPrices, importTariffs, importWeather } from '../../scheduler/imports/import-series.ts'
import { FeedRefused, reportLines } from '../../scheduler/timetable/feed-report.ts'
import { ConfigProblems, readConfig } from '../config.ts'
import { DataDirectoryInUse } from '../data-directory.ts'
import { createLog } from '../log.ts'
import { DatabaseUnusable, openDatabase } from '../open-database.ts'
import { NoFeedFiles, readFeedFiles } from './feed-files.ts'
import { FileUnreadable, readText } from './read-file.ts'

const usage = `npm run import -- gtfs feed.zip             a timetable: a GTFS zip or folder, with TODS files in it or not
npm run import -- tods folder               TODS files to lay over a timetable that was imported before
npm run import -- fleet fleet.json          the depot: sites, chargers, vehicles, tariff (docs/schema/fleet.schema.json)
npm run import -- prices prices.csv         energy prices: start,eurPerKwh; or a day-ahead document of ENTSO-E (A44)
npm run import -- carbon carbon.csv         carbon intensity: start,gPerKwh; or a generation document of ENTSO-E (A75)
npm run import -- weather weather.csv       outdoor temperatures: time,temperatureC; or an answer of Open-Meteo (JSON)
npm run import -- tariff tariff.json        what energy costs from a day on: { validFrom, validTo?, tariff }, or a list of them
npm run import -- places file.geojson       car parks, EV points, cameras and the like: GeoJSON as city portals publish it
  --feed name      which timetable to replace or to lay TODS over; without it the agency's name
  --series name    which price or carbon series; without it the one that the sites' tariffs name
  --source id      which source the places are; without it the one that the file names
  --site id        which site's weather or tariff; without it the only one
Environment: DATABASE_URL or DATA_DIR, as for npm start. Ends with 0 when it is stored, 1 when it was refused, 2 when the command was not understood.`

const KINDS = ['gtfs', 'tods', 'fleet', 'prices', 'carbon', 'weather', 'tariff', 'places'] as const
type What = (typeof KINDS)[number]

interface Arguments {
  what: What
  path: string
  feed: string | undefined
  series: string | undefined
  site: string | undefined
  source: string | undefined
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
    const ofFeed = error instanceof FeedRefused || error instanceof NoFeedFiles
    const plain = [ImportRefused, FileUnreadable, ConfigProblems, DatabaseUnusable].some(
      (kind) => error instanceof kind,
    )
    if (!plain && !ofFeed) throw error
    process.stderr.write(`${ofFeed ? 'Refused: ' : ''}${(error as Error).message}\n`)
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
        site: { type: 'string' },
        source: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return usage
    const [what, path, ...rest] = positionals
    if (!isWhat(what) || path === undefined || rest.length > 0)
      return `What is to be imported, and from where?\n\n${usage}`
    return { what, path, feed: values.feed, series: values.series, site: values.site, source: values.source }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`
  }
}

function isWhat(text: string | undefined): text is What {
  return KINDS.some((kind) => kind === text)
}

async function run(db: Db, { what, path, feed, series, site, source }: Arguments): Promise<void> {
  const at = new Date()
  const options = { at, onProgress: showProgress, ...(feed === undefined ? {} : { feedId: feed }) }
  if (what === 'gtfs') return showFeed(await importFeed(db, await readFeedFiles([path]), options), at)
  if (what === 'tods') return showFeed(await importTods(db, await readFeedFiles([path]), options), at)
  const file = { name: basename(path), text: await readText(path), at }
  const work = {
    fleet: () => importFleetText(db, file),
    places: () => importPlacesText(db, { ...file, source }),
    prices: () => importPrices(db, { ...file, series, site }),
    carbon: () => importCarbon(db, { ...file, series, site }),
    weather: () => importWeather(db, { ...file, series, site }),
    tariff: () => importTariffs(db, { ...file, series, site }),
  }
  for (const line of await work[what]()) print(line.in('en'))
}

function showProgress(done: number, all: number): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r${done} of ${all} stop times stored${done === all ? '\n' : ''}`)
  }
}

function showFeed({ timetable, report }: FeedImport, startedAt: Date): void {
  for (const line of reportLines(report)) print(line)
  if (timetable === null) throw new FeedRefused(report.refused ?? say('feedUnusable'))
  const { counts } = report
  const seconds = ((Date.now() - startedAt.getTime()) / 1000).toFixed(1)
  print(
    `${timetable.feedId}: ${counted(counts['trips'], 'trip')} on ${counted(counts['routes'], 'route')} in ${counted(counts['blocks'], 'block')}, ` +
      `${counted(counts['stops'], 'stop')}, ${counted(counts['stopTimes'], 'stop time')} (${counts['stopTimesPastMidnight']} past 24:00), ${timetable.startDate} to ${timetable.endDate}, ` +
      `${timetable.timeZone}, in ${seconds} s.`,
  )
}

/** `1 trip`, `3 trips`. */
function counted(count: number | undefined, thing: string): string {
  return `${count ?? 0} ${thing}${count === 1 ? '' : 's'}`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main(process.argv.slice(2))
