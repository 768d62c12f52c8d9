import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../database.ts'
import type { DayBucket, DayGroup, DaySpan } from './energy-sums.ts'

export interface DriveSums {
  key: string
  bucket: string | null
  distanceM: number
  passengerKm: number | null
}

/** What the vehicles of each group drove on the service days of the span. A vehicle counts to its own site. */
export async function driveSums(
  db: Db,
  span: DaySpan,
  group: Extract<DayGroup, 'vehicle' | 'type' | 'site' | 'day' | 'month'>,
  bucket: DayBucket,
): Promise<DriveSums[]> {
  const byVehicle = group === 'vehicle' || group === 'type' || group === 'site'
  const grain = group === 'day' || group === 'month' ? group : bucket
  const date = {
    none: sql`null::date`,
    day: sql`date`,
    // Without vehicles the days are few, and to cut each row's date takes longer.
    month: byVehicle ? sql`date_trunc('month', date::timestamp)::date` : sql`date`,
  }[grain]
  const none = sql`null::text`
  const label = { none, day: sql`d.date::text`, month: sql`to_char(d.date, 'YYYY-MM')` }
  const key = {
    vehicle: sql`d.vehicle_id`,
    type: sql`v.type_id`,
    site: sql`v.site_id`,
    day: label.day,
    month: label.month,
  }[group]
  // Added up by vehicle and day or month first, as far as either is wanted: that goes through all rows, and can be shared among workers.
  const { rows } = await sql<{ key: string; bucket: string | null; distance_m: number; passenger_km: number | null }>`
    with d as (
      select ${byVehicle ? sql`vehicle_id` : none} as vehicle_id, ${date} as date, sum(distance_m) as distance_m,
        sum(passengers_km) as passenger_km
      from drive_day where date >= ${span.from}::date and date < ${span.to}::date
        and (${span.siteId}::text is null or vehicle_id in (select id from vehicle where site_id = ${span.siteId}::text))
      group by 1, 2)
    select ${key} as key, ${label[bucket]} as bucket, sum(d.distance_m)::float8 as distance_m, sum(d.passenger_km)::float8 as passenger_km
    from d ${byVehicle ? sql`join vehicle v on v.id = d.vehicle_id` : sql``}
    group by 1, 2`.execute(db)
  return rows.map((row) => ({
    key: row.key,
    bucket: row.bucket,
    distanceM: Number(row.distance_m),
    passengerKm: row.passenger_km === null ? null : Number(row.passenger_km),
  }))
}

/** What people call the keys of a group. */
export async function groupLabels(
  db: Db,
  group: DayGroup | 'hourOfDay',
  keys: readonly string[],
): Promise<Map<string, string>> {
  const wanted = sql`${[...keys]}::text[]`
  const queries: Partial<Record<DayGroup | 'hourOfDay', RawBuilder<{ id: string; label: string | null }>>> = {
    vehicle: sql`select id, label from vehicle where id = any(${wanted})`,
    type: sql`select id, label from vehicle_type where id = any(${wanted})`,
    station: sql`select id, label from station where id = any(${wanted})`,
    site: sql`select id, name as label from site where id = any(${wanted})`,
    line: sql`select coalesce(nullif(short_name, ''), id) as id, max(coalesce(nullif(long_name, ''), nullif(short_name, ''), id)) as label from route
      where coalesce(nullif(short_name, ''), id) = any(${wanted}) group by 1`,
  }
  const query = queries[group]
  if (query === undefined || keys.length === 0) return new Map()
  const { rows } = await query.execute(db)
  return new Map(rows.map((row) => [row.id, row.label ?? row.id]))
}
