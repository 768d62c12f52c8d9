import { sql } from 'kysely'
import type { Block } from '../domain/block.ts'
import type { LineDrive } from '../domain/energy/drive-by-line.ts'
import { json, type Db } from './database.ts'
import { creditPassengers } from './passenger-counts.ts'

/** What is known of a vehicle around one block that it drove. */
export interface BlockReadings {
  socBeforePercent: number | null
  socAfterPercent: number | null
  /** Points gained at plugs within the block; null: charged, but nobody knows how much. */
  gainedPercent: number | null
  usableWh: number | null
  temperatureC: number | null
}

export type DrivenBlock = Block & { vehicleId: string }

/**
 * For each block, in order: the last state of charge before it (up to six hours old), the first after it (up to an hour),
 * what plugs gave it in between, and the mean temperature: the site's weather, else what the vehicle told.
 */
export async function blockReadings(db: Db, blocks: readonly DrivenBlock[]): Promise<BlockReadings[]> {
  if (blocks.length === 0) return []
  const asked = blocks.map((block, id) => ({
    id,
    vehicle_id: block.vehicleId,
    from_at: block.startAt.toISOString(),
    to_at: block.endAt.toISOString(),
  }))
  const { rows } = await sql<{
    id: number
    soc_before: number | null
    soc_after: number | null
    gained: number | null
    usable_wh: number | null
    temperature: number | null
  }>`with asked as (select * from jsonb_to_recordset(${json(asked)}::jsonb) as r(id int, vehicle_id text, from_at timestamptz, to_at timestamptz))
    select a.id, coalesce(b.usable_wh, t.battery_capacity_wh) as usable_wh,
      (select s.soc_percent from vehicle_soc s where s.vehicle_id = a.vehicle_id and s.at <= a.from_at + interval '5 minutes'
        and s.at > a.from_at - interval '6 hours' order by s.at desc limit 1) as soc_before,
      (select s.soc_percent from vehicle_soc s where s.vehicle_id = a.vehicle_id and s.at >= a.to_at - interval '5 minutes'
        and s.at < a.to_at + interval '1 hour' order by s.at limit 1) as soc_after,
      (select case when bool_or(c.soc_percent is null or c.soc_start_percent is null) then null else coalesce(sum(c.soc_percent - c.soc_start_percent), 0) end
        from charging_session c where c.vehicle_id = a.vehicle_id and c.started_at > a.from_at and c.started_at < a.to_at - interval '5 minutes') as gained,
      coalesce((select avg(w.temperature_c) from weather w where w.site_id = v.site_id and w.at > a.from_at - interval '1 hour' and w.at < a.to_at + interval '1 hour'),
        (select avg(m.outdoor_temperature_c) from telemetry m where m.vehicle_id = a.vehicle_id and m.at >= a.from_at and m.at <= a.to_at)) as temperature
    from asked a join vehicle v on v.id = a.vehicle_id join vehicle_type t on t.id = v.type_id left join vehicle_battery b on b.vehicle_id = a.vehicle_id`.execute(
    db,
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  return blocks.map((_, id) => {
    const row = found.get(id)
    return {
      socBeforePercent: row?.soc_before ?? null,
      socAfterPercent: row?.soc_after ?? null,
      gainedPercent: row?.gained ?? null,
      usableWh: row === undefined || row.usable_wh === null ? null : Number(row.usable_wh),
      temperatureC: row?.temperature ?? null,
    }
  })
}

/** One block as it was driven. */
export interface DriveDay {
  block: DrivenBlock
  temperatureC: number | null
  lines: readonly LineDrive[]
}

/**
 * Keeps what was driven, in place of what was thought before of these blocks and whoever drove them; what is the same stays unwritten. Passengers who
 * were counted are shared among the vehicles of their line by distance.
 */
export function storeDriveDays(db: Db, drives: readonly DriveDay[]): Promise<void> {
  if (drives.length === 0) return Promise.resolve()
  const rows = drives.flatMap(({ block, temperatureC, lines }) =>
    lines.map((line) => ({
      date: block.date,
      vehicle_id: block.vehicleId,
      block_id: block.blockId,
      route: line.route,
      distance_m: line.distanceM,
      drive_seconds: line.driveSeconds,
      energy_wh: line.energyWh,
      temperature_c: temperatureC,
    })),
  )
  return db.transaction().execute(async (tx) => {
    await sql`with wanted as materialized (select * from jsonb_to_recordset(${json(rows)}::jsonb)
        as r(date date, vehicle_id text, block_id text, route text, distance_m bigint, drive_seconds bigint, energy_wh bigint, temperature_c real)),
      gone as (delete from drive_day d using (select distinct date, block_id from wanted) b where d.date = b.date and d.block_id = b.block_id
        and not exists (select from wanted w where w.date = d.date and w.vehicle_id = d.vehicle_id and w.block_id = d.block_id and w.route = d.route))
      insert into drive_day as d (date, vehicle_id, block_id, route, distance_m, drive_seconds, energy_wh, temperature_c) select * from wanted
      on conflict (date, vehicle_id, block_id, route) do update set distance_m = excluded.distance_m, drive_seconds = excluded.drive_seconds,
        energy_wh = excluded.energy_wh, temperature_c = excluded.temperature_c
      where (d.distance_m, d.drive_seconds, d.energy_wh, d.temperature_c) is distinct from
        (excluded.distance_m, excluded.drive_seconds, excluded.energy_wh, excluded.temperature_c)`.execute(tx)
    await creditPassengers(tx, rows)
  })
}
