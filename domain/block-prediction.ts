/** One call of a predicted block. */
export interface PredictedStop {
  tripId: string
  sequence: number
  stopId: string
  /** Expected; for a passed stop as it was seen, or as it was last expected. */
  arrivalAt: Date
  departureAt: Date
  scheduledArrivalAt: Date
  scheduledDepartureAt: Date
  /** One standard deviation of the arrival, in seconds. */
  uncertaintyS: number
  /** `learned`: from observed travel times. `deviation`: from where the bus is, by the timetable's travel times. `schedule`: nothing is known of the bus. */
  basis: 'learned' | 'schedule' | 'deviation'
  cancelled: boolean
  passed: boolean
}
