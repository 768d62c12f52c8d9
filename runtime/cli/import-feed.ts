import { zipSync } from 'fflate'
import type { Db } from '../../db/database.ts'
import { noteFeedInfo } from '../../db/feed-attribution.ts'
import { feedSource, listFeeds, storeTimetable } from '../../db/timetable.ts'
import { localDate } from '../../domain/service-time.ts'
import type { FeedReport, Timetable } from '../../domain/timetable.ts'
import { FeedRefused } from '../../scheduler/timetable/feed-report.ts'
import { readFeedInfo } from '../../scheduler/timetable/feed-info.ts'
import { readFeed } from '../../scheduler/timetable/read-feed.ts'
import { unzip } from '../../scheduler/timetable/unzip.ts'
import { readFeedFiles, type FeedFiles } from './feed-files.ts'

export interface ImportOptions {
  at: Date
  feedId?: string
  onProgress?: (done: number, all: number) => void
}

export interface FeedImport {
  timetable: Timetable | null
  report: FeedReport
}

/**
 * Reads a feed from zips and folders (GTFS, then TODS to lay over it) and stores it in place of its earlier version. A refused feed
 * leaves everything as it was: `timetable` is null and `report.refused` says why. Throws FeedRefused when the paths cannot be read at all.
 */
export async function importFeed(db: Db, paths: readonly string[], options: ImportOptions): Promise<FeedImport> {
  return storeFeed(db, await readFeedFiles(paths), options)
}

/**
 * Lays TODS files over a GTFS feed that was imported before (`feedId`, or the only one there is) and stores the whole anew. A folder that holds
 * a GTFS feed of its own is imported as it is. Throws FeedRefused when it is not clear what to lay them over.
 */
export async function importTods(db: Db, path: string, options: ImportOptions): Promise<FeedImport> {
  const tods = await readFeedFiles([path])
  if (tods.files.has('trips.txt')) return storeFeed(db, tods, options)
  const feeds = await listFeeds(db)
  const feed = options.feedId === undefined ? feeds[0] : feeds.find((one) => one.feedId === options.feedId)
  if (feed === undefined) {
    throw new FeedRefused('TODS files are laid over a GTFS feed: import that first (npm run import -- gtfs …)')
  }
  if (options.feedId === undefined && feeds.length > 1) {
    throw new FeedRefused(
      `there are several feeds; say which with --feed: ${feeds.map((one) => one.feedId).join(', ')}`,
    )
  }
  const source = await feedSource(db, feed.feedId)
  if (source === null) throw new FeedRefused(`the files of ${feed.feedId} were not kept; import it again`)
  const files = new Map([...unzip(source), ...tods.files])
  const fileName = `${feed.fileName} + ${tods.fileName}`
  return storeFeed(db, { fileName, sha256: tods.sha256, files }, { ...options, feedId: feed.feedId })
}

async function storeFeed(db: Db, { fileName, sha256, files }: FeedFiles, options: ImportOptions): Promise<FeedImport> {
  const { at, feedId, onProgress } = options
  const today = localDate(at, 'UTC')
  const reading = readFeed(files, { fileName, today, ...(feedId === undefined ? {} : { feedId }) })
  const { timetable, report } = reading
  if (timetable === null) return reading
  const all = timetable.stopTimes.tripId.length
  await storeTimetable(db, timetable, {
    fileName,
    sha256,
    at,
    report,
    source: zipSync(Object.fromEntries(files), { level: 1 }),
    onProgress: (done) => onProgress?.(done, all),
  })
  await noteFeedInfo(db, timetable.feedId, readFeedInfo(files))
  return reading
}
