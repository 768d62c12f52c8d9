/** Tables of where buses are and when they arrive (migration 0007). */
import type { Generated } from 'kysely'
import type { JsonObject } from '../../domain/command.ts'
import type { Jsonb, JsonbDefault, LocalDate } from '../columns.ts'
import type { StoredStop } from '../stored-stops.ts'

export interface ArrivalTables {
  vehicle_progress: VehicleProgressTable
  block_prediction: BlockPredictionTable
  travel_time: TravelTimeTable
  stop_passage: StopPassageTable
}

export interface VehicleProgressTable {
  vehicle_id: string
  feed_id: string
  block_id: string
  /** The service day. */
  date: LocalDate
  trip_id: string | null
  /** The last stop it has reached. */
  stop_sequence: number | null
  /** Positive is late; null: unknown. */
  deviation_s: number | null
  /** Of the observation that the deviation comes from. */
  at: Date | null
  source: 'position' | 'told' | 'none'
  /** The newest position that was looked at, matched or not. */
  position_at: Date | null
  /** The newest told delay that was looked at. */
  told_at: Date | null
  /** What the tracker goes on from. */
  state: Jsonb<JsonObject | null> | null
}

export interface BlockPredictionTable {
  /** The service day. */
  date: LocalDate
  block_id: string
  feed_id: string
  vehicle_id: string | null
  computed_at: Date
  /** Of the position or told delay behind it; null: none. */
  position_at: Date | null
  /** Positive is late; null: unknown, which is not on time. */
  deviation_s: number | null
  basis: 'live' | 'schedule'
  /** The first trip that its vehicle cannot do. With `replacement_vehicle_id` another vehicle is expected to drive from there; without one it is cancelled. */
  cancelled_from_trip_id: string | null
  /** That trip and those after it, when they are expected not to run. */
  cancelled_trip_ids: JsonbDefault<string[]>
  reason: string | null
  sentence: string | null
  replacement_vehicle_id: string | null
  depot_arrival_at: Date | null
  /** When the block is over, as expected; rows are cleared some time after it. */
  end_at: Date
  /** Calls from a little while ago to some 90 minutes ahead, in order; later ones follow the timetable. */
  stops: JsonbDefault<StoredStop[]>
}

export interface TravelTimeTable {
  feed_id: string
  /** The same as `to_stop_id`: how long after its time a bus leaves a stop where it waits for its time. */
  from_stop_id: string
  to_stop_id: string
  /** -1: any time of any day; else kind of day (0 weekday, 1 Saturday, 2 Sunday) times 24 plus the local hour. */
  bucket: number
  /** From leaving the one stop to reaching the other. */
  mean_s: number
  variance: number
  n: number
  /** Service days with observations. */
  days: number
  last_date: LocalDate
  /** Kalman estimate, and its variance. */
  filtered_s: number
  filtered_variance: number
  /** From reaching `to_stop_id` to leaving it. */
  dwell_mean_s: number | null
  dwell_variance: number | null
  dwell_n: Generated<number>
  /** What the last buses took, as a multiple of what was expected of them. */
  recent_ratio: number | null
  recent_at: Date | null
}

export interface StopPassageTable {
  date: LocalDate
  feed_id: string
  trip_id: string
  sequence: number
  vehicle_id: string
  block_id: string
  stop_id: string
  /** null: not seen. */
  arrived_at: Date | null
  departed_at: Date | null
  scheduled_arrival_at: Date
  scheduled_departure_at: Date
  /** The stop before it, when the way from there was seen. */
  from_stop_id: string | null
  travel_s: number | null
  dwell_s: number | null
  /** How long after its scheduled departure it left, where it had waited for it. */
  held_s: number | null
  recorded_at: Date
  learned: Generated<boolean>
}
