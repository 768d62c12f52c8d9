import { chargeUnderTaper } from '../../../domain/battery.ts'
import type { VehicleType } from '../../../domain/fleet.ts'

const STEP_HOURS = 1 / 60
const LONGEST_HOURS = 48

/** Time in ms to charge from one state of charge to another at `powerW` from the grid under the true taper curve; null when it never gets there. */
export function chargeTimeMs(
  type: VehicleType,
  charge: { fromPercent: number; toPercent: number; powerW: number; efficiency: number },
): number | null {
  const capacityKwh = type.batteryCapacityWh / 1000
  const goalKwh = (capacityKwh * charge.toPercent) / 100
  const taper = type.taper.map(([percent, powerKw]) => ({ soc: percent / 100, powerKw }))
  const offeredKw = Math.min((charge.powerW / 1000) * charge.efficiency, type.maxPowerW / 1000)
  let energyKwh = (capacityKwh * charge.fromPercent) / 100
  if (taper.length === 0 || goalKwh > (capacityKwh * type.maxSocPercent) / 100 + 1e-9) return null
  for (let step = 0; step * STEP_HOURS < LONGEST_HOURS; step += 1) {
    if (energyKwh >= goalKwh) return step * STEP_HOURS * 3_600_000
    energyKwh = chargeUnderTaper({ energyKwh, capacityKwh, offeredKw, hours: STEP_HOURS, taper })
  }
  return null
}
