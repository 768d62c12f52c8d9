import type { Selectable } from 'kysely'
import type { VehicleType } from '../domain/fleet.ts'
import type { Db, VehicleTypeTable } from './database.ts'

/** All vehicle types, by id. */
export async function vehicleTypes(db: Db): Promise<Map<string, VehicleType>> {
  const rows = await db.selectFrom('vehicle_type').selectAll().execute()
  return new Map(rows.map((row) => [row.id, vehicleType(row)]))
}

/** A row as planning knows it. */
export function vehicleType(row: Selectable<VehicleTypeTable>): VehicleType {
  return {
    typeId: row.id,
    label: row.label,
    batteryCapacityWh: row.battery_capacity_wh,
    maxPowerW: row.max_power_w,
    minSocPercent: row.min_soc_percent,
    maxSocPercent: row.max_soc_percent,
    reserveSocPercent: row.reserve_soc_percent,
    taper: row.taper,
    consumption: row.consumption,
  }
}
