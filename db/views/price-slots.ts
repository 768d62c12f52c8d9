import { sql } from 'kysely'
import type { Db } from '../database.ts'

export interface PriceSlotView {
  series: string
  startAt: Date
  endAt: Date
  priceMicroEurPerKwh: number
  source: string
}

/** Imported prices that hold anywhere in `[from, to)`, ordered by series and time. */
export function priceSlotViews(
  db: Db,
  filter: {
    series?: string | undefined
    from?: Date | undefined
    to?: Date | undefined
    after?: { series: string; startAt: Date } | undefined
    limit: number
  },
): Promise<PriceSlotView[]> {
  let query = db
    .selectFrom('price_slot')
    .select([
      'series',
      'start_at as startAt',
      'end_at as endAt',
      'price_micro_eur_per_kwh as priceMicroEurPerKwh',
      'source',
    ])
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
