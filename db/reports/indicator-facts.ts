import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../database.ts'
import type { DaySpan } from './energy-sums.ts'

/** A service day of the fleet: what was driven with known battery energy and temperature. */
export interface DriveDaySum {
  date: string
  distanceM: number
  energyWh: number
  temperatureC: number
}

/** Days with measured driving, ascending; the temperature is the mean over the distance. Driving of which either is unknown is left out. */
export async function measuredDriveDays(db: Db, span: DaySpan): Promise<DriveDaySum[]> {
  const { rows } = await sql<{ date: string; distance_m: number; energy_wh: number; temperature_c: number }>`
    select d.date, sum(d.distance_m)::float8 as distance_m, sum(d.energy_wh)::float8 as energy_wh,
      (sum(d.temperature_c * d.distance_m) / sum(d.distance_m))::float8 as temperature_c
    from drive_day d join vehicle v on v.id = d.vehicle_id
    where d.date >= ${span.from}::date and d.date < ${span.to}::date and (${span.siteId}::text is null or v.site_id = ${span.siteId}::text)
      and d.energy_wh is not null and d.temperature_c is not null and d.distance_m > 0
    group by d.date order by d.date`.execute(db)
  return rows.map((row) => ({
    date: row.date,
    distanceM: Number(row.distance_m),
    energyWh: Number(row.energy_wh),
    temperatureC: Number(row.temperature_c),
  }))
}

export interface PassengerSums {
  carbonG: number | null
  energyWh: number
  distanceM: number
  /** Of the lines with passengers on board, by whether passengers were counted that day. */
  countedCarbonG: number | null
  countedEnergyWh: number
  countedDistanceM: number
  passengerKm: number | null
  lineEnergyWh: number
}

/**
 * What carried passengers and was counted, beside everything. A line's energy is that of its driving on the days with counts: its share of the charged energy by distance, because charging
 * and driving fall on different days.
 */
export async function passengerSums(db: Db, span: DaySpan): Promise<PassengerSums> {
  const { rows } = await sql<Record<keyof PassengerSums, number | null>>`
    with line as (
      select key, sum(energy_wh) as energy_wh, sum(carbon_g) as carbon_g, sum(distance_m) as distance_m,
        coalesce(sum(distance_m) filter (where passenger_km is not null), 0) as counted_m, sum(passenger_km) as passenger_km
      from work_day where kind = 'line' and date >= ${span.from}::date and date < ${span.to}::date
        and (${span.siteId}::text is null or site_id = ${span.siteId}::text) group by key)
    select sum(carbon_g)::float8 as "carbonG", coalesce(sum(energy_wh), 0)::float8 as "energyWh", coalesce(sum(distance_m), 0)::float8 as "distanceM",
      sum(carbon_g * counted_m / nullif(distance_m, 0)) filter (where key <> '')::float8 as "countedCarbonG",
      coalesce(sum(energy_wh * counted_m / nullif(distance_m, 0)) filter (where key <> ''), 0)::float8 as "countedEnergyWh",
      coalesce(sum(counted_m) filter (where key <> ''), 0)::float8 as "countedDistanceM", sum(passenger_km) filter (where key <> '')::float8 as "passengerKm",
      coalesce(sum(energy_wh) filter (where key <> ''), 0)::float8 as "lineEnergyWh"
    from line`.execute(db)
  const row = rows[0]
  const known = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : Number(value)
  return {
    carbonG: known(row?.carbonG),
    energyWh: Number(row?.energyWh ?? 0),
    distanceM: Number(row?.distanceM ?? 0),
    countedCarbonG: known(row?.countedCarbonG),
    countedEnergyWh: Number(row?.countedEnergyWh ?? 0),
    countedDistanceM: Number(row?.countedDistanceM ?? 0),
    passengerKm: known(row?.passengerKm),
    lineEnergyWh: Number(row?.lineEnergyWh ?? 0),
  }
}

