import { sql } from 'kysely'
import { defaultCarbonFactor, type CarbonFactor, type CarbonMethod } from '../domain/tariff/carbon-factor.ts'
import type { Db } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'
import { noteSeriesImport } from './series-imports.ts'
import { sitesOfSeries } from './tariffs.ts'

/** Carbon intensity of a span of time, in g CO2 equivalent per kWh. */
export interface CarbonSlot {
  startAt: Date
  endAt: Date
  gPerKwh: number
}

/**
 * Stores carbon intensities of one series; what they overlap is replaced, the rest stays. Sites whose tariff names the series are planned anew.
 * Slots must not overlap each other; returns how many were stored.
 */
export function storeCarbon(
  db: Db,
  series: string,
  slots: readonly CarbonSlot[],
  source: string,
  at: Date,
): Promise<number> {
  const starts = slots.map((slot) => slot.startAt.toISOString())
  const ends = slots.map((slot) => slot.endAt.toISOString())
  return db.transaction().execute(async (tx) => {
    await sql`delete from carbon_slot c using unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) as r(s, e)
      where c.series = ${series}::text and c.start_at > r.s - interval '1 day' and c.start_at < r.e and c.end_at > r.s`.execute(
      tx,
    )
    await sql`insert into carbon_slot (series, start_at, end_at, g_per_kwh, source)
      select ${series}::text, s, e, g, ${source}::text
      from unnest(${starts}::timestamptz[], ${ends}::timestamptz[], ${slots.map((slot) => Math.round(slot.gPerKwh))}::integer[]) as r(s, e, g)`.execute(
      tx,
    )
    const times = slots.flatMap((slot) => [slot.startAt, slot.endAt])
    await noteSeriesImport(tx, { kind: 'carbon', series, source, at, times, slots: slots.length })
    for (const siteId of await sitesOfSeries(tx, series)) {
      await appendEvent(tx, { type: 'carbonChanged', at, siteId, details: { series, slots: slots.length, source } })
      await requestReplan(tx, siteId, { kind: 'carbon', series }, at)
    }
    return slots.length
  })
}

/** The stored intensities of a series that hold anywhere in `[from, to)`, ascending. */
export async function carbonBetween(db: Db, series: string, from: Date, to: Date): Promise<CarbonSlot[]> {
  const rows = await db
    .selectFrom('carbon_slot')
    .select(['start_at', 'end_at', 'g_per_kwh'])
    .where('series', '=', series)
    .where('end_at', '>', from)
    .where('start_at', '<', to)
    .orderBy('start_at')
    .execute()
  return rows.map((row) => ({ startAt: row.start_at, endAt: row.end_at, gPerKwh: row.g_per_kwh }))
}

/** A site's yearly factors, ascending by method and date, the default first where one is known; undefined: there is no such site. */
export async function carbonFactors(db: Db, siteId: string): Promise<CarbonFactor[] | undefined> {
  const site = await db.selectFrom('site').select('time_zone').where('id', '=', siteId).executeTakeFirst()
  if (site === undefined) return undefined
  const rows = await db
    .selectFrom('carbon_factor')
    .selectAll()
    .where('site_id', '=', siteId)
    .orderBy('method')
    .orderBy('valid_from')
    .execute()
  const preset = defaultCarbonFactor(site.time_zone)
  return [
    ...(preset === null ? [] : [preset]),
    ...rows.map((row) => ({
      method: row.method,
      validFrom: row.valid_from,
      gPerKwh: row.g_per_kwh,
      source: row.source,
      year: row.year,
      isDefault: false,
    })),
  ]
}

/** Stores a yearly factor; one of the same method and date is replaced. False: there is no such site. */
export function putCarbonFactor(
  db: Db,
  siteId: string,
  factor: Omit<CarbonFactor, 'isDefault'>,
  at: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const site = await tx.selectFrom('site').select('id').where('id', '=', siteId).executeTakeFirst()
    if (site === undefined) return false
    const values = { g_per_kwh: factor.gPerKwh, source: factor.source, year: factor.year, changed_at: at }
    await tx
      .insertInto('carbon_factor')
      .values({ site_id: siteId, method: factor.method, valid_from: factor.validFrom, ...values })
      .onConflict((conflict) => conflict.columns(['site_id', 'method', 'valid_from']).doUpdateSet(values))
      .execute()
    await appendEvent(tx, { type: 'carbonChanged', at, siteId, details: { ...factor } })
    return true
  })
}

/** Takes away a yearly factor. False: there is none. */
export function deleteCarbonFactor(
  db: Db,
  key: { siteId: string; method: CarbonMethod; validFrom: string },
  at: Date,
): Promise<boolean> {
  const { siteId, method, validFrom } = key
  return db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom('carbon_factor')
      .where('site_id', '=', siteId)
      .where('method', '=', method)
      .where('valid_from', '=', validFrom)
      .returning('site_id')
      .executeTakeFirst()
    if (gone === undefined) return false
    await appendEvent(tx, { type: 'carbonChanged', at, siteId, details: { method, validFrom, deleted: true } })
    return true
  })
}
