import type { ReplanCause } from '../../domain/replan-cause.ts'
import type { Db } from '../database.ts'

export interface PlanSummary {
  planId: number
  siteId: string
  createdAt: Date
  startAt: Date
  slotMinutes: number
  slots: number
  status: string
  reason: string
  causes: ReplanCause[]
  current: boolean
  totalCostMicroEur: number | null
  lowerBoundMicroEur: number | null
  gap: number | null
  departures: number | null
  shortDepartures: number | null
}

/** Plans in short, newest first. */
export function planSummaries(
  db: Db,
  filter: {
    siteId?: string | undefined
    before?: number | undefined
    /** Made in this time; `from` inclusive, `to` exclusive. */
    from?: Date | undefined
    to?: Date | undefined
    limit: number
  },
): Promise<PlanSummary[]> {
  let query = db
    .selectFrom('plan')
    .select([
      'id as planId',
      'site_id as siteId',
      'created_at as createdAt',
      'start_at as startAt',
      'slot_minutes as slotMinutes',
      'slots',
      'status',
      'reason',
      'causes',
      'current',
      'total_cost_micro_eur as totalCostMicroEur',
      'lower_bound_micro_eur as lowerBoundMicroEur',
      'gap',
      'departures',
      'short_departures as shortDepartures',
    ])
    .orderBy('id', 'desc')
    .limit(filter.limit)
  if (filter.siteId !== undefined) query = query.where('site_id', '=', filter.siteId)
  if (filter.before !== undefined) query = query.where('id', '<', filter.before)
  if (filter.from !== undefined) query = query.where('created_at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('created_at', '<', filter.to)
  return query.execute()
}
