import { sql } from 'kysely'
import { localMidnight } from '../../domain/tariff/local-clock.ts'
import { tariffOn } from '../../domain/tariff/tariff-spans.ts'
import { addDays, localDate } from '../../domain/service-time.ts'
import { carbonFactorOn, type CarbonFactor } from '../../domain/tariff/carbon-factor.ts'
import { carbonFactors } from '../carbon.ts'
import type { Db } from '../database.ts'
import { tariffsOfSites } from '../tariffs.ts'

/** What a Wh of a site's local day carries of the month's peak charge, and what it emits by the market-based factor. */
export interface DayRate {
  siteId: string
  /** `YYYY-MM-DD`. */
  date: string
  peakMicroEurPerWh: number
  marketGPerKwh: number | null
}

/** The month's peak charge of a site, and the energy over which it is spread. */
export interface MonthPeak {
  siteId: string
  /** `YYYY-MM-01`. */
  month: string
  peakW: number
  at: Date
  eurPerKw: number
  costMicroEur: number
  monthEnergyWh: number
}

/** Days in a row with the same rate. `fromAt` inclusive, `toAt` exclusive. */
export interface RateSpan extends Omit<DayRate, 'date'> {
  fromAt: Date
  toAt: Date
}

export interface SiteFactors {
  siteId: string
  timeZone: string
  factors: CarbonFactor[]
}

/**
 * Rates of every day of `[from, to)` of the sites asked for. The month's peak charge is spread over all that the site's chargers drew in that month, in proportion to
 * energy, whatever part of the month is asked for: so the parts of a month add up to the month.
 */
export async function dayRates(
  db: Db,
  span: { from: string; to: string; siteId: string | null },
): Promise<{ rates: DayRate[]; spans: RateSpan[]; peaks: MonthPeak[]; factors: SiteFactors[] }> {
  const peaks = await monthPeaks(db, span)
  const peakOf = new Map(peaks.map((peak) => [`${peak.siteId} ${peak.month}`, peak]))
  const factors = await factorsOfSites(db, span.siteId)
  const rates = factors.flatMap(({ siteId, factors }) => {
    const days: DayRate[] = []
    for (let date = span.from; date < span.to; date = addDays(date, 1)) {
      const peak = peakOf.get(`${siteId} ${date.slice(0, 7)}-01`)
      days.push({
        siteId,
        date,
        peakMicroEurPerWh: peak === undefined || peak.monthEnergyWh <= 0 ? 0 : peak.costMicroEur / peak.monthEnergyWh,
        marketGPerKwh: carbonFactorOn(factors, 'market', date)?.gPerKwh ?? null,
      })
    }
    return days
  })
  return { rates, spans: spansOf(rates, new Map(factors.map((site) => [site.siteId, site.timeZone]))), peaks, factors }
}

function spansOf(rates: readonly DayRate[], timeZones: ReadonlyMap<string, string>): RateSpan[] {
  const runs: (DayRate & { until: string })[] = []
  for (const rate of rates) {
    const last = runs.at(-1)
    const same =
      last?.siteId === rate.siteId &&
      last.peakMicroEurPerWh === rate.peakMicroEurPerWh &&
      last.marketGPerKwh === rate.marketGPerKwh
    const until = addDays(rate.date, 1)
    if (last !== undefined && same) last.until = until
    else runs.push({ ...rate, until })
  }
  return runs.map(({ siteId, date, until, peakMicroEurPerWh, marketGPerKwh }) => {
    const timeZone = timeZones.get(siteId) ?? 'UTC'
    return {
      siteId,
      fromAt: localMidnight(date, timeZone),
      toAt: localMidnight(until, timeZone),
      peakMicroEurPerWh,
      marketGPerKwh,
    }
  })
}

/** Peaks of the months that `[from, to)` touches, with their charge. */
export async function monthPeaks(
  db: Db,
  span: { from: string; to: string; siteId: string | null },
): Promise<MonthPeak[]> {
  const { rows } = await sql<{ site_id: string; month: string; peak_w: number; at: Date; energy_wh: number }>`
    select p.site_id, p.month, p.peak_w, p.at, coalesce((select sum(e.energy_wh) from energy_day e where e.site_id = p.site_id
      and e.date >= p.month and e.date < p.month + interval '1 month'), 0)::float8 as energy_wh
    from monthly_peak p
    where p.month >= date_trunc('month', ${span.from}::date) and p.month < ${span.to}::date
      and (${span.siteId}::text is null or p.site_id = ${span.siteId}::text)
    order by p.site_id, p.month`.execute(db)
  if (rows.length === 0) return []
  const tariffs = new Map((await tariffsOfSites(db, span.siteId ?? undefined)).map((tariff) => [tariff.siteId, tariff]))
  return rows.map((row) => {
    const site = tariffs.get(row.site_id)
    // By the tariff in force at the peak's own quarter hour.
    const tariff =
      site === undefined ? null : (tariffOn(site.dated, localDate(row.at, site.timeZone))?.tariff ?? site.fallback)
    const eurPerKw = tariff?.peakEurPerKw ?? 0
    return {
      siteId: row.site_id,
      month: row.month,
      peakW: Number(row.peak_w),
      at: row.at,
      eurPerKw,
      costMicroEur: Math.round(eurPerKw * Number(row.peak_w) * 1000),
      monthEnergyWh: Number(row.energy_wh),
    }
  })
}

async function factorsOfSites(db: Db, siteId: string | null): Promise<SiteFactors[]> {
  const sites = await db
    .selectFrom('site')
    .select(['id', 'time_zone'])
    .$if(siteId !== null, (query) => query.where('id', '=', siteId ?? ''))
    .orderBy('id')
    .execute()
  const found: SiteFactors[] = []
  for (const { id, time_zone: timeZone } of sites)
    found.push({ siteId: id, timeZone, factors: (await carbonFactors(db, id)) ?? [] })
  return found
}
