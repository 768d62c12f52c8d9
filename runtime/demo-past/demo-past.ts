import { blocksBetween } from '../../db/blocks.ts'
import type { Db } from '../../db/database.ts'
import { siteCosting } from '../../db/site-costing.ts'
import type { Block } from '../../domain/block.ts'
import type { FleetFile, FleetSite } from '../../domain/fleet-file.ts'
import { addDays, dayOfWeek, localDate, serviceInstant } from '../../domain/service-time.ts'
import type { SiteCosting } from '../../domain/tariff/site-costing.ts'
import { between } from './dice.ts'
import { imaginePast, type Past } from './imagine-past.ts'
import { QUARTER_MS } from './past-charging.ts'
import { pastDepot, type PastEvse } from './past-depot.ts'
import { createPastPlanner, type PastPlan } from './past-plans.ts'
import { pastTemperatureC } from './past-weather.ts'

/** Whole months before the running one: one to look at, and where that is quickly made one to compare it with. */
const MONTHS_BACK = { few: 2, many: 1 }
const MANY_VEHICLES = 20
/** Nights that were planned by the planner itself: so many as a start has time for. */
const PLANNED_NIGHTS = { few: 5, many: 1 }

export interface SitePast {
  site: FleetSite
  past: Past
  /** Of the last nights. */
  plans: PastPlan[]
  evses: PastEvse[]
  costing: SiteCosting
  from: Date
  to: Date
}

/**
 * The weeks that a demo's depot has behind it, so that there is something to report of. Everything is imagined from the fleet file and the timetable, the same at every start,
 * and marked as such in each session (`flags.origin`). Once in each whole month everybody charged on arrival, which made that month's peak.
 */
export async function sitePast(db: Db, fleet: FleetFile, site: FleetSite, now: Date): Promise<SitePast> {
  const { timeZone } = site
  const today = localDate(now, timeZone)
  const depot = pastDepot(fleet, site)
  const firstDate = monthsBefore(today, depot.vehicles.length > MANY_VEHICLES ? MONTHS_BACK.many : MONTHS_BACK.few)
  const from = serviceInstant(firstDate, timeZone, 0)
  const to = new Date(Math.floor(now.getTime() / QUARTER_MS) * QUARTER_MS)
  const costing = await siteCosting(db, site.id, from, to)
  if (costing === undefined) throw new RangeError(`there is no site ${site.id}`)
  const price = new Map<number, number>()
  for (let at = from.getTime(); at < to.getTime(); at += QUARTER_MS) {
    const quarter = costing.quarter(new Date(at))
    price.set(at, (quarter.energyMicroEurPerKwh ?? 0) + (quarter.networkMicroEurPerKwh ?? 0))
  }
  const weather = { ...site, monthlyTemperatureC: site.monthlyTemperatureC ?? null }
  const dates = daysFrom(firstDate, today)
  const nights = depot.vehicles.length > MANY_VEHICLES ? PLANNED_NIGHTS.many : PLANNED_NIGHTS.few
  const planner = createPastPlanner(db, site, nights, to)
  const past = await imaginePast({
    depot,
    blocks: await begunBlocks(db, site.id, from, to),
    fromMs: from.getTime(),
    toMs: to.getTime(),
    temperatureC: (at) => pastTemperatureC(weather, at),
    priceAt: (at) => price.get(at) ?? Infinity,
    dateAt: dateReader(timeZone),
    rushDates: new Set(dates.filter((date) => isRush(site.id, date) && date.slice(0, 7) !== today.slice(0, 7))),
    planner,
    lossyDates: new Set(
      dates.filter((date) => date.slice(0, 7) === monthsBefore(today, 1).slice(0, 7) && date.slice(8) > '17'),
    ),
  })
  return { site, past, plans: planner.plans, evses: depot.evses, costing, from, to }
}

/** One working day in the second or third week of each month. */
function isRush(siteId: string, date: string): boolean {
  const wanted = 9 + Math.floor(between(0, 10, siteId, date.slice(0, 7), 'rush'))
  const first = `${date.slice(0, 8)}${String(wanted).padStart(2, '0')}`
  const weekday = dayOfWeek(first)
  // From a weekend on to Monday.
  return date === addDays(first, Math.max(0, 8 - weekday) % 7 > 2 ? 0 : (8 - weekday) % 7)
}

async function begunBlocks(db: Db, siteId: string, from: Date, to: Date): Promise<Map<string, Block[]>> {
  const begun = (await blocksBetween(db, { from, to, siteId })).filter((block) => block.startAt <= to)
  const known = begun.flatMap((block) => (block.vehicleId === null ? [] : [{ block, vehicleId: block.vehicleId }]))
  return new Map(
    [...Map.groupBy(known, (one) => one.vehicleId)].map(([vehicleId, all]) => [vehicleId, all.map((one) => one.block)]),
  )
}

/** The first of the month so many months before a date's own. */
function monthsBefore(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
}

function daysFrom(first: string, last: string): string[] {
  const days: string[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) days.push(date)
  return days
}

/** `localDate`, asked for the same quarter hours again and again. */
function dateReader(timeZone: string): (atMs: number) => string {
  const known = new Map<number, string>()
  return (atMs) => {
    const quarter = Math.floor(atMs / QUARTER_MS)
    const date = known.get(quarter) ?? localDate(new Date(atMs), timeZone)
    known.set(quarter, date)
    return date
  }
}
