/** Tables of what plans foresaw (migration 0020). */
import type { LocalDate } from '../columns.ts'

export interface PlanHistoryTables {
  planned_departure: PlannedDepartureTable
  planned_quarter: PlannedQuarterTable
}

/** What plans foresaw for a departure. The plan of the night is the first that was made after the noon before; the last plan is the last that had the departure. */
export interface PlannedDepartureTable {
  site_id: string
  /** The service day of the block that it leaves for. */
  date: LocalDate
  block_id: string
  /** As the last plan has it, like `depart_at` and `need_soc_percent`. */
  vehicle_id: string
  depart_at: Date
  need_soc_percent: number
  /** The noon before. */
  night_from: Date
  night_plan_id: number
  night_plan_at: Date
  night_vehicle_id: string
  /** Grid side, from the plan on to the departure. */
  night_energy_wh: number
  night_soc_percent: number
  /** null: never. */
  night_ready_at: Date | null
  last_plan_id: number
  last_plan_at: Date
  last_soc_percent: number
  last_ready_at: Date | null
  last_short_wh: number
  /** A later plan, made before it was to leave, no longer had it; null: it stood to the end. */
  dropped_at: Date | null
}

/** What plans foresaw for a quarter hour of a site. */
export interface PlannedQuarterTable {
  site_id: string
  start_at: Date
  night_from: Date
  night_plan_at: Date
  night_import_w: number
  night_base_load_w: number
  night_price_micro_eur_per_kwh: number
  /** Of the plan that held when the quarter began. */
  last_plan_at: Date
  last_import_w: number
  last_base_load_w: number
  last_limit_w: number
  last_price_micro_eur_per_kwh: number
}
