import { distanceWithin, type Block } from '../../domain/block.ts'
import type { Vehicle, VehicleType } from '../../domain/fleet.ts'
import { blockNeed, driveEnergyKwh } from './block-need.ts'

export interface EstimatedCharge {
  /** In the battery now. */
  energyKwh: number
  /**
   * `measured`: a reading, no driving since. `driven`: a reading less what was driven since. `plan`: no reading; taken to have left with what
   * its block needs. `cautious`: nothing is known, so what a bus should at least come home with.
   */
  basis: 'measured' | 'driven' | 'plan' | 'cautious'
}

/** A reading older than this says nothing about today. */
const READING_FOR_MS = 36 * 3_600_000

/**
 * What is in a vehicle's battery now: its last reading less the energy of the blocks driven since then by the timetable. `blocks` are the
 * vehicle's own, from a day and a half before `now`. A vehicle at a plug does not drive.
 */
export function estimateCharge(
  vehicle: Pick<Vehicle, 'socPercent' | 'socAt'>,
  type: VehicleType,
  blocks: readonly Block[],
  state: { now: Date; pluggedIn: boolean | null; temperatureC: number | null },
): EstimatedCharge {
  const { now, temperatureC } = state
  const capacityKwh = type.batteryCapacityWh / 1000
  const clamp = (kwh: number): number => Math.min(capacityKwh, Math.max(0, kwh))
  if (
    vehicle.socPercent !== null &&
    vehicle.socAt !== null &&
    now.getTime() - vehicle.socAt.getTime() <= READING_FOR_MS
  ) {
    const readKwh = clamp((vehicle.socPercent / 100) * capacityKwh)
    const socAt = vehicle.socAt
    const drivenM = blocks.reduce((sum, block) => {
      if (state.pluggedIn === true && block.endAt > now) {
        // At a plug while its block runs: not gone yet, or home early with a reading made there.
        const half = (block.startAt.getTime() + block.endAt.getTime()) / 2
        if (now.getTime() < half || socAt.getTime() >= half) return sum
      }
      return sum + distanceWithin(block, socAt, now)
    }, 0)
    if (drivenM < 1) return { energyKwh: readKwh, basis: 'measured' }
    return { energyKwh: clamp(readKwh - driveEnergyKwh(type, drivenM, temperatureC)), basis: 'driven' }
  }
  const running = blocks.find((block) => block.startAt <= now && now < block.endAt)
  if (running !== undefined && state.pluggedIn !== true) {
    const need = blockNeed(type, driveEnergyKwh(type, running.distanceM, temperatureC))
    const drivenKwh = driveEnergyKwh(type, distanceWithin(running, running.startAt, now), temperatureC)
    return { energyKwh: clamp(need.needSoc * capacityKwh - drivenKwh), basis: 'plan' }
  }
  const atLeast = (type.minSocPercent + type.reserveSocPercent) / 100
  return { energyKwh: clamp(atLeast * capacityKwh), basis: 'cautious' }
}
