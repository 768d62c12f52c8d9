import { sql, type RawBuilder } from 'kysely'
import { addMonths } from '../domain/service-time.ts'
import type { Db, Tx } from './database.ts'

/** What is added up, and by what beside the month. */
const SUMMED = [
  'energy_wh',
  'session_wh',
  'standby_wh',
  'energy_cost_micro_eur',
  'network_cost_micro_eur',
  'carbon_g',
  'uncosted_wh',
  'uncarboned_wh',
  'battery_wh',
  'battery_grid_wh',
]
const COLUMNS = sql.raw(`site_id, station_id, vehicle_id, ${SUMMED.join(', ')}`)
const SUMS = sql.raw(`site_id, station_id, vehicle_id, ${SUMMED.map((column) => `sum(${column})`).join(', ')}`)

/** Local dates; `to` exclusive. */
interface Dates {
  from: string
  to: string
}

/**
 * Adds up the months of `energy_day` that have changed since, all but the newest, which changes every few minutes. Returns how many. Safe beside writers: a
 * month that is being written waits for the next run.
 */
export async function refreshEnergyMonths(db: Db): Promise<number> {
  for (let months = 0; ; months += 1) if (!(await db.transaction().execute(async (tx) => addUpOne(tx)))) return months
}

/** Whether there was one to add up. */
async function addUpOne(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ month: string }>`delete from energy_month_due where month = (
      select month from energy_month_due where month < (select date_trunc('month', max(date)) from energy_day)
      order by month limit 1 for update skip locked)
    returning month`.execute(tx)
  const month = rows[0]?.month
  if (month === undefined) return false
  await sql`delete from energy_month where month = ${month}::date`.execute(tx)
  await sql`insert into energy_month (month, ${COLUMNS})
    select ${month}::date, ${SUMS} from energy_day where date >= ${month}::date and date < ${month}::date + interval '1 month'
    group by site_id, station_id, vehicle_id`.execute(tx)
  return true
}

/** Has the months that `[from, to]` touches added up anew, whatever stands there; null: from the first, to the last. */
export async function markEnergyMonths(db: Db, from: string | null, to: string | null): Promise<void> {
  await sql`insert into energy_month_due select distinct date_trunc('month', date)::date
    from (select date from energy_day union all select month from energy_month) held(date)
    where (${from}::date is null or date >= date_trunc('month', ${from}::date)) and (${to}::date is null or date < date_trunc('month', ${to}::date) + interval '1 month')
    on conflict do nothing`.execute(db)
}

/**
 * The first days of the months within `span` whose sums can stand for their days: whole, added up since they last changed, and cut by none of the dates in
 * `cuts`. Ascending.
 */
export async function summedMonths(db: Db, span: Dates, cuts: readonly string[]): Promise<string[]> {
  const cut = new Set(cuts.filter((date) => !date.endsWith('-01')).map((date) => date.slice(0, 7)))
  const whole: string[] = []
  const first = span.from.endsWith('-01') ? span.from : addMonths(`${span.from.slice(0, 7)}-01`, 1)
  for (let month = first; addMonths(month, 1) <= span.to; month = addMonths(month, 1))
    if (!cut.has(month.slice(0, 7))) whole.push(month)
  if (whole.length === 0) return []
  const { rows } = await sql<{ month: string }>`select month from unnest(${whole}::date[]) as whole(month)
    where not exists (select from energy_month_due due where due.month = whole.month) order by 1`.execute(db)
  return rows.map((row) => row.month)
}

/**
 * `energy_day` over a span as a table to select from, in which whole months stand, under their first days, for their days wherever they can. `cuts` are the
 * dates on which something changes that is asked for.
 */
export async function daysAndMonths(db: Db, span: Dates, cuts: readonly string[]): Promise<RawBuilder<unknown>> {
  const months = await summedMonths(db, span, cuts)
  if (months.length === 0) return sql`energy_day`
  const beside = datesBeside(span, months).map(
    ({ from, to }) =>
      sql`union all select date, ${COLUMNS} from energy_day where date >= ${from}::date and date < ${to}::date`,
  )
  return sql`(select month as date, ${COLUMNS} from energy_month where month = any(${months}::date[]) ${sql.join(beside, sql` `)})`
}

/** What of `span` lies outside the months, as few stretches. */
function datesBeside(span: Dates, months: readonly string[]): Dates[] {
  const beside: Dates[] = []
  let from = span.from
  for (const month of months) {
    if (from < month) beside.push({ from, to: month })
    from = addMonths(month, 1)
  }
  if (from < span.to) beside.push({ from, to: span.to })
  return beside
}
