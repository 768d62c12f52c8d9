import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../database.ts'
import { daysAndMonths } from '../energy-months.ts'
import type { DayRate, RateSpan } from './day-rates.ts'

/** What energy may be split by, where it is kept by local day. */
export type DayGroup = 'vehicle' | 'type' | 'line' | 'block' | 'station' | 'site' | 'day' | 'month'
export type DayBucket = 'none' | 'day' | 'month'

/** Local dates, `to` exclusive. */
export interface DaySpan {
  from: string
  to: string
  siteId: string | null
}

/** Sums of one group, in one bucket. Fractions come from shares of lines and of the peak charge. */
export interface EnergySums {
  /** '': unknown, or nobody's. */
  key: string
  /** `YYYY-MM-DD` or `YYYY-MM`; an instant's ISO text for buckets within the day; null: no buckets. */
  bucket: string | null
  energyWh: number
  sessionWh: number
  standbyWh: number
  batteryWh: number | null
  batteryGridWh: number
  energyCostMicroEur: number | null
  networkCostMicroEur: number | null
  peakCostMicroEur: number
  uncostedWh: number
  carbonLocationG: number | null
  uncarbonedWh: number
  carbonMarketG: number | null
  /** Of the energy, that for which no market-based factor is known. */
  unmarketedWh: number
  /** null: distance says nothing about this group. */
  distanceM: number | null
  passengerKm: number | null
}

interface Row {
  key: string | null
  bucket: string | null
  energy_wh: number
  session_wh: number
  standby_wh: number
  battery_wh: number | null
  battery_grid_wh: number
  energy_cost: number | null
  network_cost: number | null
  peak_cost: number | null
  uncosted_wh: number
  carbon_g: number | null
  uncarboned_wh: number
  market_g: number | null
  unmarketed_wh: number
  distance_m?: number | null
  passenger_km?: number | null
}

/** Sums over whole local days by group and bucket, out of the roll-ups by day and month alone. Distances are added by `driveSums`, but for lines and blocks, which have them here. */
export async function daySums(
  db: Db,
  span: DaySpan,
  group: DayGroup,
  bucket: DayBucket,
  rates: readonly DayRate[],
): Promise<EnergySums[]> {
  const work = group === 'line' || group === 'block'
  const own = work ? sql`e.kind = ${group}::text and` : sql``
  const none = sql`null::text`
  const inner: Record<DayGroup, RawBuilder<unknown>> = {
    vehicle: sql`e.vehicle_id`,
    type: sql`e.vehicle_id`,
    line: sql`e.key`,
    block: sql`e.key`,
    station: sql`e.station_id`,
    site: none,
    day: none,
    month: none,
  }
  const outer: Partial<Record<DayGroup, RawBuilder<unknown>>> = {
    type: sql`coalesce(v.type_id, '')`,
    site: sql`s.site_id`,
    day: sql`s.date::text`,
    month: sql`rate.month`,
  }
  const label = { none, day: sql`s.date::text`, month: sql`rate.month` }[bucket]
  const byDate = group === 'day' || bucket === 'day'
  const runs = runsOf(rates)
  const source = work ? sql`work_day` : byDate ? sql`energy_day` : await daysAndMonths(db, span, runs.starts)
  // Added up within each run of days with the same rate first: that goes through all rows, and can be shared among workers.
  const { rows } = await sql<Row>`
    with rate as (${runsTable(runs)}),
    s as (
      select ${inner[group]} as key, e.site_id, width_bucket(e.date, ${runs.starts}::date[]) as run, ${byDate ? sql`e.date` : sql`null::date`} as date,
        sum(e.energy_wh) as energy_wh, sum(e.session_wh) as session_wh, ${work ? sql`0` : sql`sum(e.standby_wh)`} as standby_wh,
        sum(e.battery_wh) as battery_wh, sum(e.battery_grid_wh) as battery_grid_wh, sum(e.energy_cost_micro_eur) as energy_cost,
        sum(e.network_cost_micro_eur) as network_cost, sum(e.uncosted_wh) as uncosted_wh, sum(e.carbon_g) as carbon_g, sum(e.uncarboned_wh) as uncarboned_wh,
        ${work ? sql`sum(e.distance_m)` : sql`null::bigint`} as distance_m, ${work ? sql`sum(e.passenger_km)` : sql`null::bigint`} as passenger_km
      from ${source} e where ${own} e.date >= ${span.from}::date and e.date < ${span.to}::date
        and (${span.siteId}::text is null or e.site_id = ${span.siteId}::text)
      group by 1, 2, 3, 4)
    select ${outer[group] ?? sql`s.key`} as key, ${label} as bucket, sum(s.energy_wh)::float8 as energy_wh, sum(s.session_wh)::float8 as session_wh,
      sum(s.standby_wh)::float8 as standby_wh, sum(s.battery_wh)::float8 as battery_wh, sum(s.battery_grid_wh)::float8 as battery_grid_wh,
      sum(s.energy_cost)::float8 as energy_cost, sum(s.network_cost)::float8 as network_cost, sum(s.energy_wh * rate.peak)::float8 as peak_cost,
      sum(s.uncosted_wh)::float8 as uncosted_wh, sum(s.carbon_g)::float8 as carbon_g, sum(s.uncarboned_wh)::float8 as uncarboned_wh,
      sum(s.energy_wh * rate.market / 1000)::float8 as market_g,
      coalesce(sum(s.energy_wh) filter (where rate.market is null), 0)::float8 as unmarketed_wh, sum(s.distance_m)::float8 as distance_m,
      sum(s.passenger_km)::float8 as passenger_km
    from s join rate on rate.site_id = s.site_id and rate.run = s.run ${group === 'type' ? sql`left join vehicle v on v.id = s.key` : sql``}
    group by 1, 2 order by 2, 1`.execute(db)
  return rows.map((row) => sumsOf(row))
}

