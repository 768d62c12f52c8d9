import { sql, type Insertable } from 'kysely'
import { planOutcomes } from '../domain/plan-outcome.ts'
import type { StoredInstance, StoredResult } from '../domain/stored-plan.ts'
import type { Database, Db } from './database.ts'

/** The first plan of a day is looked for within so many hours after noon. */
const FIRST_PLAN_WITHIN_HOURS = 6
/** Plans are kept for 30 days. */
const LOOK_BACK_DAYS = 29

interface DayPlan {
  id: number
  site_id: string
  date: string
  to_at: Date
  instance: Pick<StoredInstance, 'start' | 'slotMinutes' | 'price' | 'carbon' | 'nodes'>
  result: Pick<StoredResult, 'importKw'> & { uncontrolled: Pick<StoredResult['uncontrolled'], 'importKw'> }
}

/**
 * Keeps what the first plan of each day that is over came to. One plan a day, because each new one starts from what the one before has already done: their differences to
 * uncontrolled charging must not be added up. Returns how many days were added.
 */
export async function keepSavingDays(db: Db, now: Date): Promise<number> {
  const { rows } = await sql<DayPlan>`
    with day as (
      select site.id as site_id, d::date as date, (d + interval '12 hours') at time zone site.time_zone as from_at,
        (d + interval '36 hours') at time zone site.time_zone as to_at
      from site cross join lateral generate_series(
        date_trunc('day', (${now}::timestamptz at time zone site.time_zone) - make_interval(days => ${sql.lit(LOOK_BACK_DAYS)})),
        date_trunc('day', ${now}::timestamptz at time zone site.time_zone), interval '1 day') as d),
    missing as (
      select day.* from day left join saving_day s on s.site_id = day.site_id and s.date = day.date
      where s.date is null and day.to_at <= ${now}::timestamptz)
    select p.id, m.site_id, m.date, m.to_at,
      jsonb_build_object('start', p.instance->'start', 'slotMinutes', p.instance->'slotMinutes', 'price', p.instance->'price', 'nodes', p.instance->'nodes')
        || case when p.instance ? 'carbon' then jsonb_build_object('carbon', p.instance->'carbon') else '{}' end as instance,
      jsonb_build_object('importKw', p.result->'importKw', 'uncontrolled', jsonb_build_object('importKw', p.result->'uncontrolled'->'importKw')) as result
    from missing m join lateral (
      select * from plan where plan.site_id = m.site_id and plan.created_at >= m.from_at
        and plan.created_at < m.from_at + make_interval(hours => ${sql.lit(FIRST_PLAN_WITHIN_HOURS)})
      order by plan.created_at limit 1) p on true`.execute(db)
  for (const row of rows) {
    const { planned, uncontrolled } = planOutcomes(row.instance, row.result, row.to_at)
    await db
      .insertInto('saving_day')
      .values({
        date: row.date,
        site_id: row.site_id,
        plan_id: row.id,
        from_at: new Date(row.instance.start),
        to_at: row.to_at,
        planned_wh: planned.energyWh,
        planned_cost_micro_eur: planned.costMicroEur,
        planned_peak_w: planned.peakW,
        planned_carbon_g: planned.carbonG,
        uncontrolled_wh: uncontrolled.energyWh,
        uncontrolled_cost_micro_eur: uncontrolled.costMicroEur,
        uncontrolled_peak_w: uncontrolled.peakW,
        uncontrolled_carbon_g: uncontrolled.carbonG,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return rows.length
}

export type SavingDayRow = Insertable<Database['saving_day']>

/** Keeps days whose plans this database never had. */
export async function addSavingDays(db: Db, days: readonly SavingDayRow[]): Promise<void> {
  if (days.length === 0) return
  await db
    .insertInto('saving_day')
    .values([...days])
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export interface SavingDay {
  date: string
  siteId: string
  plannedWh: number
  plannedCostMicroEur: number
  plannedPeakW: number
  plannedCarbonG: number | null
  uncontrolledWh: number
  uncontrolledCostMicroEur: number
  uncontrolledPeakW: number
  uncontrolledCarbonG: number | null
  /** Measured over the same time. */
  actualWh: number
  actualCostedWh: number
  actualCostMicroEur: number | null
  actualPeakW: number | null
  actualCarbonedWh: number
  actualCarbonG: number | null
}

/** The kept days of `[from, to)` with what was measured in the meantime, by date and site. */
export async function savingDays(
  db: Db,
  span: { from: string; to: string; siteId: string | null },
): Promise<SavingDay[]> {
  const { rows } = await sql<Record<string, unknown> & { date: string; site_id: string }>`
    select s.*, coalesce(sum(q.energy_wh), 0)::float8 as actual_wh, coalesce(sum(q.energy_wh - q.uncosted_wh), 0)::float8 as actual_costed_wh,
      (sum(q.energy_cost_micro_eur + coalesce(q.network_cost_micro_eur, 0)))::float8 as actual_cost,
      max(q.energy_wh * 4 + base_load_w_in(s.site_id, extract(month from q.start_at at time zone site.time_zone)::int, extract(hour from q.start_at at time zone site.time_zone)::int))::float8 as actual_peak_w,
      coalesce(sum(q.energy_wh - q.uncarboned_wh), 0)::float8 as actual_carboned_wh, sum(q.carbon_g)::float8 as actual_carbon_g
    from saving_day s join site on site.id = s.site_id left join energy_quarter q on q.site_id = s.site_id and q.start_at >= s.from_at and q.start_at < s.to_at
    where s.date >= ${span.from}::date and s.date < ${span.to}::date and (${span.siteId}::text is null or s.site_id = ${span.siteId}::text)
    group by s.site_id, s.date order by s.date, s.site_id`.execute(db)
  const known = (value: unknown): number | null => (value === null ? null : Number(value))
  return rows.map((row) => ({
    date: row.date,
    siteId: row.site_id,
    plannedWh: Number(row['planned_wh']),
    plannedCostMicroEur: Number(row['planned_cost_micro_eur']),
    plannedPeakW: Number(row['planned_peak_w']),
    plannedCarbonG: known(row['planned_carbon_g']),
    uncontrolledWh: Number(row['uncontrolled_wh']),
    uncontrolledCostMicroEur: Number(row['uncontrolled_cost_micro_eur']),
    uncontrolledPeakW: Number(row['uncontrolled_peak_w']),
    uncontrolledCarbonG: known(row['uncontrolled_carbon_g']),
    actualWh: Number(row['actual_wh']),
    actualCostedWh: Number(row['actual_costed_wh']),
    actualCostMicroEur: known(row['actual_cost']),
    actualPeakW: known(row['actual_peak_w']),
    actualCarbonedWh: Number(row['actual_carboned_wh']),
    actualCarbonG: known(row['actual_carbon_g']),
  }))
}
