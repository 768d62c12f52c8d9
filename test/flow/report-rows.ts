import type { Db } from '../../db/database.ts'
import { localMidnight } from '../../domain/tariff/local-clock.ts'

/** Puts a vehicle's charging of a local day into the roll-up; '' is an unknown vehicle. */
export async function charged(
  db: Db,
  date: string,
  vehicleId: string,
  energyWh: number,
  more: Partial<{
    stationId: string
    evseId: number
    standbyWh: number
    energyCostMicroEur: number | null
    networkCostMicroEur: number | null
    carbonG: number | null
    uncostedWh: number
    uncarbonedWh: number
    batteryWh: number | null
    batteryGridWh: number
  }> = {},
): Promise<void> {
  const standbyWh = more.standbyWh ?? 0
  await db
    .insertInto('energy_day')
    .values({
      date,
      site_id: 'depot',
      station_id: more.stationId ?? 'CP1',
      evse_id: more.evseId ?? 1,
      vehicle_id: vehicleId,
      energy_wh: energyWh,
      session_wh: energyWh - standbyWh,
      standby_wh: standbyWh,
      energy_cost_micro_eur: more.energyCostMicroEur ?? null,
      network_cost_micro_eur: more.networkCostMicroEur ?? null,
      carbon_g: more.carbonG ?? null,
      uncosted_wh: more.uncostedWh ?? 0,
      uncarboned_wh: more.uncarbonedWh ?? 0,
      battery_wh: more.batteryWh ?? null,
      battery_grid_wh: more.batteryGridWh ?? 0,
    })
    .execute()
}

/** Puts a vehicle's driving of a service day into the roll-up: metres by line, and battery Wh by line where measured. */
export async function drove(
  db: Db,
  date: string,
  vehicleId: string,
  metres: Record<string, number>,
  energyWh: Record<string, number> = {},
  more: Partial<{
    blockId: string
    temperatureC: number | null
    passengersKm: number | null
    driveSeconds: number
  }> = {},
): Promise<void> {
  await db
    .insertInto('drive_day')
    .values(
      Object.entries(metres).map(([route, distance]) => ({
        date,
        vehicle_id: vehicleId,
        block_id: more.blockId ?? 'B1',
        route,
        distance_m: distance,
        drive_seconds: more.driveSeconds ?? Math.round(distance / 5),
        energy_wh: energyWh[route] ?? null,
        temperature_c: more.temperatureC ?? null,
        passengers_km: more.passengersKm ?? null,
      })),
    )
    .execute()
}

/** Puts `count` quarter hours of the depot from a local midnight on into the roll-up, each with the same energy. */
export async function quarters(
  db: Db,
  date: string,
  count: number,
  energyWh: number,
  more: Partial<{ energyPriceMicroEurPerKwh: number | null; carbonGPerKwh: number | null }> = {},
): Promise<void> {
  const start = localMidnight(date, 'Europe/Sofia').getTime()
  const price = more.energyPriceMicroEurPerKwh ?? null
  const carbon = more.carbonGPerKwh ?? null
  await db
    .insertInto('energy_quarter')
    .values(
      Array.from({ length: count }, (_, i) => ({
        site_id: 'depot',
        start_at: new Date(start + i * 900_000),
        energy_wh: energyWh,
        energy_price_micro_eur_per_kwh: price,
        network_price_micro_eur_per_kwh: null,
        carbon_g_per_kwh: carbon,
        energy_cost_micro_eur: price === null ? null : Math.round((price * energyWh) / 1000),
        network_cost_micro_eur: null,
        carbon_g: carbon === null ? null : Math.round((carbon * energyWh) / 1000),
        uncosted_wh: price === null ? energyWh : 0,
        uncarboned_wh: carbon === null ? energyWh : 0,
        complete: true,
      })),
    )
    .execute()
}
