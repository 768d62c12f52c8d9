import { sql } from 'kysely'
import { json, type Db } from './database.ts'
import type { TouchedInterval } from './energy-intervals.ts'
import { siteCosting } from './site-costing.ts'
import { arrayParameter } from './array-parameter.ts'

/** A quarter hour of a site. */
export interface SiteQuarter {
  siteId: string
  startAt: Date
}

/** A local day of an EVSE. */
export interface EvseDay {
  siteId: string
  date: string
  stationId: string
  evseId: number
}

/** Which quarter hours of sites, and which local days of EVSEs, hold these intervals. Stations of no site have none. */
export async function touchedRollUps(
  db: Db,
  touched: readonly TouchedInterval[],
): Promise<{ quarters: SiteQuarter[]; days: EvseDay[] }> {
  if (touched.length === 0) return { quarters: [], days: [] }
  const given = sql`unnest(${arrayParameter(touched.map((one) => one.stationId))}::text[], ${arrayParameter(touched.map((one) => one.evseId))}::int[],
    ${arrayParameter(touched.map((one) => one.startAt.toISOString()))}::timestamptz[]) as t(station_id, evse_id, start_at)`
  const { rows: quarters } = await sql<{
    site_id: string
    start_at: Date
  }>`select distinct s.site_id, t.start_at from ${given}
    join station s on s.id = t.station_id where s.site_id is not null order by 1, 2`.execute(db)
  // A main meter's energy counts or not by what its station's EVSEs tell.
  const { rows: days } = await sql<{ site_id: string; date: string; station_id: string; evse_id: number }>`
    select distinct s.site_id, (t.start_at at time zone site.time_zone)::date as date, t.station_id, e.evse_id from ${given}
    join station s on s.id = t.station_id join site on site.id = s.site_id cross join lateral (values (t.evse_id), (0)) as e(evse_id)`.execute(
    db,
  )
  return {
    quarters: quarters.map((row) => ({ siteId: row.site_id, startAt: row.start_at })),
    days: days.map((row) => ({
      siteId: row.site_id,
      date: row.date,
      stationId: row.station_id,
      evseId: row.evse_id,
    })),
  }
}

/** A quarter hour as it was and as it is now; null: not there. */
export interface QuarterChange extends SiteQuarter {
  energyWh: number | null
}

const FAR_MS = 2 * 24 * 3_600_000

/** Adds up these quarter hours of sites anew, with what a kWh cost and emitted in each. Returns those that changed. */
export async function rollUpQuarters(db: Db, quarters: readonly SiteQuarter[]): Promise<QuarterChange[]> {
  const changes: QuarterChange[] = []
  for (const [siteId, ofSite] of Map.groupBy(quarters, (one) => one.siteId)) {
    for (const cluster of clustersOf(ofSite.map((one) => one.startAt.getTime()))) {
      const first = cluster[0] ?? 0
      const costing = await siteCosting(db, siteId, new Date(first), new Date((cluster.at(-1) ?? first) + 900_000))
      const values = cluster.map((startMs) => {
        const startAt = new Date(startMs)
        const quarter = costing?.quarter(startAt)
        return {
          start_at: startAt,
          energy: quarter?.energyMicroEurPerKwh ?? null,
          network: quarter?.networkMicroEurPerKwh ?? null,
          carbon: quarter?.carbonLocationGPerKwh ?? null,
        }
      })
      changes.push(...(await storeQuarters(db, siteId, values)))
    }
  }
  return changes
}

interface PricedQuarter {
  start_at: Date
  energy: number | null
  network: number | null
  carbon: number | null
}

