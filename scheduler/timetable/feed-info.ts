import { readRows } from './csv-table.ts'
import { collectFindings } from './feed-report.ts'

/** What a feed says of itself in feed_info.txt. */
export interface FeedInfo {
  publisher: string | null
  url: string | null
  version: string | null
}

/** All null when there is no feed_info.txt. What is wrong with the file is told by those who read it first. */
export function readFeedInfo(files: ReadonlyMap<string, Uint8Array>): FeedInfo {
  const columns = ['feed_publisher_name', 'feed_publisher_url', 'feed_version']
  const row = readRows(files, 'feed_info.txt', collectFindings(), columns)[0]?.values ?? {}
  return {
    publisher: row['feed_publisher_name'] || null,
    url: row['feed_publisher_url'] || null,
    version: row['feed_version'] || null,
  }
}
