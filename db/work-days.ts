import { sql } from 'kysely'
import { addDays } from '../domain/service-time.ts'
import type { Db, Tx } from './database.ts'

/** Driving longer ago than this many days is not what was charged for. */
const LOOK_BACK_DAYS = 31
/** Days made anew in one transaction. */
const CHUNK_DAYS = 62

/**
 * Makes `work_day` anew for the days on which `energy_day` or `drive_day` have changed since, and for those after them that hang on them. Returns how many days.
 * Safe beside writers: a day that is being written waits for the next run.
 */
export async function refreshWorkDays(db: Db): Promise<number> {
  let days = 0
  for (;;) {
    const done = await db.transaction().execute(async (tx) => {
      const due = await takeDueDays(tx)
      const [from] = due
      const last = due.at(-1)
      if (from === undefined || last === undefined) return 0
      const end = await lastDay(tx)
      // What is driven or charged on a day decides for the charges of the days after it, as far as these look back.
      const reach = addDays(last, LOOK_BACK_DAYS - 1)
      const to = end === null || end < last ? last : reach < end ? reach : end
      for (const kind of ['line', 'block'] as const) await makeWorkDays(tx, kind, from, to)
      return due.length
    })
    if (done === 0) return days
    days += done
  }
}

/** How many days of `[from, to)` wait to be made anew. */
export async function workDaysDue(db: Db, from: string, to: string): Promise<number> {
  const { rows } = await sql<{ days: number }>`select count(*)::int as days from work_day_due
    where date >= ${from}::date and date < ${to}::date`.execute(db)
  return rows[0]?.days ?? 0
}

/** The oldest marked days within one chunk, whose marks are taken away. */
async function takeDueDays(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ date: string }>`delete from work_day_due where date in (
      select date from work_day_due where date < (select min(date) + ${sql.lit(CHUNK_DAYS)} from work_day_due)
      order by date for update skip locked)
    returning date`.execute(tx)
  return rows.map((row) => row.date).sort()
}

async function lastDay(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ date: string | null }>`select greatest((select max(date) from energy_day),
    (select max(date) from drive_day)) as date`.execute(tx)
  return rows[0]?.date ?? null
}

/**
 * Shares what was charged among the lines (or blocks) that it was charged for, for the charging days `[from, to]`.
 *
 * Days on which a vehicle drove and those on which it charged alternate; what was driven since the charging day before is what the next charging days make good, until it drives
 * again. A charge is shared by the battery energy of that driving when all of it was measured, else by its distance. What nobody drove for stands under the key ''.
 */
