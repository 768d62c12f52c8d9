import { say } from '../../domain/sentences/sentence.ts'
import type { TimetableTrip } from '../../domain/timetable.ts'
import { readRows } from './csv-table.ts'
import type { Findings } from './feed-report.ts'
import { formatTime, parseNumber, parseTime } from './gtfs-values.ts'

export interface RepeatedTrip {
  trip: TimetableTrip
  /** Seconds by which all times of the pattern's trip are moved. */
  shiftS: number
}

const MOST_DEPARTURES = 2000

/**
 * The departures that frequencies.txt stands for, each a trip of its own named `trip@H:MM:SS`; the pattern's trip itself does not run then
 * (GTFS reference, frequencies.txt). They belong to no block: the feed does not say which vehicle drives which departure.
 */
export function repeatTrips(
  files: ReadonlyMap<string, Uint8Array>,
  trips: ReadonlyMap<string, TimetableTrip>,
  findings: Findings,
): Map<string, RepeatedTrip[]> {
  const file = 'frequencies.txt'
  const repeated = new Map<string, RepeatedTrip[]>()
  const columns = ['trip_id', 'start_time', 'end_time', 'headway_secs', 'exact_times']
  for (const { values, line } of readRows(files, file, findings, columns)) {
    const trip = trips.get(values['trip_id'] ?? '')
    const start = parseTime(values['start_time'] ?? '')
    const end = parseTime(values['end_time'] ?? '')
    const headway = parseNumber(values['headway_secs'] ?? '')
    const detail = Object.values(values).join(', ')
    if (trip === undefined) {
      findings.error(file, 'danglingTrip', say('frequencyOfUnknownTrip'), line, detail)
    } else if (start === null || end === null || headway === null || headway <= 0 || end <= start) {
      findings.error(file, 'badFrequency', say('badFrequency'), line, detail)
    } else {
      const list = repeated.get(trip.tripId) ?? []
      repeated.set(trip.tripId, list)
      for (let departure = start; departure < end && list.length < MOST_DEPARTURES; departure += headway) {
        const shiftS = departure - trip.startS
        const tripId = `${trip.tripId}@${formatTime(departure)}`
        list.push({ trip: { ...trip, tripId, blockId: null, startS: departure, endS: trip.endS + shiftS }, shiftS })
      }
      if (trip.blockId !== null) {
        const of = say('tripBlock', { trip: trip.tripId, block: trip.blockId })
        findings.warning(file, 'frequencyBlock', say('frequencyBlock'), line, of)
      }
    }
  }
  return repeated
}
