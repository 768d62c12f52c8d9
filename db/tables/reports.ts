import type { Generated } from 'kysely'
import type { JsonObject } from '../../domain/command.ts'
import type { Jsonb, JsonbDefault, LocalDate } from '../columns.ts'

/** Tables of reports that are pushed, and of what was charged for each line and block (migration 0005). */
export interface ReportTables {
  report_schedule: ReportScheduleTable
  report_delivery: ReportDeliveryTable
  work_day: WorkDayTable
  work_day_due: { date: LocalDate }
  saving_day: SavingDayTable
}

export interface ReportScheduleTable {
  id: Generated<number>
  name: string
  report: string
  /** The report's query without its period: siteId, groupBy, … */
  parameters: JsonbDefault<JsonObject>
  format: string
  lang: Generated<string>
  every: 'day' | 'week' | 'month'
  /** `HH:MM` in `time_zone`: when the period that ended at midnight is sent. */
  at_local: string
  time_zone: string
  target: Jsonb<JsonObject>
  /** Only the job reads it: header values, the secret access key. */
  secret: JsonbDefault<JsonObject>
  enabled: Generated<boolean>
  created_at: Date
  updated_at: Date
}

export interface ReportDeliveryTable {
  schedule_id: number
  period_start: LocalDate
  /** Exclusive. */
  period_end: LocalDate
  state: 'pending' | 'sending' | 'delivered' | 'failed'
  attempts: Generated<number>
  created_at: Date
  next_attempt_at: Date | null
  started_at: Date | null
  delivered_at: Date | null
  /** Where it went, without anything secret. */
  location: string | null
  bytes: number | null
  error: string | null
}

/** What was charged for the driving of a line or block, by the day on which it was charged, and what was driven, by service day. */
export interface WorkDayTable {
  kind: 'line' | 'block'
  date: LocalDate
  site_id: string
  /** The route's or the block's id; '' for what belongs to none. */
  key: string
  energy_wh: Generated<number>
  session_wh: Generated<number>
  energy_cost_micro_eur: number | null
  network_cost_micro_eur: number | null
  carbon_g: number | null
  uncosted_wh: Generated<number>
  uncarboned_wh: Generated<number>
  battery_wh: number | null
  battery_grid_wh: Generated<number>
  distance_m: Generated<number>
  drive_energy_wh: number | null
  drive_energy_m: Generated<number>
  passenger_km: number | null
}

/** The first plan of a day from noon to noon, against charging at full power from the moment of arrival. The building's base load counts only for peaks. */
export interface SavingDayTable {
  date: LocalDate
  site_id: string
  plan_id: number
  from_at: Date
  to_at: Date
  planned_wh: number
  planned_cost_micro_eur: number
  planned_peak_w: number
  planned_carbon_g: number | null
  uncontrolled_wh: number
  uncontrolled_cost_micro_eur: number
  uncontrolled_peak_w: number
  uncontrolled_carbon_g: number | null
}
