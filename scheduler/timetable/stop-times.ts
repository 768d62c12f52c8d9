import { say } from '../../domain/sentences/sentence.ts'
import { readRows, readTable } from './csv-table.ts'
import type { Findings } from './feed-report.ts'
import { parseNumber, parseTime } from './gtfs-values.ts'

/** One line of stop_times.txt; -1 and NaN stand for empty, since there are hundreds of thousands. */
export interface RawStopTime {
  sequence: number
  stop: string
  /** -1: empty. */
  arrivalS: number
  /** -1: empty. */
  departureS: number
  /** As the feed writes it, in its own unit; NaN: empty. */
  distance: number
  timepoint: boolean
  line: number
}

export interface StopTimeReading {
  /** By trip, ascending in sequence. */
  byTrip: Map<string, RawStopTime[]>
  /** Rows read, usable or not. */
  rows: number
}

const COLUMNS = [
  'trip_id',
  'stop_sequence',
  'stop_id',
  'arrival_time',
  'departure_time',
  'shape_dist_traveled',
  'timepoint',
]

/** Reads stop_times.txt with its TODS supplement laid over. Rows of unknown trips and stops, and rows that cannot be read, are reported and left out. */
export function readStopTimes(
  files: ReadonlyMap<string, Uint8Array>,
  findings: Findings,
  trips: ReadonlySet<string>,
  stops: ReadonlySet<string>,
): StopTimeReading {
  const byTrip = new Map<string, RawStopTime[]>()
  let rows = 0
  const take = (file: string, fields: readonly string[], line: number): void => {
    const [trip = '', sequenceText = '', stop = '', arrival = '', departure = '', distance = '', timepoint = ''] =
      fields
    if (!trips.has(trip)) return findings.error(file, 'danglingTrip', say('stopTimeOfUnknownTrip'), line, trip)
    if (!stops.has(stop)) {
      return findings.error(file, 'danglingStop', say('stopTimeAtUnknownStop'), line, say('tripStop', { trip, stop }))
    }
    const sequence = parseNumber(sequenceText)
    if (sequence === null || !Number.isInteger(sequence) || sequence < 0) {
      return findings.error(file, 'badSequence', say('noSequence'), line, sequenceText)
    }
    const arrivalS = parseTime(arrival)
    const departureS = parseTime(departure)
    if ((arrivalS === null && arrival !== '') || (departureS === null && departure !== '')) {
      const detail = `${trip}: ${arrival} ${departure}`
      findings.error(file, 'badTime', say('badTime'), line, detail)
    }
    let list = byTrip.get(trip)
    if (list === undefined) byTrip.set(trip, (list = []))
    list.push({
      sequence,
      stop,
      arrivalS: arrivalS ?? -1,
      departureS: departureS ?? -1,
      distance: parseNumber(distance) ?? Number.NaN,
      timepoint: timepoint !== '0' && (arrivalS !== null || departureS !== null),
      line,
    })
  }

  const file = 'stop_times_supplement.txt'
  const supplement = new Map(
    readRows(files, file, findings, [...COLUMNS, 'TODS_delete']).map((row) => [
      `${row.values['trip_id']} ${Number(row.values['stop_sequence'])}`,
      row,
    ]),
  )
  readTable(files, 'stop_times.txt', findings, {
    columns: COLUMNS,
    onRow: (fields, line) => {
      rows += 1
      if (supplement.size === 0) return take('stop_times.txt', fields, line)
      const key = `${fields[0]} ${Number(fields[1])}`
      const change = supplement.get(key)
      if (change === undefined) return take('stop_times.txt', fields, line)
      supplement.delete(key)
      if (change.values['TODS_delete'] === '1') return
      const merged = fields.map((value, index) => change.values[COLUMNS[index] ?? ''] || value)
      return take('stop_times.txt', merged, line)
    },
  })
  for (const row of supplement.values()) {
    rows += 1
    if (row.values['TODS_delete'] === '1') {
      const detail = `${row.values['trip_id']}, ${row.values['stop_sequence']}`
      findings.warning(file, 'deletesNothing', say('deletesNothing'), row.line, detail)
      continue
    }
    take(
      file,
      COLUMNS.map((column) => row.values[column] ?? ''),
      row.line,
    )
  }
  for (const [trip, list] of byTrip) byTrip.set(trip, inSequence(list, trip, findings))
  return { byTrip, rows }
}

function inSequence(list: RawStopTime[], trip: string, findings: Findings): RawStopTime[] {
  if (list.every((row, i) => i === 0 || row.sequence > (list[i - 1]?.sequence ?? -1))) return list
  const sorted = list.toSorted((a, b) => a.sequence - b.sequence || a.line - b.line)
  return sorted.filter((row, i) => {
    const again = i > 0 && row.sequence === sorted[i - 1]?.sequence
    if (again) {
      const detail = `${trip}, ${row.sequence}`
      const message = say('duplicateKey', { key: 'trip_id, stop_sequence' })
      findings.error('stop_times.txt', 'duplicateId', message, row.line, detail)
    }
    return !again
  })
}
