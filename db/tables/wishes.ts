import type { Generated } from 'kysely'
import type { PlanChanges, PreviewAnswer } from '../../domain/plan-preview.ts'
import type { WishEnd } from '../../domain/vehicle-wish.ts'
import type { Jsonb, LocalDate } from '../columns.ts'

/** Tables of what people wish of a plan, and of what they look at before (migration 0011). */
export interface WishTables {
  vehicle_wish: VehicleWishTable
  plan_preview: PlanPreviewTable
}

export interface VehicleWishTable {
  id: Generated<number>
  site_id: string
  vehicle_id: string
  /** null, both: its next departure, whatever it leaves for. */
  block_date: LocalDate | null
  block_id: string | null
  need_soc_percent: number | null
  depart_at: Date | null
  charge_now: Generated<boolean>
  /** null: until it has what it needs. */
  charge_now_soc_percent: number | null
  made_at: Date
  made_by: string | null
  /** When it ends unless the vehicle is still at its plug: the departure, as last planned. */
  until: Date
  /** What the vehicle leaves for from the stay that it was last planned for. */
  leaves_for_date: LocalDate | null
  leaves_for_block_id: string | null
  ended_at: Date | null
  ended_because: WishEnd | null
}

export interface PlanPreviewTable {
  id: Generated<number>
  site_id: string
  asked_at: Date
  changes: Jsonb<PlanChanges>
  answered_at: Date | null
  answer: Jsonb<PreviewAnswer> | null
  error: string | null
}