export interface ChargeFacts {
  /** Mean state of charge with which buses plugged in after driving, and unplugged. */
  socAtPullInPercent: number | null
  socAtPullOutPercent: number | null
  sessions: number
  lowest: { vehicleId: string; at: Date; socPercent: number } | null
}

/** State of charge at the ends of the sessions that began within the span. Sessions that carry on another count as one with it. */
export async function chargeFacts(db: Db, span: { from: Date; to: Date; siteId: string | null }): Promise<ChargeFacts> {
  const sessions = sql`charging_session s join station on station.id = s.station_id
      where s.started_at >= ${span.from}::timestamptz and s.started_at < ${span.to}::timestamptz and s.vehicle_id is not null
        and (${span.siteId}::text is null or station.site_id = ${span.siteId}::text)`
  const { rows } = await sql<{
    pull_in: number | null
    pull_out: number | null
    sessions: number
    lowest: number | null
  }>`
    select avg(soc_start_percent) filter (where continues.session_number is null) as pull_in,
      avg(soc_percent) filter (where ended_at is not null and goes_on.session_number is null) as pull_out,
      count(*) filter (where continues.session_number is null)::int as sessions, min(soc_start_percent) as lowest
    from (select s.* from ${sessions}) s
      left join session_energy continues on continues.session_number = s.number and continues.continues_number is not null
      left join session_energy goes_on on goes_on.continues_number = s.number`.execute(db)
  const row = rows[0]
  return {
    socAtPullInPercent: row?.pull_in ?? null,
    socAtPullOutPercent: row?.pull_out ?? null,
    sessions: row?.sessions ?? 0,
    lowest: row === undefined || row.lowest === null ? null : await firstWith(db, sessions, row.lowest),
  }
}

/** The first of the sessions that began with this state of charge. */
async function firstWith(db: Db, sessions: RawBuilder<unknown>, socPercent: number): Promise<ChargeFacts['lowest']> {
  const { rows } = await sql<{ vehicle_id: string; started_at: Date }>`
    select s.vehicle_id, s.started_at from ${sessions} and s.soc_start_percent = ${socPercent} order by s.started_at limit 1`.execute(
    db,
  )
  const row = rows[0]
  return row === undefined ? null : { vehicleId: row.vehicle_id, at: row.started_at, socPercent }
}

/** The lowest reading that any source told; only for spans of few weeks, because every reading is looked at. */
export async function lowestReading(
  db: Db,
  span: { from: Date; to: Date; siteId: string | null },
): Promise<{ vehicleId: string; at: Date; socPercent: number } | null> {
  const { rows } = await sql<{ vehicle_id: string; at: Date; soc_percent: number }>`
    select r.vehicle_id, r.at, r.soc_percent from vehicle_soc r join vehicle v on v.id = r.vehicle_id
    where r.at >= ${span.from}::timestamptz and r.at < ${span.to}::timestamptz and (${span.siteId}::text is null or v.site_id = ${span.siteId}::text)
    order by r.soc_percent, r.at limit 1`.execute(db)
  const row = rows[0]
  return row === undefined ? null : { vehicleId: row.vehicle_id, at: row.at, socPercent: row.soc_percent }
}

/** Energy of each measured quarter hour, ascending by site and time. */
export async function quarterEnergy(
  db: Db,
  span: { from: Date; to: Date; siteId: string | null },
): Promise<{ siteId: string; startAt: Date; energyWh: number }[]> {
  const { rows } = await sql<{ site_id: string; start_at: Date; energy_wh: number }>`
    select site_id, start_at, energy_wh from energy_quarter where start_at >= ${span.from}::timestamptz and start_at < ${span.to}::timestamptz
      and (${span.siteId}::text is null or site_id = ${span.siteId}::text) and energy_wh > 0 order by site_id, start_at`.execute(
    db,
  )
  return rows.map((row) => ({ siteId: row.site_id, startAt: row.start_at, energyWh: Number(row.energy_wh) }))
}