/** Instants; the finest grain is the quarter hour. */
export interface QuarterSpan {
  from: Date
  to: Date
  siteId: string | null
}

/** Sums out of the quarter hours of each site: by site, or by the hour of the local day (`00` to `23`); in buckets of 15 minutes, of an hour, or without. */
export async function quarterSums(
  db: Db,
  span: QuarterSpan,
  group: 'site' | 'hourOfDay',
  bucket: 'none' | '15min' | 'hour',
  rates: readonly RateSpan[],
  limit: number,
): Promise<EnergySums[]> {
  const key = group === 'site' ? sql`q.site_id` : sql`to_char(q.start_at at time zone site.time_zone, 'HH24')`
  const { rows } = await sql<Row>`
    with rate as (${spansTable(rates)})
    select ${key} as key, ${quarterBucket(bucket, sql`q.start_at`)} as bucket, sum(q.energy_wh)::float8 as energy_wh, 0 as session_wh, 0 as standby_wh, null as battery_wh,
      0 as battery_grid_wh, sum(q.energy_cost_micro_eur)::float8 as energy_cost, sum(q.network_cost_micro_eur)::float8 as network_cost,
      sum(q.energy_wh * rate.peak)::float8 as peak_cost, sum(q.uncosted_wh)::float8 as uncosted_wh, sum(q.carbon_g)::float8 as carbon_g,
      sum(q.uncarboned_wh)::float8 as uncarboned_wh, sum(q.energy_wh * rate.market / 1000)::float8 as market_g,
      coalesce(sum(q.energy_wh) filter (where rate.market is null), 0)::float8 as unmarketed_wh
    from energy_quarter q join site on site.id = q.site_id
      left join rate on rate.site_id = q.site_id and q.start_at >= rate.from_at and q.start_at < rate.to_at
    where q.start_at >= ${span.from} and q.start_at < ${span.to} and (${span.siteId}::text is null or q.site_id = ${span.siteId}::text)
    group by 1, 2 order by 2, 1 limit ${sql.lit(limit)}`.execute(db)
  return rows.map((row) => sumsOf(row))
}

/** The same by station, vehicle or type, out of the intervals; what a quarter's kWh cost and emitted is its site's. */
export async function intervalSums(
  db: Db,
  span: QuarterSpan,
  group: 'station' | 'vehicle' | 'type',
  bucket: '15min' | 'hour',
  rates: readonly RateSpan[],
  limit: number,
): Promise<EnergySums[]> {
  const key = {
    station: sql`i.station_id`,
    vehicle: sql`coalesce(i.vehicle_id, '')`,
    type: sql`coalesce(v.type_id, '')`,
  }[group]
  const { rows } = await sql<Row>`
    with rate as (${spansTable(rates)})
    select ${key} as key, ${quarterBucket(bucket, sql`i.start_at`)} as bucket, sum(i.energy_wh)::float8 as energy_wh,
      coalesce(sum(i.energy_wh) filter (where i.session_number > 0), 0)::float8 as session_wh,
      coalesce(sum(i.energy_wh) filter (where i.session_number = 0), 0)::float8 as standby_wh, null as battery_wh, 0 as battery_grid_wh,
      sum(i.energy_wh * q.energy_price_micro_eur_per_kwh::float8 / 1000) as energy_cost,
      sum(i.energy_wh * q.network_price_micro_eur_per_kwh::float8 / 1000) as network_cost, sum(i.energy_wh * rate.peak)::float8 as peak_cost,
      coalesce(sum(i.energy_wh) filter (where q.energy_price_micro_eur_per_kwh is null), 0)::float8 as uncosted_wh,
      sum(i.energy_wh * q.carbon_g_per_kwh::float8 / 1000) as carbon_g,
      coalesce(sum(i.energy_wh) filter (where q.carbon_g_per_kwh is null), 0)::float8 as uncarboned_wh,
      sum(i.energy_wh * rate.market / 1000)::float8 as market_g,
      coalesce(sum(i.energy_wh) filter (where rate.market is null), 0)::float8 as unmarketed_wh
    from counted_interval i join site on site.id = i.site_id
      left join energy_quarter q on q.site_id = site.id and q.start_at = i.start_at
      left join vehicle v on v.id = i.vehicle_id
      left join rate on rate.site_id = i.site_id and i.start_at >= rate.from_at and i.start_at < rate.to_at
    where i.start_at >= ${span.from} and i.start_at < ${span.to} and (${span.siteId}::text is null or site.id = ${span.siteId}::text)
    group by 1, 2 order by 2, 1 limit ${sql.lit(limit)}`.execute(db)
  return rows.map((row) => sumsOf(row))
}

