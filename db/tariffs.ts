import { sql } from 'kysely'
import { carbonSeriesOf, siteTariff, type SiteTariff } from '../domain/tariff/tariff.ts'
import { tariffSpans, type DatedTariff, type TariffSpan } from '../domain/tariff/tariff-spans.ts'
import { json, type Db } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'

export interface SiteTariffs {
  siteId: string
  timeZone: string
  /** The fleet file's; holds where none of `dated` does. */
  fallback: SiteTariff | null
  /** Ascending by `validFrom`. */
  dated: (DatedTariff & { changedAt: Date })[]
}

/** Everything that a site has of tariffs; undefined: there is no such site. */
export async function siteTariffs(db: Db, siteId: string): Promise<SiteTariffs | undefined> {
  return (await tariffsOfSites(db, siteId))[0]
}

/** The same of every site, or of one, ascending. */
export async function tariffsOfSites(db: Db, siteId?: string): Promise<SiteTariffs[]> {
  const all = siteId === undefined
  const sites = await db
    .selectFrom('site')
    .select(['id', 'time_zone', 'tariff'])
    .$if(!all, (query) => query.where('id', '=', siteId ?? ''))
    .orderBy('id')
    .execute()
  const rows = await db
    .selectFrom('site_tariff')
    .selectAll()
    .$if(!all, (query) => query.where('site_id', '=', siteId ?? ''))
    .orderBy('site_id')
    .orderBy('valid_from')
    .execute()
  const rowsOf = Map.groupBy(rows, (row) => row.site_id)
  return sites.map((site) => ({
    siteId: site.id,
    timeZone: site.time_zone,
    fallback: site.tariff === null ? null : siteTariff.parse(site.tariff),
    dated: (rowsOf.get(site.id) ?? []).map((row) => ({
      validFrom: row.valid_from,
      validTo: row.valid_to,
      tariff: siteTariff.parse(row.tariff),
      changedAt: row.changed_at,
    })),
  }))
}

/** Stretches of `[from, to)` with the tariff that is in force at the site in each, cut at its midnights; none for an unknown site. */
export async function tariffsInForce(db: Db, siteId: string, from: Date, to: Date): Promise<TariffSpan[]> {
  const site = await siteTariffs(db, siteId)
  return site === undefined ? [] : tariffSpans(site.dated, site.fallback, site.timeZone, from, to)
}

/** Stores a site's tariff from a local date on, replaces the one that begins on the same date, and asks for a new plan. False: there is no such site. */
export function putSiteTariff(db: Db, siteId: string, dated: DatedTariff, at: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const site = await tx.selectFrom('site').select('id').where('id', '=', siteId).executeTakeFirst()
    if (site === undefined) return false
    const values = { valid_to: dated.validTo, tariff: json(dated.tariff), changed_at: at }
    await tx
      .insertInto('site_tariff')
      .values({ site_id: siteId, valid_from: dated.validFrom, ...values })
      .onConflict((conflict) => conflict.columns(['site_id', 'valid_from']).doUpdateSet(values))
      .execute()
    const details = { validFrom: dated.validFrom, validTo: dated.validTo }
    await appendEvent(tx, { type: 'tariffChanged', at, siteId, details })
    await requestReplan(tx, siteId, { kind: 'tariffChanged', validFrom: dated.validFrom }, at)
    return true
  })
}

/** Takes away the tariff that begins on a date. False: there is none. */
export function deleteSiteTariff(db: Db, siteId: string, validFrom: string, at: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom('site_tariff')
      .where('site_id', '=', siteId)
      .where('valid_from', '=', validFrom)
      .returning('valid_from')
      .executeTakeFirst()
    if (gone === undefined) return false
    await appendEvent(tx, { type: 'tariffChanged', at, siteId, details: { validFrom, deleted: true } })
    await requestReplan(tx, siteId, { kind: 'tariffDeleted', validFrom }, at)
    return true
  })
}

/** Sites that go by a price or carbon series in some tariff of theirs, ascending. */
export async function sitesOfSeries(db: Db, series: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from site
    where ${series}::text in (tariff->>'series', tariff->>'carbonSeries')
    union select site_id from site_tariff where ${series}::text in (tariff->>'series', tariff->>'carbonSeries')
    order by id`.execute(db)
  return rows.map((row) => row.id)
}

/** The price and carbon series that the sites' tariffs name, each ascending. */
export async function namedSeries(db: Db): Promise<{ price: string[]; carbon: string[] }> {
  const tariffs = (await tariffsOfSites(db)).flatMap((site) => [
    ...(site.fallback === null ? [] : [site.fallback]),
    ...site.dated.map((one) => one.tariff),
  ])
  return {
    price: [...new Set(tariffs.flatMap((tariff) => tariff.series ?? []))].sort(),
    carbon: [...new Set(tariffs.flatMap((tariff) => carbonSeriesOf(tariff) ?? []))].sort(),
  }
}
