import { sql } from 'kysely'
import type { MarketFetchKind, MarketFetchOutcome } from '../domain/tariff/market-fetch.ts'
import type { Db } from './database.ts'

/** The last try to fetch one day of a series. */
export interface MarketFetch {
  kind: MarketFetchKind
  series: string
  date: string
  fetchedAt: Date
  outcome: MarketFetchOutcome
  /** What the other side said, or what went wrong as a kept sentence; null when all is there. */
  reason: string | null
  slots: number
  missingSlots: number
  attempts: number
  /** Not asked again before; null: not at all. */
  retryAt: Date | null
}

const COLUMNS = [
  'kind',
  'series',
  'date',
  'fetched_at as fetchedAt',
  'outcome',
  'reason',
  'slots',
  'missing_slots as missingSlots',
  'attempts',
  'retry_at as retryAt',
] as const

/** Writes down what came of a try; the day's tries are counted. */
export async function noteMarketFetch(db: Db, fetched: Omit<MarketFetch, 'attempts'>): Promise<void> {
  const values = {
    fetched_at: fetched.fetchedAt,
    outcome: fetched.outcome,
    reason: fetched.reason,
    slots: fetched.slots,
    missing_slots: fetched.missingSlots,
    retry_at: fetched.retryAt,
  }
  await db
    .insertInto('market_fetch')
    .values({ kind: fetched.kind, series: fetched.series, date: fetched.date, ...values })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'series', 'date']).doUpdateSet({ ...values, attempts: sql`market_fetch.attempts + 1` }),
    )
    .execute()
}

/** The last tries of a series from a day on, by day. */
export async function marketFetchesSince(
  db: Db,
  kind: MarketFetchKind,
  series: string,
  date: string,
): Promise<Map<string, MarketFetch>> {
  const rows = await db
    .selectFrom('market_fetch')
    .select(COLUMNS)
    .where('kind', '=', kind)
    .where('series', '=', series)
    .where('date', '>=', date)
    .execute()
  return new Map(rows.map((row) => [row.date, row]))
}

/** Until when the market may not be asked, because it was too often; null: now is fine. */
export async function throttledUntil(db: Db, now: Date): Promise<Date | null> {
  const row = await db
    .selectFrom('market_fetch')
    .select((eb) => eb.fn.max('retry_at').as('until'))
    .where('kind', 'in', ['price', 'carbon'])
    .where('outcome', '=', 'throttled')
    .where('retry_at', '>', now)
    .executeTakeFirst()
  return row?.until ?? null
}

/** Tries, newest day first. */
export function marketFetchViews(
  db: Db,
  filter: {
    kind?: MarketFetchKind | undefined
    after?: { date: string; kind: string; series: string } | undefined
    limit: number
  },
): Promise<MarketFetch[]> {
  let query = db
    .selectFrom('market_fetch')
    .select(COLUMNS)
    .orderBy('date', 'desc')
    .orderBy('kind')
    .orderBy('series')
    .limit(filter.limit)
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  const { after } = filter
  if (after !== undefined)
    query = query.where(
      sql<boolean>`date < ${after.date}::date or (date = ${after.date}::date and (kind, series) > (${after.kind}::text, ${after.series}::text))`,
    )
  return query.execute()
}
