/** The day's work of one vehicle, from pull-out to pull-in, deadheads included. */
export interface Block {
  blockId: string
  /** Service day, `YYYY-MM-DD`. */
  date: string
  /** null: nobody drives it yet. */
  vehicleId: string | null
  /**
   * Where the vehicle comes from. With `vehicleId` null: `manual`, a person took it away, so nobody is put there automatically; `timetable`, the
   * timetable names a vehicle that is not of this fleet.
   */
  assignedBy: 'timetable' | 'automatic' | 'manual' | null
  startAt: Date
  endAt: Date
  distanceM: number
  /** Short names of the lines, in order of first use. */
  routes: string[]
  /** Ascending in time. */
  trips: BlockTrip[]
}

export interface BlockTrip {
  tripId: string
  /** `revenue`, `deadhead`, `pull-out`, `pull-in`, or another word of TODS. */
  kind: string
  route: string | null
  headsign: string | null
  startAt: Date
  endAt: Date
  distanceM: number
  startStopId: string | null
  endStopId: string | null
}

/** Names one block among all days. */
export function blockKey(block: { date: string; blockId: string }): string {
  return `${block.date} ${block.blockId}`
}

/** Metres of the block driven between two instants, by the timetable: within a trip evenly, between trips none. */
export function distanceWithin(block: Pick<Block, 'trips'>, from: Date, to: Date): number {
  const fromMs = from.getTime()
  const toMs = to.getTime()
  let metres = 0
  for (const trip of block.trips) {
    const start = trip.startAt.getTime()
    // Trips ascend.
    if (start >= toMs) break
    const end = trip.endAt.getTime()
    const overlap = Math.min(end, toMs) - Math.max(start, fromMs)
    if (end === start) metres += start >= fromMs ? trip.distanceM : 0
    else if (overlap > 0) metres += (trip.distanceM * overlap) / (end - start)
  }
  return metres
}
