import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { DaySpan } from './energy-sums.ts'

export type ConsumptionGroup = 'vehicle' | 'type' | 'line' | 'block' | 'temperature' | 'speed'

/** What was driven of one group by vehicles of one type at one temperature. */
export interface ConsumptionCell {
  key: string
  typeId: string
  /** Whole °C; null: unknown. */
  temperatureC: number | null
  distanceM: number
  /** Of the distance, that whose battery energy is known. */
  measuredM: number
  energyWh: number
}

/** Width of the bins of temperature in °C, and of mean speed in km/h. */
export const BIN = 5

/** Driving of the span by group, type and whole degree. A temperature's key is the bin's lower edge; a speed's too, in km/h; '' is unknown. */
export async function consumptionCells(
  db: Db,
  span: DaySpan & { vehicleId?: string | null },
  group: ConsumptionGroup,
): Promise<ConsumptionCell[]> {
  const key = {
    vehicle: sql`d.vehicle_id`,
    type: sql`v.type_id`,
    line: sql`d.route`,
    block: sql`d.block_id`,
    temperature: sql`coalesce((floor(d.temperature_c / ${sql.lit(BIN)}) * ${sql.lit(BIN)})::int::text, '')`,
    speed: sql`coalesce((floor(d.distance_m * 3.6 / nullif(d.drive_seconds, 0) / ${sql.lit(BIN)}) * ${sql.lit(BIN)})::int::text, '')`,
  }[group]
  const { rows } = await sql<{
    key: string
    type_id: string
    degree: number | null
    distance_m: number
    measured_m: number
    energy_wh: number
  }>`select ${key} as key, v.type_id, round(d.temperature_c)::int as degree, sum(d.distance_m)::float8 as distance_m,
      coalesce(sum(d.distance_m) filter (where d.energy_wh is not null), 0)::float8 as measured_m, coalesce(sum(d.energy_wh), 0)::float8 as energy_wh
    from drive_day d join vehicle v on v.id = d.vehicle_id
    where d.date >= ${span.from}::date and d.date < ${span.to}::date and (${span.siteId}::text is null or v.site_id = ${span.siteId}::text)
      and (${span.vehicleId ?? null}::text is null or d.vehicle_id = ${span.vehicleId ?? null}::text)
    group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  return rows.map((row) => ({
    key: row.key,
    typeId: row.type_id,
    temperatureC: row.degree,
    distanceM: Number(row.distance_m),
    measuredM: Number(row.measured_m),
    energyWh: Number(row.energy_wh),
  }))
}

/** Each type's consumption over temperature, as planning has it. */
export async function consumptionCurves(db: Db): Promise<Map<string, [number, number][]>> {
  const rows = await db.selectFrom('vehicle_type').select(['id', 'consumption']).execute()
  return new Map(rows.map((row) => [row.id, row.consumption]))
}
