import { blockKey, type Block, type BlockTrip } from './block.ts'
import { Instant } from './instant.ts'

/** One trip on one service day. */
export interface DatedTrip {
  date: string
  blockId: string
  tripId: string
  kind: string
  route: string | null
  headsign: string | null
  startMs: number
  endMs: number
  distanceM: number
  startStopId: string | null
  endStopId: string | null
  /** The vehicle that the timetable gives to the block; null: none. */
  ruleVehicleId: string | null
}

/** Joins trips with the same block on the same service day, whatever their services, into blocks; ascending by start. */
export function joinBlocks(trips: readonly DatedTrip[]): Block[] {
  return [...Map.groupBy(trips, blockKey).values()]
    .map(joinBlock)
    .sort((a, b) => a.startAt.getTime() - b.startAt.getTime() || (blockKey(a) < blockKey(b) ? -1 : 1))
}

function joinBlock(group: readonly DatedTrip[]): Block {
  const rows = group.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs || (a.tripId < b.tripId ? -1 : 1))
  const vehicleId = rows.find((row) => row.ruleVehicleId !== null)?.ruleVehicleId ?? null
  return {
    blockId: rows[0]?.blockId ?? '',
    date: rows[0]?.date ?? '',
    vehicleId,
    assignedBy: vehicleId === null ? null : 'timetable',
    startAt: new Instant(Math.min(...rows.map((row) => row.startMs))),
    endAt: new Instant(Math.max(...rows.map((row) => row.endMs))),
    distanceM: rows.reduce((sum, row) => sum + row.distanceM, 0),
    routes: [...new Set(rows.flatMap((row) => (row.route === null || row.kind !== 'revenue' ? [] : [row.route])))],
    trips: rows.map((row): BlockTrip => ({
      tripId: row.tripId,
      kind: row.kind,
      route: row.route,
      headsign: row.headsign,
      startAt: new Instant(row.startMs),
      endAt: new Instant(row.endMs),
      distanceM: row.distanceM,
      startStopId: row.startStopId,
      endStopId: row.endStopId,
    })),
  }
}
