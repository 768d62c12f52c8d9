import { distanceWithin, type Block } from '../block.ts'
import type { VehicleType } from '../fleet.ts'
import { driveEnergyKwh } from './block-need.ts'
import { drivenSince, estimateCharge, READING_FOR_MS, type EstimatedCharge } from './estimate-soc.ts'

/** What is taken to be in a battery now, with the span that holds the truth 19 times of 20. */
export interface SocEstimate {
  socPercent: number
  lowPercent: number
  highPercent: number
  /** As of `EstimatedCharge`; `charged`: a reading and what the charger's meter gave it since. */
  basis: EstimatedCharge['basis'] | 'charged'
}

/** A reading older than this is shown as old, never as current. */
export const SOC_IS_OLD_MS = 15 * 60_000

// Standard deviations. The first three are those of the simulated city (`simulators/bus.ts`): consumption of a block 6 % about its curve, lateness 2 minutes.
const DRIVE_SHARE = 0.06
const LATENESS_MS = 2 * 60_000
/** Most vehicles tell whole percents. */
const READING_PERCENT = 0.5
/** A parked bus draws some 300 W for its electronics: 0.1 point an hour of 300 kWh, and nobody tells. */
const PARKED_PERCENT_PER_HOUR = 0.1
/** Chargers lose between 3 and 9 % on the way. */
const CHARGE_SHARE = 0.03
const SPAN = 2
const HOUR_MS = 3_600_000

export interface EstimateState {
  now: Date
  /** null: unknown. */
  pluggedIn: boolean | null
  temperatureC: number | null
  /** Positive is late; null: unknown. */
  delaySeconds: number | null
  /** Battery-side energy that a charger has given it since the reading. */
  chargedWh: number
}

/**
 * The state of charge now: the last reading, less what the blocks driven since then take by the timetable and the consumption curve, and more what a charger gave.
 * The span grows with the distance driven, with what was charged, and with the reading's age. `blocks` are the vehicle's own, from a day and
 * a half before `now`.
 */
export function estimateSoc(
  vehicle: { socPercent: number | null; socAt: Date | null },
  type: VehicleType,
  blocks: readonly Block[],
  state: EstimateState,
): SocEstimate {
  const { now, temperatureC } = state
  const percentOf = (kwh: number): number => (kwh * 100_000) / type.batteryCapacityWh
  const { socPercent, socAt } = vehicle
  if (socPercent === null || socAt === null || now.getTime() - socAt.getTime() > READING_FOR_MS) {
    return withoutReading(vehicle, type, blocks, state)
  }
  const delayMs = Math.max(0, state.delaySeconds ?? 0) * 1000
  const drivenM = drivenSince(blocks, socAt, { ...state, delayMs })
  const driven = percentOf(driveEnergyKwh(type, drivenM, temperatureC))
  const charged = percentOf(state.chargedWh / 1000)
  const spread =
    SPAN *
    Math.hypot(
      READING_PERCENT,
      DRIVE_SHARE * driven,
      percentOf(driveEnergyKwh(type, lateMetres(blocks, socAt, state), temperatureC)),
      CHARGE_SHARE * charged,
      (PARKED_PERCENT_PER_HOUR * Math.max(0, now.getTime() - socAt.getTime())) / HOUR_MS,
    )
  // An unknown temperature was taken for the worst of the curve, so the truth may lie well above.
  const least =
    temperatureC === null ? percentOf((drivenM / 1000) * Math.min(...type.consumption.map(([, kwh]) => kwh))) : driven
  const soc = socPercent - driven + charged
  return {
    ...rounded(soc, soc - spread, soc + spread + driven - least),
    basis: driven >= 0.05 ? 'driven' : charged >= 0.05 ? 'charged' : 'measured',
  }
}

/** Metres within which nobody knows where on its way a driving vehicle is. A reading of a moment ago leaves no such doubt. */
function lateMetres(blocks: readonly Block[], socAt: Date, { now, pluggedIn }: EstimateState): number {
  if (pluggedIn === true) return 0
  const running = blocks.find((block) => block.startAt <= now && now < block.endAt)
  if (running === undefined) return 0
  const speed = running.distanceM / Math.max(1, running.endAt.getTime() - running.startAt.getTime())
  return speed * Math.min(LATENESS_MS, Math.max(0, now.getTime() - socAt.getTime()))
}

function withoutReading(
  vehicle: { socPercent: number | null; socAt: Date | null },
  type: VehicleType,
  blocks: readonly Block[],
  state: EstimateState,
): SocEstimate {
  const { energyKwh, basis } = estimateCharge(vehicle, type, blocks, state)
  const soc = (energyKwh * 100_000) / type.batteryCapacityWh
  // Nobody knows anything.
  if (basis !== 'plan') return { ...rounded(soc, 0, 100), basis }
  const running = blocks.find((block) => block.startAt <= state.now && state.now < block.endAt)
  const drivenM = running === undefined ? 0 : distanceWithin(running, running.startAt, state.now)
  const driven = (driveEnergyKwh(type, drivenM, state.temperatureC) * 100_000) / type.batteryCapacityWh
  // It may have left with less than it needs, or full.
  return { ...rounded(soc, 0, type.maxSocPercent - driven * (1 - SPAN * DRIVE_SHARE)), basis }
}

function rounded(soc: number, low: number, high: number): Omit<SocEstimate, 'basis'> {
  const within = (percent: number): number => Math.min(100, Math.max(0, Math.round(percent * 10) / 10))
  return { socPercent: within(soc), lowPercent: within(Math.min(low, soc)), highPercent: within(Math.max(high, soc)) }
}
