import { say } from '../../domain/sentences/sentence.ts'
import type { TimetableTrip } from '../../domain/timetable.ts'
import type { Findings } from './feed-report.ts'
import { formatTime } from './gtfs-values.ts'

/**
 * Reports trips of one block that overlap in time: one vehicle cannot drive both. A block is the trips of one block_id on one day, so trips
 * of services that never run on the same day do not meet.
 */
export function checkBlocks(
  trips: readonly TimetableTrip[],
  services: ReadonlyMap<string, ReadonlySet<string>>,
  findings: Findings,
): void {
  const meet = rememberMeetings(services)
  const blocks = Map.groupBy(
    trips.filter((trip) => trip.blockId !== null),
    (trip) => trip.blockId,
  )
  for (const [blockId, all] of blocks) {
    const ordered = all.toSorted((a, b) => a.startS - b.startS || a.endS - b.endS)
    for (const [i, trip] of ordered.entries()) {
      for (let next = i + 1; next < ordered.length; next += 1) {
        const other = ordered[next]
        if (other === undefined || other.startS >= trip.endS) break
        if (!meet(trip.serviceId, other.serviceId)) continue
        const detail = say('blockOverlapAt', {
          block: blockId ?? '',
          trip: trip.tripId,
          end: formatTime(trip.endS),
          next: other.tripId,
          start: formatTime(other.startS),
        })
        findings.warning('trips.txt', 'blockOverlap', say('blockOverlap'), null, detail)
        break
      }
    }
  }
}

function rememberMeetings(services: ReadonlyMap<string, ReadonlySet<string>>): (a: string, b: string) => boolean {
  const known = new Map<string, boolean>()
  return (a, b) => {
    if (a === b) return true
    const key = a < b ? `${a}\u{0}${b}` : `${b}\u{0}${a}`
    let answer = known.get(key)
    if (answer === undefined) {
      answer = !(services.get(a) ?? new Set()).isDisjointFrom(services.get(b) ?? new Set())
      known.set(key, answer)
    }
    return answer
  }
}
