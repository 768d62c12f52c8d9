import { sql } from 'kysely'
import type { PriceSlot } from '../domain/ports.ts'
import type { Db } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'
import { noteSeriesImport } from './series-imports.ts'
import { sitesOfSeries } from './tariffs.ts'

/**
 * Stores prices of one series and asks for a new plan at every site whose tariff names it. What the slots overlap is replaced, so that quarter hours take the place of an hour; the rest stays.
 * `source` says where they come from, as a file name does. Slots must not overlap; returns how many were stored.
 */
export function storePrices(
  db: Db,
  series: string,
  slots: readonly PriceSlot[],
  source: string,
  at: Date,
): Promise<number> {
  const starts = slots.map((slot) => slot.startAt.toISOString())
  const ends = slots.map((slot) => slot.endAt.toISOString())
  return db.transaction().execute(async (tx) => {
    await sql`delete from price_slot p using unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) as r(s, e)
      where p.series = ${series}::text and p.start_at > r.s - interval '1 day' and p.start_at < r.e and p.end_at > r.s`.execute(
      tx,
    )
    await sql`insert into price_slot (series, start_at, end_at, price_micro_eur_per_kwh, source)
      select ${series}::text, s, e, p, ${source}::text
      from unnest(${starts}::timestamptz[], ${ends}::timestamptz[],
        ${slots.map((slot) => Math.round(slot.priceMicroEurPerKwh))}::integer[]) as r(s, e, p)`.execute(tx)
    const times = slots.flatMap((slot) => [slot.startAt, slot.endAt])
    await noteSeriesImport(tx, { kind: 'price', series, source, at, times, slots: slots.length })
    for (const siteId of await sitesOfSeries(tx, series)) {
      await appendEvent(tx, { type: 'pricesChanged', at, siteId, details: { series, slots: slots.length, source } })
      await requestReplan(tx, siteId, { kind: 'prices', series }, at)
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
