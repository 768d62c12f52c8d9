import { sql } from 'kysely'
import { departureVerdict, nightFrom, type DepartureVerdict } from '../../domain/plan-history.ts'
import { addDays } from '../../domain/service-time.ts'
import type { Db } from '../database.ts'
import { siteBaseLoad } from '../site-base-load.ts'
import { measuredStays, type SeenStay } from './measured-stays.ts'

/** A night and the departures of its morning's service day: what was planned, and what was measured. Sums go over the quarter hours that are over. */
export interface PlanDay {
  /** The service day. */
  date: string
  siteId: string
  timeZone: string
  /** Noon to noon. */
  fromAt: Date
  toAt: Date
  over: boolean
  /** Departures by how they went; `all` counts those that the last plans still had. */
  departures: { all: number } & Record<DepartureVerdict, number>
  plans: number
  /** By the plan of the night; null: there was none. */
  planned: DaySum | null
  /** null: nothing was measured. */
  measured: DaySum | null
  /** Lowest limit of the grid connection in that time; null: not kept. */
  limitW: number | null
  /** Quarter hours of which nothing was measured. */
  missingQuarters: number
}

interface DaySum {
  energyWh: number
  /** Energy and network, base load left out; null: not all of it has a price. */
  costMicroEur: number | null
  /** Of the whole connection. */
  peakW: number
}

/** A departure as it was planned and as it went. */
export interface PlanDayDeparture {
  date: string
  blockId: string
  vehicleId: string
  departAt: Date
  needSocPercent: number
  night: ForeseenOf & { vehicleId: string; energyWh: number }
  last: ForeseenOf & { shortWh: number }
  droppedAt: Date | null
  /** From when on what was charged counts. */
  fromAt: Date
  measured: SeenStay
  verdict: DepartureVerdict
}

interface ForeseenOf {
  planId: number
  planAt: Date
  socPercent: number
  readyAt: Date | null
}

/** A quarter hour as it was planned and as it went, in W. */
export interface PlanDayQuarter {
  startAt: Date
  limitW: number
  nightW: number
  lastW: number
  /** Chargers as measured, and the base load that is taken to come on top; null: nothing was measured. */
  measuredW: number | null
  priceMicroEurPerKwh: number
}

/** The zone of a site; undefined: there is no such site. */
async function zoneOf(db: Db, siteId: string): Promise<string | undefined> {
  const row = await db.selectFrom('site').select('time_zone').where('id', '=', siteId).executeTakeFirst()
  return row?.time_zone
}

/** Nights with anything kept of their plans, the latest first, one at most ahead of now; undefined: there is no such site. */
export async function planDays(
  db: Db,
  ask: { siteId: string; before?: string | undefined; limit: number },
  now: Date,
): Promise<PlanDay[] | undefined> {
  const { siteId, before, limit } = ask
  const timeZone = await zoneOf(db, siteId)
  if (timeZone === undefined) return undefined
  const { rows } = await sql<{ date: string }>`
    select ((night_from at time zone ${timeZone}::text)::date + 1)::date as date from planned_quarter
    where site_id = ${siteId}::text and night_from <= ${now}::timestamptz
      and (${before ?? null}::date is null or night_from < (${before ?? null}::date - 1 + time '12:00') at time zone ${timeZone}::text)
    group by night_from order by night_from desc limit ${limit}`.execute(db)
  const dates = rows.map((row) => row.date)
  const [latest, earliest] = [dates[0], dates.at(-1)]
  if (latest === undefined || earliest === undefined) return []
  const span = { siteId, timeZone, from: earliest, to: latest }
  const departures = Map.groupBy(await planDayDepartures(db, span, now), (one) => one.date)
  const sums = await nightSums(db, span, now)
  return dates.flatMap((date) => {
    const sum = sums.get(nightFrom(date, timeZone).getTime())
    return sum === undefined ? [] : [dayOf(date, { siteId, timeZone }, departures.get(date) ?? [], sum, now)]
  })
}

