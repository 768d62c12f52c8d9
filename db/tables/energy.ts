/** Tables of energy, distance and cost, added up (migrations 0004 and 0022). */
import type { Generated } from 'kysely'
import type { LocalDate } from '../columns.ts'

export interface EnergyTables {
  energy_interval: EnergyIntervalTable
  counted_interval: CountedIntervalView
  session_energy: SessionEnergyTable
  energy_quarter: EnergyQuarterTable
  energy_day: EnergyDayTable
  energy_month: EnergyMonthTable
  energy_month_due: EnergyMonthDueTable
  drive_day: DriveDayTable
  passenger_count: PassengerCountTable
  energy_dirty: EnergyDirtyTable
}

/** What flowed in a quarter hour at one EVSE, by session. Partitioned by `start_at`. The main meter's rows have `evse_id` 0. */
export interface EnergyIntervalTable {
  station_id: string
  evse_id: number
  start_at: Date
  /** 0: outside any session. */
  session_number: Generated<number>
  /** Outside a session a few Wh below zero where the register jittered. */
  energy_wh: number
  vehicle_id: string | null
  /** Readings from the end of the quarter on are known, so that nothing more will come. */
  complete: Generated<boolean>
}

/** A view: the intervals that count for a site. A main meter's do where none of its station's EVSEs was read in that quarter. */
export interface CountedIntervalView {
  site_id: string
  station_id: string
  evse_id: number
  start_at: Date
  session_number: number
  energy_wh: number
  vehicle_id: string | null
  complete: boolean
}

/** What the registers of a session came to. Its intervals add up to `energy_wh` exactly. */
export interface SessionEnergyTable {
  session_number: number
  station_id: string
  evse_id: number
  first_at: Date
  first_wh: number
  last_at: Date
  last_wh: number
  energy_wh: number
  /** How often the register began anew at zero. */
  resets: Generated<number>
  /** Stretches that tell of no energy: another meter, a wrong digit. */
  breaks: Generated<number>
  /** What arrived in the battery, by its state of charge; null: it moved too little to say, or is not known. */
  battery_wh: number | null
  /** The session that this one carries on; null: it stands alone or is the first part. */
  continues_number: number | null
  /** The number of the first part. */
  group_number: number
}

/** What all chargers of a site drew in a quarter hour, and what a kWh of it cost and emitted. */
export interface EnergyQuarterTable {
  site_id: string
  start_at: Date
  energy_wh: number
  /** null: not known. */
  energy_price_micro_eur_per_kwh: number | null
  network_price_micro_eur_per_kwh: number | null
  carbon_g_per_kwh: number | null
  /** null: not known. */
  energy_cost_micro_eur: number | null
  network_cost_micro_eur: number | null
  carbon_g: number | null
  /** Of `energy_wh`, that without an energy price. */
  uncosted_wh: Generated<number>
  uncarboned_wh: Generated<number>
  complete: Generated<boolean>
}

/** The same by local day, EVSE and vehicle. */
export interface EnergyDayTable {
  /** In the site's time zone. */
  date: LocalDate
  site_id: string
  station_id: string
  evse_id: number
  /** '': unknown, or nobody's. */
  vehicle_id: string
  energy_wh: number
  session_wh: number
  /** What flowed outside sessions. */
  standby_wh: number
  /** Of what has a price; null when nothing has. `uncosted_wh` is the rest. */
  energy_cost_micro_eur: number | null
  network_cost_micro_eur: number | null
  carbon_g: number | null
  uncosted_wh: Generated<number>
  uncarboned_wh: Generated<number>
  /** Battery side of the sessions of which it is known; null when of none. */
  battery_wh: number | null
  /** Grid side of the same sessions: `battery_wh / battery_grid_wh` is the charging efficiency. */
  battery_grid_wh: Generated<number>
}

/** The same by month, station and vehicle. Only of months that are not in `energy_month_due` does it say what the days say. */
export interface EnergyMonthTable extends Omit<EnergyDayTable, 'date' | 'evse_id'> {
  /** Its first day. */
  month: LocalDate
}

/** Months of which some day has changed since they were added up; a trigger writes them. */
export interface EnergyMonthDueTable {
  month: LocalDate
}

/** What a vehicle drove for a block and a line on a service day. */
export interface DriveDayTable {
  date: LocalDate
  vehicle_id: string
  block_id: string
  /** The line's short name, else its id; '': no passengers on board, or not known. */
  route: string
  distance_m: number
  drive_seconds: number
  /** Battery side, from the change of the state of charge; null: not known. */
  energy_wh: number | null
  temperature_c: number | null
  passengers_km: number | null
}

export interface PassengerCountTable {
  date: LocalDate
  route: string
  boardings: number | null
  passenger_km: number | null
  source: string
  received_at: Date
}

/** Spans whose roll-ups no longer fit what they were made of. */
export interface EnergyDirtyTable {
  id: Generated<number>
  /** null: every site. */
  site_id: string | null
  from_at: Date
  to_at: Date
  reason: string
}
