import type { BatteryEvidence } from '../../domain/energy/learned-battery.ts'
import { plannedCapacityWh } from '../../domain/energy/planned-capacity.ts'
import type { Db } from '../database.ts'

/** What was learned of a vehicle's battery. */
export interface VehicleBatteryView {
  vehicleId: string
  nominalWh: number
  usableWh: number | null
  usableLowWh: number | null
  usableHighWh: number | null
  stateOfHealthPercent: number | null
  /** What estimates and plans count with. */
  plannedWh: number
  maxPowerW: number | null
  taper: { socPercent: number; powerW: number }[] | null
  /** null: nothing has been looked at yet. */
  evidence: BatteryEvidence | null
  learnedAt: Date | null
}

/** undefined: there is no such vehicle. */
export async function vehicleBattery(db: Db, vehicleId: string): Promise<VehicleBatteryView | undefined> {
  const row = await db
    .selectFrom('vehicle')
    .innerJoin('vehicle_type', 'vehicle_type.id', 'vehicle.type_id')
    .leftJoin('vehicle_battery as battery', 'battery.vehicle_id', 'vehicle.id')
    .select([
      'vehicle.id',
      'battery_capacity_wh',
      'usable_wh',
      'usable_low_wh',
      'usable_high_wh',
      'state_of_health_percent',
      'battery.max_power_w',
      'battery.taper',
      'evidence',
      'learned_at',
    ])
    .where('vehicle.id', '=', vehicleId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    vehicleId: row.id,
    nominalWh: row.battery_capacity_wh,
    usableWh: row.usable_wh,
    usableLowWh: row.usable_low_wh,
    usableHighWh: row.usable_high_wh,
    stateOfHealthPercent: row.state_of_health_percent,
    plannedWh: plannedCapacityWh(row.battery_capacity_wh, row.usable_wh),
    maxPowerW: row.max_power_w,
    taper: row.taper?.map(([socPercent, powerKw]) => ({ socPercent, powerW: Math.round(powerKw * 1000) })) ?? null,
    evidence: row.evidence,
    learnedAt: row.learned_at,
  }
}