function quarterBucket(bucket: 'none' | '15min' | 'hour', at: RawBuilder<unknown>): RawBuilder<unknown> {
  const utc = (instant: RawBuilder<unknown>) =>
    sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"')`
  if (bucket === '15min') return utc(at)
  // By the site's clocks, so that zones half an hour off have whole hours too.
  if (bucket === 'hour') return utc(sql`date_trunc('hour', ${at}, site.time_zone)`)
  return sql`null::text`
}

/** A rate holds for weeks, so that a quarter hour is compared with few of them. */
function spansTable(rates: readonly RateSpan[]): RawBuilder<unknown> {
  return sql`select * from unnest(${rates.map((rate) => rate.siteId)}::text[], ${rates.map((rate) => rate.fromAt.toISOString())}::timestamptz[],
    ${rates.map((rate) => rate.toAt.toISOString())}::timestamptz[], ${rates.map((rate) => rate.peakMicroEurPerWh)}::float8[],
    ${rates.map((rate) => rate.marketGPerKwh)}::float8[]) as r(site_id, from_at, to_at, peak, market)`
}

/** Days cut wherever some site's rate changes, and at each month; `starts` ascending, a run's number is its place among them from 1 on. */
interface Runs {
  starts: string[]
  rates: (DayRate & { run: number })[]
}

function runsOf(rates: readonly DayRate[]): Runs {
  const last = new Map<string, DayRate>()
  const starts = new Set<string>()
  for (const rate of rates) {
    const before = last.get(rate.siteId)
    const same =
      before !== undefined &&
      !rate.date.endsWith('-01') &&
      before.peakMicroEurPerWh === rate.peakMicroEurPerWh &&
      before.marketGPerKwh === rate.marketGPerKwh
    if (!same) starts.add(rate.date)
    last.set(rate.siteId, rate)
  }
  const sorted = [...starts].sort()
  const numbers = new Map(sorted.map((date, i) => [date, i + 1]))
  return {
    starts: sorted,
    rates: rates.flatMap((rate) => {
      const run = numbers.get(rate.date)
      return run === undefined ? [] : [{ ...rate, run }]
    }),
  }
}

function runsTable({ rates }: Runs): RawBuilder<unknown> {
  return sql`select * from unnest(${rates.map((rate) => rate.siteId)}::text[], ${rates.map((rate) => rate.run)}::int[],
    ${rates.map((rate) => rate.date.slice(0, 7))}::text[], ${rates.map((rate) => rate.peakMicroEurPerWh)}::float8[],
    ${rates.map((rate) => rate.marketGPerKwh)}::float8[]) as r(site_id, run, month, peak, market)`
}

function sumsOf(row: Row): EnergySums {
  return {
    key: row.key ?? '',
    bucket: row.bucket,
    energyWh: Number(row.energy_wh),
    sessionWh: Number(row.session_wh),
    standbyWh: Number(row.standby_wh),
    batteryWh: numberOrNull(row.battery_wh),
    batteryGridWh: Number(row.battery_grid_wh),
    energyCostMicroEur: numberOrNull(row.energy_cost),
    networkCostMicroEur: numberOrNull(row.network_cost),
    peakCostMicroEur: Number(row.peak_cost ?? 0),
    uncostedWh: Number(row.uncosted_wh),
    carbonLocationG: numberOrNull(row.carbon_g),
    uncarbonedWh: Number(row.uncarboned_wh),
    carbonMarketG: numberOrNull(row.market_g),
    unmarketedWh: Number(row.unmarketed_wh),
    distanceM: numberOrNull(row.distance_m ?? null),
    passengerKm: numberOrNull(row.passenger_km ?? null),
  }
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
