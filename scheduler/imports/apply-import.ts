import type { Db, Tx } from '../../db/database.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { FeedReport } from '../../domain/timetable.ts'
import { FeedRefused } from '../timetable/feed-report.ts'
import { unzip } from '../timetable/unzip.ts'
import type { GivenFile } from './check-import.ts'
import { decodeText } from './decode-text.ts'
import { feedFiles } from './feed-files.ts'
import { importFeed, importTods } from './import-feed.ts'
import { importFleetText } from './import-fleet.ts'
import { importPlacesText } from './import-places.ts'
import { importCarbon, importPrices, importTariffs, importWeather } from './import-series.ts'

/**
 * Stores a file that was handed in, whole or not at all. Resolves with what became of it, in sentences; throws FeedRefused or ImportRefused with
 * the reason when nothing was stored. `keep` is handed what it takes to take a fleet file back, in the transaction that stores it.
 */
export async function applyImport(
  db: Db,
  file: GivenFile,
  at: Date,
  keep: (tx: Tx, previous: Uint8Array) => Promise<void>,
): Promise<Sentence[]> {
  const { kind, fileName, options, body } = file
  if (kind === 'gtfs' || kind === 'tods') {
    const feed = await feedFiles(options.restores ?? fileName, unzip(body))
    const how = { at, ...(options.feedId === undefined ? {} : { feedId: options.feedId }) }
    const { timetable, report } = await (kind === 'gtfs' ? importFeed : importTods)(db, feed, how)
    if (timetable === null) throw new FeedRefused(report.refused ?? say('feedUnusable'))
    return [feedLine(timetable.feedId, report)]
  }
  const text = { name: fileName, text: decodeText(body), at }
  const series = { ...text, series: options.series, site: options.siteId }
  const work = {
    fleet: () => importFleetText(db, text, keep),
    places: () => importPlacesText(db, { ...text, source: options.sourceId }),
    prices: () => importPrices(db, series),
    carbon: () => importCarbon(db, series),
    weather: () => importWeather(db, series),
    tariff: () => importTariffs(db, series),
  }
  return work[kind]()
}

function feedLine(feedId: string, { counts }: FeedReport): Sentence {
  return say('feedStored', {
    feed: feedId,
    trips: counts['trips'] ?? 0,
    blocks: counts['blocks'] ?? 0,
    stops: counts['stops'] ?? 0,
  })
}
