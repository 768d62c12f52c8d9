import type { BatteryEvidence } from '../../domain/energy/learned-battery.ts'
import type { Jsonb } from '../columns.ts'

/** Tables of what vehicles tell, and what is learned of their batteries (migration 0003). */
export interface BatteryTables {
  telemetry: TelemetryTable
  vehicle_battery: VehicleBatteryTable
}

export type TelemetrySource = 'api' | 'mqtt' | 'gtfsRt' | 'simulator'

/** One reading as it came. null: not told. */
export interface TelemetryTable {
  vehicle_id: string
  at: Date
  received_at: Date
  source: TelemetrySource
  soc_percent: number | null
  odometer_m: number | null
  speed_kmh: number | null
  latitude: number | null
  longitude: number | null
  heading_deg: number | null
  outdoor_temperature_c: number | null
  battery_temperature_c: number | null
  doors_open: boolean | null
  passengers: number | null
}

/** What a vehicle last told, in `vehicle`: each value with the time that it was read at. */
export interface VehicleTelemetryColumns {
  latitude: number | null
  longitude: number | null
  /** Degrees clockwise from north, told with the position. */
  heading_deg: number | null
  position_at: Date | null
  speed_kmh: number | null
  speed_at: Date | null
  odometer_at: Date | null
  outdoor_temperature_c: number | null
  outdoor_temperature_at: Date | null
  battery_temperature_c: number | null
  battery_temperature_at: Date | null
  doors_open: boolean | null
  doors_at: Date | null
  passengers: number | null
  passengers_at: Date | null
  /** Of the newest reading, whatever it told. */
  telemetry_at: Date | null
  telemetry_source: TelemetrySource | null
}

/** What was learned of one vehicle's battery; null: not enough is known, and the evidence says what is missing. */
export interface VehicleBatteryTable {
  vehicle_id: string
  /** Battery-side energy from 0 to 100 % of the state of charge as the vehicle tells it. */
  usable_wh: number | null
  usable_low_wh: number | null
  usable_high_wh: number | null
  state_of_health_percent: number | null
  /** The most that it was seen to draw, at the charger. */
  max_power_w: number | null
  /** `[socPercent, powerKw]`, ascending: the most seen at each state of charge. */
  taper: Jsonb<[number, number][] | null>
  evidence: Jsonb<BatteryEvidence>
  learned_at: Date
}
