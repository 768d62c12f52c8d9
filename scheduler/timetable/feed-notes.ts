import { latinLetters } from '../../domain/latin-letters.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { addDays, daysBetween } from '../../domain/service-time.ts'
import type { TimetableTrip } from '../../domain/timetable.ts'
import { readRows } from './csv-table.ts'
import { collectFindings, type Findings } from './feed-report.ts'
import { parseDate } from './gtfs-values.ts'

const EXPIRY_WARNING_DAYS = 14

/** Reports trips that no vehicle can be planned for, having no block. */
export function noteBlocks(trips: readonly TimetableTrip[], blocks: number, findings: Findings): void {
  const without = trips.filter((trip) => trip.blockId === null && trip.kind === 'revenue')
  if (blocks === 0) {
    findings.warning('trips.txt', 'noBlocks', say('noBlocks'), null, '')
  } else if (without.length > 0) {
    const message = say('someWithoutBlock', { n: without.length, all: trips.length })
    findings.warning('trips.txt', 'someWithoutBlock', message, null, '')
  }
}

/** Reports a timetable that has ended or ends soon. */
export function noteExpiry(
  files: ReadonlyMap<string, Uint8Array>,
  endDate: string,
  today: string,
  findings: Findings,
): void {
  const row = readRows(files, 'feed_info.txt', findings, ['feed_end_date'])[0]
  const stated = parseDate(row?.values['feed_end_date'] ?? '')
  const end = stated !== null && stated < endDate ? stated : endDate
  const left = daysBetween(today, end)
  if (left < 0) {
    findings.warning('feed_info.txt', 'expired', say('timetableEnded', { end, days: -left }), null, '')
  } else if (left < EXPIRY_WARNING_DAYS) {
    const message = say('timetableEnding', { end, next: addDays(end, 1) })
    findings.warning('feed_info.txt', 'expiring', message, null, '')
  }
}

/** A name for the feed that stays the same from one version to the next: its publisher's, else its first agency's. */
export function feedIdOf(files: ReadonlyMap<string, Uint8Array>): string {
  const silent = collectFindings(0)
  const publisher = readRows(files, 'feed_info.txt', silent, ['feed_publisher_name'])[0]?.values['feed_publisher_name']
  const agency = readRows(files, 'agency.txt', silent, ['agency_id', 'agency_name'])[0]?.values
  const name = agency?.['agency_name'] || agency?.['agency_id'] || publisher || 'feed'
  // Latin, for it stands in the addresses of the feeds. Other scripts stay as they are.
  const slug = latinLetters(name, 'bg')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? 'feed' : slug
}
