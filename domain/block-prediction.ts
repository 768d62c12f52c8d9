/** One call of a predicted block, as `block_prediction.stops` holds it. Instants are ISO 8601 in UTC. */
export interface PredictedStop {
  tripId: string
  sequence: number
  stopId: string
  /** Expected; for a passed stop as it was seen, or as it was last expected. */
  arrivalAt: string
  departureAt: string
  scheduledArrivalAt: string
  scheduledDepartureAt: string
  /** One standard deviation of the arrival, in seconds. */
  uncertaintyS: number
  /** `learned`: from observed travel times. `deviation`: from where the bus is, by the timetable's travel times. `schedule`: nothing is known of the bus. */
  basis: 'learned' | 'schedule' | 'deviation'
  cancelled: boolean
  passed: boolean
}