/** Laterals, here and below: one look into the index for each quarter or day, which a plan made from guessed numbers of rows might trade for reading whole months. */
async function storeQuarters(db: Db, siteId: string, values: readonly PricedQuarter[]): Promise<QuarterChange[]> {
  const { rows } = await sql<{ start_at: Date; energy_wh: number | null }>`
    with wanted as materialized (select * from jsonb_to_recordset(${json(values)}::jsonb) as r(start_at timestamptz, energy int, network int, carbon int)),
    sums as materialized (select w.start_at, w.energy, w.network, w.carbon, i.wh, i.complete from wanted w
      cross join lateral (select sum(energy_wh)::bigint as wh, bool_and(complete) as complete from counted_interval
        where start_at = w.start_at and site_id = ${siteId}::text having count(*) > 0) i),
    gone as (delete from energy_quarter q using wanted w where q.site_id = ${siteId}::text and q.start_at = w.start_at
      and not exists (select from sums where sums.start_at = q.start_at) returning q.start_at),
    put as (insert into energy_quarter as q (site_id, start_at, energy_wh, energy_price_micro_eur_per_kwh, network_price_micro_eur_per_kwh, carbon_g_per_kwh,
        energy_cost_micro_eur, network_cost_micro_eur, carbon_g, uncosted_wh, uncarboned_wh, complete)
      select ${siteId}::text, start_at, wh, energy, network, carbon, round(wh * energy::numeric / 1000), round(wh * network::numeric / 1000), round(wh * carbon::numeric / 1000),
        case when energy is null then wh else 0 end, case when carbon is null then wh else 0 end, complete from sums
      on conflict (site_id, start_at) do update set energy_wh = excluded.energy_wh, energy_price_micro_eur_per_kwh = excluded.energy_price_micro_eur_per_kwh,
        network_price_micro_eur_per_kwh = excluded.network_price_micro_eur_per_kwh, carbon_g_per_kwh = excluded.carbon_g_per_kwh,
        energy_cost_micro_eur = excluded.energy_cost_micro_eur, network_cost_micro_eur = excluded.network_cost_micro_eur, carbon_g = excluded.carbon_g,
        uncosted_wh = excluded.uncosted_wh, uncarboned_wh = excluded.uncarboned_wh, complete = excluded.complete
      where (q.energy_wh, q.energy_price_micro_eur_per_kwh, q.network_price_micro_eur_per_kwh, q.carbon_g_per_kwh, q.complete) is distinct from
        (excluded.energy_wh, excluded.energy_price_micro_eur_per_kwh, excluded.network_price_micro_eur_per_kwh, excluded.carbon_g_per_kwh, excluded.complete)
      returning q.start_at, q.energy_wh)
    select start_at, null::bigint as energy_wh from gone union all select start_at, energy_wh from put`.execute(db)
  return rows.map((row) => ({
    siteId,
    startAt: row.start_at,
    energyWh: row.energy_wh === null ? null : Number(row.energy_wh),
  }))
}

