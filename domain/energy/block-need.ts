import type { VehicleType } from '../fleet.ts'
import type { StayAssumption } from '../stay-assumption.ts'
import { consumptionKwhPerKm } from './consumption.ts'

/** Battery energy for `distanceM` at an outdoor temperature (null: unknown, so the worst of the curve). */
export function driveEnergyKwh(type: VehicleType, distanceM: number, temperatureC: number | null): number {
  return (distanceM / 1000) * consumptionKwhPerKm(type, temperatureC)
}

export interface BlockNeed {
  energyKwh: number
  /** Charge needed at departure as a share of the capacity, at most the vehicle's highest. */
  needSoc: number
  /** Set when the vehicle cannot do the block with its reserve kept, however full it is; null when it can. */
  note: StayAssumption | null
}

/** What a vehicle must have in its battery when it leaves for work of `energyKwh`: that, the reserve, and what is never used. */
export function blockNeed(type: VehicleType, energyKwh: number): BlockNeed {
  const capacityKwh = type.batteryCapacityWh / 1000
  const maxSoc = type.maxSocPercent / 100
  const kept = (type.minSocPercent + type.reserveSocPercent) / 100
  const wanted = energyKwh / capacityKwh + kept
  if (wanted <= maxSoc + 1e-9) return { energyKwh, needSoc: Math.min(wanted, maxSoc), note: null }
  const usableKwh = (maxSoc - type.minSocPercent / 100) * capacityKwh
  const workWh = Math.round(energyKwh * 1000)
  const note: StayAssumption =
    energyKwh > usableKwh
      ? { kind: 'workBeyondBattery', workWh, usableWh: Math.round(usableKwh * 1000) }
      : { kind: 'workIntoReserve', workWh, reservePercent: type.reserveSocPercent }
  return { energyKwh, needSoc: maxSoc, note }
}

/** How far a vehicle goes on a full battery with its reserve kept, in metres. */
export function rangeM(type: VehicleType, temperatureC: number | null): number {
  const usableKwh =
    ((type.maxSocPercent - type.minSocPercent - type.reserveSocPercent) / 100) * (type.batteryCapacityWh / 1000)
  return Math.max(0, (usableKwh / consumptionKwhPerKm(type, temperatureC)) * 1000)
}
