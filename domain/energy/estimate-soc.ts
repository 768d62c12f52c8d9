import { distanceWithin, type Block } from '../block.ts'
import type { Vehicle, VehicleType } from '../fleet.ts'
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
export const READING_FOR_MS = 36 * 3_600_000

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
    const drivenM = drivenSince(blocks, vehicle.socAt, state)
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

/**
 * Metres driven by the timetable since `from`. A vehicle at a plug does not drive, and one that runs `delayMs` late is where the timetable had it that
 * long ago.
 */
export function drivenSince(
  blocks: readonly Block[],
  from: Date,
  state: { now: Date; pluggedIn: boolean | null; delayMs?: number },
): number {
  const { now, pluggedIn, delayMs = 0 } = state
  const nowMs = now.getTime()
  const fromMs = from.getTime()
  return blocks.reduce((sum, block) => {
    const startMs = block.startAt.getTime()
    const endMs = block.endAt.getTime()
    if (startMs >= nowMs || endMs + delayMs <= fromMs) return sum
    if (pluggedIn === true && endMs > nowMs) {
      // At a plug while its block runs: not gone yet, or home early with a reading made there.
      const half = (startMs + endMs) / 2
      if (nowMs < half || fromMs >= half) return sum
    }
    const late = pluggedIn === true || nowMs >= endMs + delayMs ? 0 : delayMs
    return sum + distanceWithin(block, new Date(fromMs - late), new Date(nowMs - late))
  }, 0)
}