/** Adds up these local days of EVSEs anew. The quarter hours of the sites must be up to date: they hold the prices. */
export async function rollUpDays(db: Db, days: readonly EvseDay[]): Promise<void> {
  if (days.length === 0) return
  await sql`with day as materialized (
      select d.date, d.site_id, d.station_id, d.evse_id, d.date::timestamp at time zone site.time_zone as from_at,
        (d.date + 1)::timestamp at time zone site.time_zone as to_at
      from unnest(${arrayParameter(days.map((one) => one.date))}::date[], ${arrayParameter(days.map((one) => one.siteId))}::text[],
        ${arrayParameter(days.map((one) => one.stationId))}::text[], ${arrayParameter(days.map((one) => one.evseId))}::int[]) as d(date, site_id, station_id, evse_id)
      join site on site.id = d.site_id),
    sums as materialized (select d.date, d.site_id, d.station_id, d.evse_id, v.* from day d cross join lateral (
      select coalesce(i.vehicle_id, '') as vehicle_id, sum(i.energy_wh)::bigint as energy_wh,
        coalesce(sum(i.energy_wh) filter (where i.session_number > 0), 0)::bigint as session_wh,
        coalesce(sum(i.energy_wh) filter (where i.session_number = 0), 0)::bigint as standby_wh,
        round(sum(i.energy_wh * q.energy_price_micro_eur_per_kwh::numeric) / 1000)::bigint as energy_cost,
        round(sum(i.energy_wh * q.network_price_micro_eur_per_kwh::numeric) / 1000)::bigint as network_cost,
        round(sum(i.energy_wh * q.carbon_g_per_kwh::numeric) / 1000)::bigint as carbon_g,
        coalesce(sum(i.energy_wh) filter (where q.energy_price_micro_eur_per_kwh is null), 0)::bigint as uncosted_wh,
        coalesce(sum(i.energy_wh) filter (where q.carbon_g_per_kwh is null), 0)::bigint as uncarboned_wh,
        round(sum(i.energy_wh * se.battery_wh::numeric / se.energy_wh))::bigint as battery_wh,
        coalesce(sum(i.energy_wh) filter (where se.session_number is not null), 0)::bigint as battery_grid_wh
      from (select * from counted_interval c where c.station_id = d.station_id and c.evse_id = d.evse_id and c.site_id = d.site_id
          and c.start_at >= d.from_at and c.start_at < d.to_at offset 0) i
      left join lateral (select * from energy_quarter q where q.site_id = d.site_id and q.start_at = i.start_at offset 0) q on true
      left join lateral (select * from session_energy se where i.session_number > 0 and se.session_number = i.session_number and se.battery_wh is not null
        and se.energy_wh > 0 offset 0) se on true
      group by 1) v),
    gone as (delete from energy_day e using day d cross join lateral (select old.vehicle_id from energy_day old where old.date = d.date and old.site_id = d.site_id
        and old.station_id = d.station_id and old.evse_id = d.evse_id offset 0) o
      where e.date = d.date and e.site_id = d.site_id and e.station_id = d.station_id and e.evse_id = d.evse_id and e.vehicle_id = o.vehicle_id
        and (d.date, d.site_id, d.station_id, d.evse_id, o.vehicle_id) not in (select date, site_id, station_id, evse_id, vehicle_id from sums))
    insert into energy_day as e (date, site_id, station_id, evse_id, vehicle_id, energy_wh, session_wh, standby_wh, energy_cost_micro_eur, network_cost_micro_eur,
      carbon_g, uncosted_wh, uncarboned_wh, battery_wh, battery_grid_wh) select * from sums
    on conflict (date, site_id, station_id, evse_id, vehicle_id) do update set energy_wh = excluded.energy_wh, session_wh = excluded.session_wh,
      standby_wh = excluded.standby_wh, energy_cost_micro_eur = excluded.energy_cost_micro_eur, network_cost_micro_eur = excluded.network_cost_micro_eur,
      carbon_g = excluded.carbon_g, uncosted_wh = excluded.uncosted_wh, uncarboned_wh = excluded.uncarboned_wh, battery_wh = excluded.battery_wh,
      battery_grid_wh = excluded.battery_grid_wh
    where (e.energy_wh, e.session_wh, e.standby_wh, e.energy_cost_micro_eur, e.network_cost_micro_eur, e.carbon_g, e.uncosted_wh, e.uncarboned_wh, e.battery_wh,
      e.battery_grid_wh) is distinct from (excluded.energy_wh, excluded.session_wh, excluded.standby_wh, excluded.energy_cost_micro_eur,
      excluded.network_cost_micro_eur, excluded.carbon_g, excluded.uncosted_wh, excluded.uncarboned_wh, excluded.battery_wh, excluded.battery_grid_wh)`.execute(
    db,
  )
}

function clustersOf(starts: readonly number[]): number[][] {
  const clusters: number[][] = []
  for (const start of starts.toSorted((a, b) => a - b)) {
    const cluster = clusters.at(-1)
    if (cluster !== undefined && start - (cluster.at(-1) ?? 0) <= FAR_MS) cluster.push(start)
    else clusters.push([start])
  }
  return clusters
}
