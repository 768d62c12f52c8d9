import { zipSync } from 'fflate'
import type { Db } from '../../db/database.ts'
import { noteFeedInfo } from '../../db/feed-attribution.ts'
import { feedSource, listFeeds, storeTimetable } from '../../db/timetable.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { localDate } from '../../domain/service-time.ts'
import type { FeedReport, Timetable } from '../../domain/timetable.ts'
import { FeedRefused } from '../timetable/feed-report.ts'
import { readFeedInfo } from '../timetable/feed-info.ts'
import { readFeed } from '../timetable/read-feed.ts'
import { unzip } from '../timetable/unzip.ts'
import type { FeedFiles } from './feed-files.ts'

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
 * Lays TODS files over a GTFS feed that was imported before (`feedId`, or the only one there is) and stores the whole anew. A folder that holds
 * a GTFS feed of its own is imported as it is. Throws FeedRefused when it is not clear what to lay them over.
 */
export async function importTods(db: Db, tods: FeedFiles, options: ImportOptions): Promise<FeedImport> {
  return importFeed(db, await overImported(db, tods, options.feedId), options)
}

/** TODS files over the feed that they belong to, as one feed. */
export async function overImported(db: Db, tods: FeedFiles, feedId?: string): Promise<FeedFiles & { feedId?: string }> {
  if (tods.files.has('trips.txt')) return tods
  const feeds = await listFeeds(db)
  const feed = feedId === undefined ? feeds[0] : feeds.find((one) => one.feedId === feedId)
  if (feed === undefined) {
    throw new FeedRefused(say('todsWithoutFeed'))
  }
  if (feedId === undefined && feeds.length > 1) {
    throw new FeedRefused(say('severalFeeds', { feeds: feeds.map((one) => one.feedId).join(', ') }))
  }
  const source = await feedSource(db, feed.feedId)
  if (source === null) throw new FeedRefused(say('feedFilesGone', { feed: feed.feedId }))
  const files = new Map([...unzip(source), ...tods.files])
  const fileName = `${feed.fileName} + ${tods.fileName}`
  return { fileName, sha256: tods.sha256, files, feedId: feed.feedId }
}

/**
 * Stores a feed (GTFS, with TODS in it or not) in place of its earlier version. A refused feed leaves everything as it was: `timetable` is null and
 * `report.refused` says why.
 */
export async function importFeed(
  db: Db,
  feed: FeedFiles & { feedId?: string },
  options: ImportOptions,
): Promise<FeedImport> {
  const { fileName, sha256, files } = feed
  const { at, onProgress } = options
  const feedId = feed.feedId ?? options.feedId
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
