/** One trip that is still to be driven, in order. */
export interface TripAhead {
  tripId: string
  /** Passengers ride on it. */
  revenue: boolean
  /** Battery-side energy for what is left of it. */
  energyKwh: number
  /** From its end to the depot, should it be the last. */
  homeKwh: number
}

export interface EnergyState {
  /** Above the least state of charge that the battery may have. */
  usableKwh: number
  /** One standard deviation of it. */
  usableSdKwh: number
  /** The first trip that was found out of reach before; null: none was. */
  before: string | null
}

/** Of the consumption of a stretch about its expected value, as a share: one standard deviation. */
const DRIVE_SHARE = 0.06
/** A trip is given up when its energy lies so many standard deviations out of reach (five times of six it is right) … */
const GIVE_UP = -1
/** … and taken back only when it lies so many within: a reading more or less does not change the board. */
const TAKE_BACK = 1

/**
 * The index of the first trip with passengers that the vehicle cannot do and still come home; null when it can do all. A trip without passengers is never at
 * fault itself. The needs of all trips up to each are summed, and their spread with that of the charge.
 */
export function firstOutOfReach(trips: readonly TripAhead[], state: EnergyState): number | null {
  let neededKwh = 0
  for (const [i, trip] of trips.entries()) {
    neededKwh += trip.energyKwh
    if (!trip.revenue) continue
    const needed = neededKwh + trip.homeKwh
    const sd = Math.max(0.01, Math.hypot(state.usableSdKwh, DRIVE_SHARE * needed))
    const reserve = (state.usableKwh - needed) / sd
    const givenUp = state.before !== null && trips.slice(0, i + 1).some((one) => one.tripId === state.before)
    if (reserve < (givenUp ? TAKE_BACK : GIVE_UP)) return i
  }
  return null
}
