import { appendEvent } from './events.ts'
import { json, type Db } from './database.ts'
import { requestReplan } from './replan-requests.ts'

/** What is said of a vehicle type; what is left out stays. Curves ascend. */
export interface VehicleTypeChange {
  label?: string
  batteryCapacityWh?: number
  maxPowerW?: number
  minSocPercent?: number
  maxSocPercent?: number
  reserveSocPercent?: number
  /** [SoC %, battery-side kW]. */
  taper?: [number, number][]
  /** [°C, kWh/km]. */
  consumption?: [number, number][]
}

/** Changes a vehicle type and has every site planned anew that has a vehicle of it, in one transaction. False when there is no such type. */
export function changeVehicleType(db: Db, typeId: string, change: VehicleTypeChange, at: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const set = {
      ...(change.label === undefined ? {} : { label: change.label }),
      ...(change.batteryCapacityWh === undefined ? {} : { battery_capacity_wh: change.batteryCapacityWh }),
      ...(change.maxPowerW === undefined ? {} : { max_power_w: change.maxPowerW }),
      ...(change.minSocPercent === undefined ? {} : { min_soc_percent: change.minSocPercent }),
      ...(change.maxSocPercent === undefined ? {} : { max_soc_percent: change.maxSocPercent }),
      ...(change.reserveSocPercent === undefined ? {} : { reserve_soc_percent: change.reserveSocPercent }),
      ...(change.taper === undefined ? {} : { taper: json(change.taper) }),
      ...(change.consumption === undefined ? {} : { consumption: json(change.consumption) }),
    }
    const known = await tx
      .selectFrom('vehicle_type')
      .select('label')
      .where('id', '=', typeId)
      .forUpdate()
      .executeTakeFirst()
    if (known === undefined) return false
    if (Object.keys(set).length > 0) await tx.updateTable('vehicle_type').set(set).where('id', '=', typeId).execute()
    const sites = await tx
      .selectFrom('vehicle')
      .select('site_id')
      .distinct()
      .where('type_id', '=', typeId)
      .orderBy('site_id')
      .execute()
    for (const { site_id: siteId } of sites) {
      await appendEvent(tx, { type: 'vehicleChanged', at, siteId, details: { typeId } })
      await requestReplan(tx, siteId, { kind: 'vehicleTypeChanged', label: known.label }, at)
    }
    return true
  })
}
