import { sql } from 'kysely'
import type { Db } from '../database.ts'

export interface CarbonSlotView {
  series: string
  startAt: Date
  endAt: Date
  gPerKwh: number
  source: string
}

/** Carbon intensities that hold anywhere in `[from, to)`, ordered by series and time. */
export function carbonSlotViews(
  db: Db,
  filter: {
    series?: string | undefined
    from?: Date | undefined
    to?: Date | undefined
    after?: { series: string; startAt: Date } | undefined
    limit: number
  },
): Promise<CarbonSlotView[]> {
  let query = db
    .selectFrom('carbon_slot')
    .select(['series', 'start_at as startAt', 'end_at as endAt', 'g_per_kwh as gPerKwh', 'source'])
    .orderBy('series')
    .orderBy('start_at')
    .limit(filter.limit)
  if (filter.series !== undefined) query = query.where('series', '=', filter.series)
  if (filter.from !== undefined) query = query.where('end_at', '>', filter.from)
  if (filter.to !== undefined) query = query.where('start_at', '<', filter.to)
  if (filter.after !== undefined)
    query = query.where(
      sql<boolean>`(series, start_at) > (${filter.after.series}::text, ${filter.after.startAt}::timestamptz)`,
    )
  return query.execute()
}