/** One night; undefined: there is no such site, or nothing is kept of it. */
export async function planDay(
  db: Db,
  { siteId, date }: { siteId: string; date: string },
  now: Date,
): Promise<{ day: PlanDay; departures: PlanDayDeparture[]; quarters: PlanDayQuarter[] } | undefined> {
  const timeZone = await zoneOf(db, siteId)
  if (timeZone === undefined) return undefined
  const span = { siteId, timeZone, from: date, to: date }
  const sum = (await nightSums(db, span, now)).get(nightFrom(date, timeZone).getTime())
  if (sum === undefined) return undefined
  const departures = await planDayDepartures(db, span, now)
  return {
    day: dayOf(date, { siteId, timeZone }, departures, sum, now),
    departures,
    quarters: await quartersOf(db, span, now),
  }
}

interface Span {
  siteId: string
  timeZone: string
  /** Service days, both inclusive. */
  from: string
  to: string
}

interface NightSum {
  plans: number
  planned: DaySum | null
  measured: DaySum | null
  limitW: number | null
  missingQuarters: number
}

function dayOf(
  date: string,
  site: { siteId: string; timeZone: string },
  departures: readonly PlanDayDeparture[],
  sum: NightSum,
  now: Date,
): PlanDay {
  const counts = { all: 0, ahead: 0, ready: 0, short: 0, unknown: 0, dropped: 0 }
  for (const { verdict } of departures) {
    counts[verdict] += 1
    if (verdict !== 'dropped') counts.all += 1
  }
  const toAt = nightFrom(addDays(date, 1), site.timeZone)
  return { date, ...site, fromAt: nightFrom(date, site.timeZone), toAt, over: toAt <= now, departures: counts, ...sum }
}

/** The departures of service days, in their order, with what was measured of each. */
async function planDayDepartures(db: Db, { siteId, from, to }: Span, now: Date): Promise<PlanDayDeparture[]> {
  const { rows } = await sql<{
    date: string
    block_id: string
    vehicle_id: string
    depart_at: Date
    need_soc_percent: number
    night_plan_id: number
    night_plan_at: Date
    night_vehicle_id: string
    night_energy_wh: number
    night_soc_percent: number
    night_ready_at: Date | null
    last_plan_id: number
    last_plan_at: Date
    last_soc_percent: number
    last_ready_at: Date | null
    last_short_wh: number
    dropped_at: Date | null
    from_at: Date
  }>`
    select p.*, greatest(p.night_from, p.night_plan_at, (select max(o.depart_at) from planned_departure o
      where o.vehicle_id = p.vehicle_id and o.dropped_at is null and o.depart_at < p.depart_at and o.depart_at > p.night_from)) as from_at
    from planned_departure p
    where p.site_id = ${siteId}::text and p.date >= ${from}::date and p.date <= ${to}::date
    order by p.depart_at, p.block_id`.execute(db)
  const measured = await measuredStays(
    db,
    siteId,
    rows.map((row) => ({ vehicleId: row.vehicle_id, fromAt: row.from_at, departAt: row.depart_at })),
  )
  return rows.flatMap((row, index) => {
    const seen = measured[index]
    if (seen === undefined) return []
    const departure = {
      departAt: row.depart_at,
      needSocPercent: row.need_soc_percent,
      dropped: row.dropped_at !== null,
    }
    return [
      {
        date: row.date,
        blockId: row.block_id,
        vehicleId: row.vehicle_id,
        departAt: row.depart_at,
        needSocPercent: row.need_soc_percent,
        night: {
          planId: row.night_plan_id,
          planAt: row.night_plan_at,
          vehicleId: row.night_vehicle_id,
          energyWh: row.night_energy_wh,
          socPercent: row.night_soc_percent,
          readyAt: row.night_ready_at,
        },
        last: {
          planId: row.last_plan_id,
          planAt: row.last_plan_at,
          socPercent: row.last_soc_percent,
          readyAt: row.last_ready_at,
          shortWh: row.last_short_wh,
        },
        droppedAt: row.dropped_at,
        fromAt: row.from_at,
        measured: seen,
        verdict: departureVerdict(departure, seen, now),
      },
    ]
  })
}