async function makeWorkDays(tx: Tx, kind: 'line' | 'block', from: string, to: string): Promise<void> {
  const key = sql.ref(kind === 'line' ? 'route' : 'block_id')
  const back = sql`${from}::date - ${sql.lit(LOOK_BACK_DAYS - 1)}`
  // Nobody may know yet how many rows there are: after a first import, or in the embedded database, which does not count them by itself. Loops in loops would
  // then be taken for cheap, and last for minutes.
  await sql`set local enable_nestloop = off`.execute(tx)
  await sql`delete from work_day where kind = ${kind}::text and date between ${from}::date and ${to}::date`.execute(tx)
  await sql`
    with charge as (
      select vehicle_id, date, site_id, sum(energy_wh) as energy_wh, sum(session_wh) as session_wh,
        sum(energy_cost_micro_eur) as energy_cost, sum(network_cost_micro_eur) as network_cost, sum(carbon_g) as carbon_g,
        sum(uncosted_wh) as uncosted_wh, sum(uncarboned_wh) as uncarboned_wh, sum(battery_wh) as battery_wh,
        sum(battery_grid_wh) as battery_grid_wh
      from energy_day where date between ${back} and ${to}::date group by 1, 2, 3),
    drive as (
      select vehicle_id, date, ${key} as key, sum(distance_m) as distance_m, sum(energy_wh) as energy_wh,
        bool_and(energy_wh is not null) as measured
      from drive_day where date between ${back} and ${to}::date group by 1, 2, 3),
    day as (
      select vehicle_id, date, bool_or(driven) as driven, bool_or(charged) as charged
      from (select vehicle_id, date, true as driven, false as charged from drive
        union all select vehicle_id, date, false, true from charge where vehicle_id <> '') as either group by 1, 2),
    counted as (
      select vehicle_id, date, driven, charged,
        count(*) filter (where charged) over (partition by vehicle_id order by date rows between unbounded preceding and 1 preceding) as charges_before
      from day),
    cycle as (
      select vehicle_id, date, case when driven then charges_before end as drive_cycle,
        case when charged then max(charges_before) filter (where driven) over (partition by vehicle_id order by date) end as charge_cycle
      from counted),
    driving as materialized (
      select d.vehicle_id, d.date, d.key, d.distance_m, d.energy_wh, d.measured, cycle.drive_cycle
      from drive d join cycle on cycle.vehicle_id = d.vehicle_id and cycle.date = d.date),
    weight as (
      select c.vehicle_id, c.date, d.key, sum(d.distance_m) as distance_m, sum(d.energy_wh) as energy_wh, bool_and(d.measured) as measured
      from cycle c
      join driving d on d.vehicle_id = c.vehicle_id and d.drive_cycle = c.charge_cycle and d.date > c.date - ${sql.lit(LOOK_BACK_DAYS)}
      where c.date between ${from}::date and ${to}::date group by 1, 2, 3),
    chosen as (
      select vehicle_id, date, key,
        case when bool_and(measured) over w and sum(greatest(energy_wh, 0)) over w > 0 then greatest(energy_wh, 0) else distance_m end::double precision as part
      from weight window w as (partition by vehicle_id, date)),
    share as (
      select vehicle_id, date, key, part / nullif(sum(part) over (partition by vehicle_id, date), 0) as share from chosen),
    shared as (
      select c.date, c.site_id, coalesce(s.key, '') as key, coalesce(s.share, 1) as share, c.energy_wh, c.session_wh, c.energy_cost, c.network_cost,
        c.carbon_g, c.uncosted_wh, c.uncarboned_wh, c.battery_wh, c.battery_grid_wh
      from charge c left join share s on s.vehicle_id = c.vehicle_id and s.date = c.date and s.share is not null
      where c.date between ${from}::date and ${to}::date),
    charged as (
      select date, site_id, key, sum(energy_wh * share) as energy_wh, sum(session_wh * share) as session_wh, sum(energy_cost * share) as energy_cost,
        sum(network_cost * share) as network_cost, sum(carbon_g * share) as carbon_g, sum(uncosted_wh * share) as uncosted_wh,
        sum(uncarboned_wh * share) as uncarboned_wh, sum(battery_wh * share) as battery_wh, sum(battery_grid_wh * share) as battery_grid_wh
      from shared group by 1, 2, 3),
    driven as (
      select d.date, v.site_id, d.${key} as key, sum(d.distance_m) as distance_m, sum(d.energy_wh) as energy_wh,
        coalesce(sum(d.distance_m) filter (where d.energy_wh is not null), 0) as measured_m, sum(d.passengers_km) as passenger_km
      from drive_day d join vehicle v on v.id = d.vehicle_id where d.date between ${from}::date and ${to}::date group by 1, 2, 3)
    insert into work_day (kind, date, site_id, key, energy_wh, session_wh, energy_cost_micro_eur, network_cost_micro_eur, carbon_g, uncosted_wh,
      uncarboned_wh, battery_wh, battery_grid_wh, distance_m, drive_energy_wh, drive_energy_m, passenger_km)
    select ${kind}::text, date, site_id, key, coalesce(c.energy_wh, 0), coalesce(c.session_wh, 0), c.energy_cost, c.network_cost, c.carbon_g,
      coalesce(c.uncosted_wh, 0), coalesce(c.uncarboned_wh, 0), c.battery_wh, coalesce(c.battery_grid_wh, 0), coalesce(d.distance_m, 0), d.energy_wh,
      coalesce(d.measured_m, 0), d.passenger_km
    from charged c full join driven d using (date, site_id, key)`.execute(tx)
}
