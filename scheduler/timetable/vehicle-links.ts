import { say } from '../../domain/sentences/sentence.ts'
import type { TimetableTrip } from '../../domain/timetable.ts'
import { readRows } from './csv-table.ts'
import type { Findings } from './feed-report.ts'

/**
 * Puts trips that transfers.txt links (types 4 and 5: one vehicle drives both) into one block. Where the links and block_id disagree the links
 * win (GTFS reference, "Linked trips"): the linked trip takes the block of the one before it. Trips are changed in place.
 */
export function linkTrips(
  files: ReadonlyMap<string, Uint8Array>,
  trips: readonly TimetableTrip[],
  findings: Findings,
): void {
  const file = 'transfers.txt'
  const byId = new Map(trips.map((trip) => [trip.tripId, trip]))
  const links: { from: TimetableTrip; to: TimetableTrip; line: number }[] = []
  for (const { values, line } of readRows(files, file, findings, ['from_trip_id', 'to_trip_id', 'transfer_type'])) {
    if (values['transfer_type'] !== '4' && values['transfer_type'] !== '5') continue
    const from = byId.get(values['from_trip_id'] ?? '')
    const to = byId.get(values['to_trip_id'] ?? '')
    const detail = say('tripToTrip', { from: values['from_trip_id'] ?? '', to: values['to_trip_id'] ?? '' })
    if (from === undefined || to === undefined) {
      findings.error(file, 'danglingTrip', say('linkOfUnknownTrip'), line, detail)
    } else if (to.startS < from.endS) {
      findings.error(file, 'linkGoesBack', say('linkGoesBack'), line, detail)
    } else links.push({ from, to, line })
  }
  // In order of time, so that a chain of links hands one block on from its first trip to its last.
  for (const { from, to, line } of links.sort((a, b) => a.to.startS - b.to.startS || a.line - b.line)) {
    from.blockId ??= `linked-${from.tripId}`
    if (to.blockId === from.blockId) continue
    if (to.blockId !== null) {
      const detail = say('blockReplaced', { trip: to.tripId, from: to.blockId, to: from.blockId })
      findings.warning(file, 'linkOverridesBlock', say('linkOverridesBlock'), line, detail)
    }
    to.blockId = from.blockId
  }
}
