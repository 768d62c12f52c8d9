import { fleetChange } from '../../db/fleet-change.ts'
import type { Db } from '../../db/database.ts'
import { listFeeds } from '../../db/timetable.ts'
import type { ImportKind, ImportOptions, ImportReport } from '../../domain/import-job.ts'
import { placesOfGeojson } from '../../domain/places/geojson.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { localDate } from '../../domain/service-time.ts'
import { parseCarbonCsv, parsePriceCsv, parseWeatherCsv } from '../prices/csv.ts'
import { FeedRefused } from '../timetable/feed-report.ts'
import { readFeed } from '../timetable/read-feed.ts'
import { unzip } from '../timetable/unzip.ts'
import { decodeText } from './decode-text.ts'
import { feedFiles, type FeedFiles } from './feed-files.ts'
import { overImported } from './import-feed.ts'
import { readFleetText } from './import-fleet.ts'
import { parseJson, refusal } from './import-refused.ts'
import { problemAtLine } from './problem-at-line.ts'

export interface GivenFile {
  kind: ImportKind
  fileName: string
  options: ImportOptions
  body: Uint8Array
}

export const NOTHING: ImportReport = {
  counts: {},
  findings: [],
  lines: [],
  replaces: [],
  adds: [],
  feedId: null,
  canUndo: false,
}

/**
 * Looks through a file without storing anything: what is in it, what is wrong with it, and what it would replace. Throws FeedRefused or ImportRefused with the
 * reason when it could not be stored.
 */
export async function checkImport(db: Db, file: GivenFile, at: Date): Promise<ImportReport> {
  switch (file.kind) {
    case 'gtfs':
    case 'tods':
      return checkFeed(db, file, at)
    case 'fleet':
      return checkFleet(db, file)
    case 'places':
      return checkPlaces(file)
    default:
      return checkSeries(file)
  }
}

async function checkFeed(db: Db, { kind, fileName, options, body }: GivenFile, at: Date): Promise<ImportReport> {
  const given = await feedFiles(fileName, unzip(body))
  const feed: FeedFiles & { feedId?: string } = kind === 'tods' ? await overImported(db, given, options.feedId) : given
  const feedId = feed.feedId ?? options.feedId
  const { timetable, report } = readFeed(feed.files, {
    fileName,
    today: localDate(at, 'UTC'),
    ...(feedId === undefined ? {} : { feedId }),
  })
  if (timetable === null) throw new FeedRefused(report.refused ?? say('feedUnusable'))
  const before = (await listFeeds(db)).find((one) => one.feedId === timetable.feedId)
  const thing = { kind: 'timetable' as const, id: timetable.feedId }
  return {
    ...NOTHING,
    counts: report.counts,
    findings: report.findings,
    lines: [
      say('feedSpan', {
        feed: timetable.feedId,
        start: timetable.startDate,
        end: timetable.endDate,
        zone: timetable.timeZone,
      }),
    ],
    replaces: before === undefined ? [] : [{ ...thing, fileName: before.fileName }],
    adds: before === undefined ? [thing] : [],
    feedId: timetable.feedId,
    canUndo: before !== undefined,
  }
}

async function checkFleet(db: Db, { fileName, body }: GivenFile): Promise<ImportReport> {
  const file = readFleetText(fileName, decodeText(body))
  const { adds, retires } = await fleetChange(db, file)
  const stations = file.sites.flatMap((site) => site.stations)
  return {
    ...NOTHING,
    counts: {
      sites: file.sites.length,
      stations: stations.length,
      evses: stations.reduce((sum, station) => sum + station.evses.length, 0),
      vehicles: file.vehicles.length,
    },
    replaces: retires,
    adds,
    canUndo: true,
  }
}

function checkPlaces({ fileName, body }: GivenFile): ImportReport {
  const { places, findings, refused } = placesOfGeojson(parseJson(decodeText(body), fileName), {
    kind: 'parking',
    mapping: {},
  })
  if (refused !== null) throw refusal(fileName, [refused])
  return {
    ...NOTHING,
    counts: { places: places.length },
    findings: findings.map(({ code, message, count, examples }) => ({
      severity: 'warning',
      file: fileName,
      code,
      message,
      count,
      examples: examples.map((detail) => ({ line: null, detail })),
    })),
  }
}

/** Rows of a CSV; a market's document or a tariff is only read when it is stored. */
function checkSeries({ kind, fileName, body }: GivenFile): ImportReport {
  const text = decodeText(body)
  if (kind === 'tariff' || /^[\s\u{FEFF}]*[<{[]/u.test(text)) return NOTHING
  const read = {
    prices: () => ({ rows: parsePriceCsv(text).slots.length, problems: parsePriceCsv(text).problems }),
    carbon: () => ({ rows: parseCarbonCsv(text).slots.length, problems: parseCarbonCsv(text).problems }),
    weather: () => ({ rows: parseWeatherCsv(text).hours.length, problems: parseWeatherCsv(text).problems }),
  }
  const { rows, problems } = read[kind === 'carbon' || kind === 'weather' ? kind : 'prices']()
  if (problems.length > 0) {
    throw refusal(fileName, problems.map(problemAtLine))
  }
  return { ...NOTHING, counts: { rows } }
}
