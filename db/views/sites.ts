import { sql } from 'kysely'
import { baseLoadAt } from '../../domain/base-load.ts'
import { READING_MS } from '../../domain/vehicle-day.ts'
import type { Db } from '../database.ts'
import { priceAt, type PlanReader } from './plan-reader.ts'

export interface SiteView {
  siteId: string
  name: string
  timeZone: string
  latitude: number
  longitude: number
  outdoorTemperatureC: number | null
  limitW: number
  baseLoadW: number
  powerW: number
  evsesWithoutReading: number
  peakThisMonthW: number | null
  priceNowMicroEurPerKwh: number | null
  public: boolean
  address: string | null
  city: string | null
  postalCode: string | null
  country: string
  adHocTariffId: string | null
  nodes: {
    nodeId: string
    parentId: string | null
    label: string | null
    limitW: number
    baseLoadW: number
    hourlyBaseLoadW: number[][] | null
  }[]
  bays: { bayId: string; label: string; row: number; column: number; stationId: string | null; evseId: number | null }[]
}

/** Sites with their limit tree, bays and present power, ordered by id. */
export async function siteViews(
  db: Db,
  plans: PlanReader,
  filter: { ids?: readonly string[]; after?: string | undefined; limit?: number },
  now: Date,
): Promise<SiteView[]> {
  let query = db.selectFrom('site').selectAll().orderBy('id')
  if (filter.ids !== undefined) query = query.where(sql<boolean>`id = any(${[...filter.ids]}::text[])`)
  if (filter.after !== undefined) query = query.where('id', '>', filter.after)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  const sites = await query.execute()
  const ids = sites.map((site) => site.id)
  if (ids.length === 0) return []
  const here = sql<boolean>`site_id = any(${ids}::text[])`
  const nodes = await db.selectFrom('limit_node').selectAll().where(here).orderBy('id').execute()
  const bays = await db
    .selectFrom('bay')
    .selectAll()
    .where(here)
    .orderBy('row_number')
    .orderBy('column_number')
    .orderBy('id')
    .execute()
  const powers = await presentPower(db, ids, now)
  const { rows: peaks } = await sql<{ site_id: string; peak_w: number }>`select p.site_id, p.peak_w from monthly_peak p
    join site s on s.id = p.site_id where p.month = date_trunc('month', ${now}::timestamptz at time zone s.time_zone)::date
      and s.id = any(${ids}::text[])`.execute(db)
  const peakOf = new Map(peaks.map((peak) => [peak.site_id, peak.peak_w]))
  const planOf = new Map((await plans.current(ids)).map((plan) => [plan.view.siteId, plan]))
  const nodesOf = Map.groupBy(nodes, (node) => node.site_id)
  const baysOf = Map.groupBy(bays, (bay) => bay.site_id)

  return sites.map((site) => {
    const own = nodesOf.get(site.id) ?? []
    const baseLoadIn = baseLoadAt(site.time_zone)
    const baseLoadW = own.reduce(
      (sum, node) => sum + baseLoadIn({ baseLoadW: node.base_load_w, hourlyBaseLoadW: node.hourly_base_load_w }, now),
      0,
    )
    const power = powers.get(site.id)
    return {
      siteId: site.id,
      name: site.name,
      timeZone: site.time_zone,
      latitude: site.latitude,
      longitude: site.longitude,
      outdoorTemperatureC: site.outdoor_temperature_c,
      limitW: own.find((node) => node.parent_id === null)?.limit_w ?? 0,
      baseLoadW,
      powerW: baseLoadW + (power?.powerW ?? 0),
      evsesWithoutReading: power?.withoutReading ?? 0,
      peakThisMonthW: peakOf.get(site.id) ?? null,
      priceNowMicroEurPerKwh: priceAt(planOf.get(site.id), now),
      public: site.public,
      address: site.address,
      city: site.city,
      postalCode: site.postal_code,
      country: site.country,
      adHocTariffId: site.ad_hoc_tariff_id,
      nodes: own.map((node) => ({
        nodeId: node.id,
        parentId: node.parent_id,
        label: node.label,
        limitW: node.limit_w,
        baseLoadW: node.base_load_w,
        hourlyBaseLoadW: node.hourly_base_load_w,
      })),
      bays: (baysOf.get(site.id) ?? []).map((bay) => ({
        bayId: bay.id,
        label: bay.label,
        row: bay.row_number,
        column: bay.column_number,
        stationId: bay.station_id,
        evseId: bay.evse_id,
      })),
    }
  })
}

/** What the EVSEs of each site draw by their last readings; one that is known to be empty draws nothing and needs none. */
async function presentPower(
  db: Db,
  siteIds: readonly string[],
  now: Date,
): Promise<Map<string, { powerW: number; withoutReading: number }>> {
  const fresh = new Date(now.getTime() - READING_MS)
  const { rows } = await sql<{ site_id: string; power_w: number; without_reading: number }>`select s.site_id,
      coalesce(sum(e.power_w) filter (where e.power_at > ${fresh}), 0)::bigint as power_w,
      count(*) filter (where (e.power_at is null or e.power_at <= ${fresh} or e.power_w is null)
        and not (s.connected and e.plugged_in is not distinct from false))::integer as without_reading
    from evse e join station s on s.id = e.station_id
    where s.site_id = any(${[...siteIds]}::text[]) and s.registration = 'accepted' group by s.site_id`.execute(db)
  return new Map(rows.map((row) => [row.site_id, { powerW: Number(row.power_w), withoutReading: row.without_reading }]))
}

export function siteNames(
  db: Db,
): Promise<{ siteId: string; name: string; timeZone: string; latitude: number; longitude: number }[]> {
  return db
    .selectFrom('site')
    .select(['id as siteId', 'name', 'time_zone as timeZone', 'latitude', 'longitude'])
    .orderBy('id')
    .execute()
}

export async function siteExists(db: Db, siteId: string): Promise<boolean> {
  const row = await db.selectFrom('site').select('id').where('id', '=', siteId).executeTakeFirst()
  return row !== undefined
}
