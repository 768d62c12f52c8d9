import { chargeUnderTaper, taperPowerKw } from '../domain/battery.ts'
import type { TaperPoint } from '../domain/battery.ts'

export const VOLTS_AC = 230
/** IEC 61851-1: a basic-signalling AC outlet offers nothing or at least this. */
export const MIN_AC_AMPERES = 6

/** The nameplate of one outlet. All powers are on the grid side, where the meter sits. */
export interface EvseSpec {
  evseId: number
  currentType: 'AC' | 'DC'
  phases: 1 | 2 | 3
  maxPowerW: number
  /** DC: what the smallest power module can give; a lower limit is a pause. */
  minPowerW: number
  /** Battery energy gained per energy drawn. */
  efficiency: number
  connectorType: string
}

/** A vehicle as the outlet sees it through the cable. Its battery fills in place. */
export interface PluggedVehicle {
  vehicleId: string
  batteryWh: number
  capacityWh: number
  /** Battery-side kW over SoC (0 to 1). */
  taper: readonly TaperPoint[]
  maxPowerW: number
  maxSocPercent: number
}

/** The physical state of one outlet. */
export interface EvsePhysics {
  readonly spec: EvseSpec
  vehicle: PluggedVehicle | null
  /** Meter register on the grid side; only rises. */
  registerWh: number
  /** Drawn now. */
  powerW: number
  /** Offered now: the limit in force, after what the hardware can do. */
  offeredW: number
  /** AC: how many phases carry current. */
  phasesInUse: number
  outletTemperatureC: number
  /** Energy flows from this instant on: plug lock, insulation test and pre-charge come first. null: not energised. */
  energisedFromMs: number | null
}

export type FlowState = 'off' | 'charging' | 'suspendedEvse' | 'suspendedEv'

/** A DC session needs about half a minute before current flows (cable check and pre-charge, DIN 70121 / ISO 15118-2). */
const START_DELAY_MS = { DC: 30_000, AC: 5_000 }
const RAMP_W_PER_SECOND = 8_000
/** Within this of full, the vehicle has stopped asking. */
const FULL_WH = 1

export function createEvse(spec: EvseSpec, registerWh: number): EvsePhysics {
  return {
    spec,
    vehicle: null,
    registerWh,
    powerW: 0,
    offeredW: 0,
    phasesInUse: spec.phases,
    outletTemperatureC: 18,
    energisedFromMs: null,
  }
}

export function energise(evse: EvsePhysics, atMs: number): void {
  evse.energisedFromMs = atMs + START_DELAY_MS[evse.spec.currentType]
}

export function switchOff(evse: EvsePhysics): void {
  evse.energisedFromMs = null
  evse.powerW = 0
  evse.offeredW = 0
}

/** What the outlet offers under a limit: AC in whole tenths of an ampere per phase and never between 0 and 6 A, DC never below its smallest module. */
export function offeredPowerW(spec: EvseSpec, limitW: number, phases: number = spec.phases): number {
  if (spec.currentType === 'DC') {
    const allowedW = Math.min(limitW, spec.maxPowerW)
    return allowedW < spec.minPowerW ? 0 : Math.max(0, Math.floor(allowedW))
  }
  const allowedW = Math.min(limitW, (spec.maxPowerW * phases) / spec.phases)
  const amperes = Math.floor((allowedW / (VOLTS_AC * phases)) * 10 + 1e-6) / 10
  return amperes < MIN_AC_AMPERES ? 0 : amperes * VOLTS_AC * phases
}

/** State of charge, 0 to 100. */
export function socPercent(vehicle: PluggedVehicle): number {
  return (100 * vehicle.batteryWh) / vehicle.capacityWh
}

export function isFull(vehicle: PluggedVehicle): boolean {
  return vehicle.batteryWh >= (vehicle.capacityWh * vehicle.maxSocPercent) / 100 - FULL_WH
}

/** The most the vehicle would draw from the grid side now, whatever is offered. */
export function wantedPowerW(spec: EvseSpec, vehicle: PluggedVehicle): number {
  if (isFull(vehicle)) return 0
  const batteryW = Math.min(
    vehicle.maxPowerW,
    taperPowerKw(vehicle.taper, vehicle.batteryWh / vehicle.capacityWh) * 1000,
  )
  return batteryW / spec.efficiency
}

/** Lets time pass until `untilMs` under one limit: fills the battery, turns the register, and says what the outlet is doing. The mean and the final power never exceed the limit. */
export function advanceEvse(
  evse: EvsePhysics,
  fromMs: number,
  untilMs: number,
  limit: { limitW: number; phases?: number },
): FlowState {
  const { spec, vehicle } = evse
  const startMs = Math.max(fromMs, evse.energisedFromMs ?? Number.POSITIVE_INFINITY)
  settleTemperature(evse, (untilMs - fromMs) / 1000)
  if (vehicle === null || evse.energisedFromMs === null) {
    evse.powerW = 0
    evse.offeredW = 0
    return 'off'
  }
  evse.phasesInUse = limit.phases ?? spec.phases
  evse.offeredW = offeredPowerW(spec, limit.limitW, evse.phasesInUse)
  if (startMs >= untilMs) {
    evse.powerW = 0
    return evse.offeredW === 0 ? 'suspendedEvse' : 'charging'
  }
  if (evse.offeredW > 0) draw(evse, vehicle, (untilMs - startMs) / 1000)
  else evse.powerW = 0
  if (evse.offeredW === 0) return 'suspendedEvse'
  return isFull(vehicle) ? 'suspendedEv' : 'charging'
}

function draw(evse: EvsePhysics, vehicle: PluggedVehicle, seconds: number): void {
  const { spec } = evse
  // Power rises along a ramp and falls at once; the mean over the step is what the battery gets.
  const target = Math.min(evse.offeredW, wantedPowerW(spec, vehicle))
  const before = Math.min(evse.powerW, target)
  const rampSeconds = Math.min(seconds, (target - before) / RAMP_W_PER_SECOND)
  const reached = Math.min(target, before + rampSeconds * RAMP_W_PER_SECOND)
  const meanW = (((before + reached) / 2) * rampSeconds + reached * (seconds - rampSeconds)) / seconds
  const afterKwh = chargeUnderTaper({
    energyKwh: vehicle.batteryWh / 1000,
    capacityKwh: vehicle.capacityWh / 1000,
    offeredKw: Math.min(meanW * spec.efficiency, vehicle.maxPowerW) / 1000,
    hours: seconds / 3600,
    taper: vehicle.taper,
    maxSoc: vehicle.maxSocPercent / 100,
  })
  const gainedWh = Math.max(0, afterKwh * 1000 - vehicle.batteryWh)
  vehicle.batteryWh += gainedWh
  evse.registerWh += gainedWh / spec.efficiency
  evse.powerW = Math.min(reached, wantedPowerW(spec, vehicle))
}

/** Contacts warm up by 30 K at full power, with a time constant of ten minutes. */
function settleTemperature(evse: EvsePhysics, seconds: number): void {
  const target = 18 + (30 * evse.powerW) / Math.max(1, evse.spec.maxPowerW)
  evse.outletTemperatureC += (target - evse.outletTemperatureC) * (1 - Math.exp(-seconds / 600))
}