/** By the night's noon, in epoch ms. */
async function nightSums(db: Db, { siteId, timeZone, from, to }: Span, now: Date): Promise<Map<number, NightSum>> {
  const [fromAt, toAt] = [nightFrom(from, timeZone), nightFrom(addDays(to, 1), timeZone)]
  const { rows } = await sql<{
    night_from: Date
    planned_wh: number | null
    planned_cost: number | null
    planned_peak_w: number | null
    measured_wh: number | null
    measured_cost: number | null
    uncosted_wh: number | null
    measured_peak_w: number | null
    limit_w: number | null
    missing: number
    plans: number
  }>`
    select p.night_from, sum((p.night_import_w - p.night_base_load_w) / 4.0) filter (where p.past)::float8 as planned_wh,
      sum((p.night_import_w - p.night_base_load_w) / 4.0 * p.night_price_micro_eur_per_kwh / 1000) filter (where p.past)::float8 as planned_cost,
      max(p.night_import_w) filter (where p.past)::float8 as planned_peak_w,
      sum(q.energy_wh) filter (where p.past)::float8 as measured_wh,
      sum(coalesce(q.energy_cost_micro_eur, 0) + coalesce(q.network_cost_micro_eur, 0)) filter (where p.past)::float8 as measured_cost,
      sum(q.uncosted_wh) filter (where p.past)::float8 as uncosted_wh,
      max(q.energy_wh * 4 + base_load_w_in(p.site_id, extract(month from p.start_at at time zone ${timeZone}::text)::int,
        extract(hour from p.start_at at time zone ${timeZone}::text)::int)) filter (where p.past)::float8 as measured_peak_w,
      min(p.last_limit_w)::float8 as limit_w, count(*) filter (where p.past and q.start_at is null)::int as missing,
      (select count(*) from plan where plan.site_id = ${siteId}::text and plan.created_at >= p.night_from
        and plan.created_at < (((p.night_from at time zone ${timeZone}::text) + interval '1 day') at time zone ${timeZone}::text))::int as plans
    from (select *, start_at + interval '15 minutes' <= ${now}::timestamptz as past from planned_quarter
      where site_id = ${siteId}::text and start_at >= ${fromAt}::timestamptz and start_at < ${toAt}::timestamptz) p
    left join energy_quarter q on q.site_id = p.site_id and q.start_at = p.start_at
    group by p.night_from`.execute(db)
  return new Map(
    rows.map((row) => [
      row.night_from.getTime(),
      {
        plans: row.plans,
        planned:
          row.planned_wh === null
            ? null
            : {
                energyWh: Math.round(row.planned_wh),
                costMicroEur: Math.round(row.planned_cost ?? 0),
                peakW: row.planned_peak_w ?? 0,
              },
        measured:
          row.measured_wh === null
            ? null
            : {
                energyWh: row.measured_wh,
                costMicroEur: (row.uncosted_wh ?? 0) > 0 ? null : Math.round(row.measured_cost ?? 0),
                peakW: row.measured_peak_w ?? 0,
              },
        limitW: row.limit_w,
        missingQuarters: row.missing,
      },
    ]),
  )
}

async function quartersOf(db: Db, { siteId, timeZone, from, to }: Span, now: Date): Promise<PlanDayQuarter[]> {
  const baseLoadIn = await siteBaseLoad(db, siteId)
  const rows = await db
    .selectFrom('planned_quarter as p')
    .leftJoin('energy_quarter as q', (join) =>
      join.onRef('q.site_id', '=', 'p.site_id').onRef('q.start_at', '=', 'p.start_at'),
    )
    .where('p.site_id', '=', siteId)
    .where('p.start_at', '>=', nightFrom(from, timeZone))
    .where('p.start_at', '<', nightFrom(addDays(to, 1), timeZone))
    .select([
      'p.start_at as startAt',
      'p.last_limit_w as limitW',
      'p.night_import_w as nightW',
      'p.last_import_w as lastW',
      'p.last_price_micro_eur_per_kwh as priceMicroEurPerKwh',
      'q.energy_wh as energyWh',
    ])
    .orderBy('p.start_at')
    .execute()
  return rows.map(({ energyWh, ...row }) => ({
    ...row,
    measuredW: energyWh === null || row.startAt > now ? null : Number(energyWh) * 4 + baseLoadIn(row.startAt),
  }))
}
