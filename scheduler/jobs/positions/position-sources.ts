/** Outside feeds that tell where vehicles are, as configured. A key is never logged and never stored. */
export interface PositionSources {
  /** GTFS-Realtime messages with vehicle positions or trip updates. */
  urls: string[]
  /** Sent as the Authorization header; null: none. */
  authorization: string | null
}
