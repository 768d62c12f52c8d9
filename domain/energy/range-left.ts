import { distanceWithin, type Block } from '../block.ts'
import type { VehicleType } from '../fleet.ts'
import { consumptionKwhPerKm } from './consumption.ts'
import type { SocEstimate } from './soc-estimate.ts'

/** How far a vehicle still gets, and how far its work still takes it. */
export interface RangeLeft {
  /** Until the least state of charge that the vehicle may have. */
  metres: number
  /** The same with the low end of the estimate and 12 % more consumption: 39 times of 40 it gets at least so far. */
  lowMetres: number
  /** Of the block under way, from where it is now to its end; null: it drives none. */
  blockRemainingMetres: number | null
  /** State of charge above the reserve when the block ends, in points; below 0 it eats into the reserve. null: it drives none. */
  marginPercent: number | null
  /** The same with the low end of the estimate. */
  lowMarginPercent: number | null
}

/** Twice the standard deviation of a block's consumption about the curve (`soc-estimate.ts`). */
const DRIVE_SHARE = 0.12

/** Metres left of a block by the timetable, for a vehicle that runs late by `delaySeconds`. */
export function blockRemainingMetres(
  block: Pick<Block, 'trips' | 'endAt'>,
  now: Date,
  delaySeconds: number | null,
): number {
  const seenAt = new Date(now.getTime() - Math.max(0, delaySeconds ?? 0) * 1000)
  return distanceWithin(block, seenAt, block.endAt)
}

/**
 * Range by the estimate and the consumption curve (an unknown temperature: the worst of it). `remainingM` is what is left of the block under way; null: none is.
 * Metres are whole hundreds.
 */
export function rangeLeft(
  estimate: Pick<SocEstimate, 'socPercent' | 'lowPercent'>,
  type: VehicleType,
  temperatureC: number | null,
  remainingM: number | null,
): RangeLeft {
  const kwhPerKm = consumptionKwhPerKm(type, temperatureC)
  const capacityKwh = type.batteryCapacityWh / 1000
  const metres = (soc: number, use: number): number =>
    Math.max(0, Math.floor((((soc - type.minSocPercent) / 100) * capacityKwh * 10) / use) * 100)
  const margin = (soc: number, use: number): number | null =>
    remainingM === null
      ? null
      : Math.round(
          (soc - type.minSocPercent - type.reserveSocPercent - ((remainingM / 1000) * use * 100) / capacityKwh) * 10,
        ) / 10
  const highUse = kwhPerKm * (1 + DRIVE_SHARE)
  return {
    metres: metres(estimate.socPercent, kwhPerKm),
    lowMetres: metres(estimate.lowPercent, highUse),
    blockRemainingMetres: remainingM === null ? null : Math.round(remainingM / 100) * 100,
    marginPercent: margin(estimate.socPercent, kwhPerKm),
    lowMarginPercent: margin(estimate.lowPercent, highUse),
  }
}
