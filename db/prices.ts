import { sql } from 'kysely'
import type { PriceSlot } from '../domain/ports.ts'
import type { Db } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'

/**
 * Stores prices of one series and asks for a new plan at every site whose tariff names it. A slot that begins when a stored one does replaces it; the others stay.
 * `source` says where they come from, as a file name does. Slots must not overlap; returns how many were stored.
 */
export function storePrices(
  db: Db,
  series: string,
  slots: readonly PriceSlot[],
  source: string,
  at: Date,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`insert into price_slot (series, start_at, end_at, price_micro_eur_per_kwh, source)
      select ${series}::text, s, e, p, ${source}::text
      from unnest(${slots.map((slot) => slot.startAt.toISOString())}::timestamptz[], ${slots.map((slot) => slot.endAt.toISOString())}::timestamptz[],
        ${slots.map((slot) => Math.round(slot.priceMicroEurPerKwh))}::integer[]) as r(s, e, p)
      on conflict (series, start_at) do update set end_at = excluded.end_at, price_micro_eur_per_kwh = excluded.price_micro_eur_per_kwh,
        source = excluded.source`.execute(tx)
    const sites = await sql<{
      id: string
    }>`select id from site where tariff->>'series' = ${series} order by id`.execute(tx)
    for (const { id } of sites.rows) {
      await appendEvent(tx, { type: 'pricesChanged', at, siteId: id, details: { series, slots: slots.length, source } })
      await requestReplan(tx, id, `prices of ${series} were imported`, at)
    }
    return slots.length
  })
}

/** The stored prices of a series that hold anywhere in `[from, to)`, ascending. */
export async function pricesBetween(db: Db, series: string, from: Date, to: Date): Promise<PriceSlot[]> {
  const rows = await db
    .selectFrom('price_slot')
    .select(['start_at', 'end_at', 'price_micro_eur_per_kwh'])
    .where('series', '=', series)
    .where('end_at', '>', from)
    .where('start_at', '<', to)
    .orderBy('start_at')
    .execute()
  return rows.map((row) => ({
    startAt: row.start_at,
    endAt: row.end_at,
    priceMicroEurPerKwh: row.price_micro_eur_per_kwh,
  }))
}
