import type { StopTimeColumns, TimetableTrip } from '../../domain/timetable.ts'
import type { Findings } from './feed-report.ts'
import { repeatTrips } from './frequencies.ts'
import type { TimedStop } from './trip-times.ts'

export function emptyColumns(): StopTimeColumns {
  return { tripId: [], sequence: [], stopId: [], arrivalS: [], departureS: [], distanceM: [], timepoint: [] }
}

/** Appends one stop time, `metres` from the trip's first stop. */
export function addStopTime(columns: StopTimeColumns, tripId: string, stop: TimedStop, metres: number): void {
  columns.tripId.push(tripId)
  columns.sequence.push(stop.sequence)
  columns.stopId.push(stop.stop)
  columns.arrivalS.push(stop.arrivalS)
  columns.departureS.push(stop.departureS)
  columns.distanceM.push(metres)
  columns.timepoint.push(stop.timepoint)
}

/** Trips and stop times with the departures of frequencies.txt written out in place of their patterns. */
export function expand(
  files: ReadonlyMap<string, Uint8Array>,
  trips: ReadonlyMap<string, TimetableTrip>,
  stopTimes: StopTimeColumns,
  findings: Findings,
): { trips: TimetableTrip[]; stopTimes: StopTimeColumns } {
  const repeated = repeatTrips(files, trips, findings)
  if (repeated.size === 0) return { trips: [...trips.values()], stopTimes }
  const columns = emptyColumns()
  stopTimes.tripId.forEach((tripId, i) => {
    const copies = repeated.get(tripId)?.map(({ trip, shiftS }) => ({ tripId: trip.tripId, shiftS }))
    for (const copy of copies ?? [{ tripId, shiftS: 0 }]) {
      columns.tripId.push(copy.tripId)
      columns.sequence.push(stopTimes.sequence[i] ?? 0)
      columns.stopId.push(stopTimes.stopId[i] ?? '')
      columns.arrivalS.push((stopTimes.arrivalS[i] ?? 0) + copy.shiftS)
      columns.departureS.push((stopTimes.departureS[i] ?? 0) + copy.shiftS)
      columns.distanceM.push(stopTimes.distanceM[i] ?? 0)
      columns.timepoint.push(stopTimes.timepoint[i] ?? true)
    }
  })
  const all = [...trips.values()].flatMap((trip) => repeated.get(trip.tripId)?.map((copy) => copy.trip) ?? [trip])
  return { trips: all, stopTimes: columns }
}
