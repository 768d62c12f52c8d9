import { distanceWithin, type Block } from '../domain/block.ts'
import { pointId, type Fleet, type FleetEvse, type Vehicle, type VehicleType } from '../domain/fleet.ts'
import { driveEnergyKwh } from '../domain/energy/block-need.ts'
import { estimateCharge, type EstimatedCharge } from '../domain/energy/estimate-soc.ts'
import { staysOf, type Stay } from './timetable/visits.ts'

export type AssumptionKind =
  | 'socUnknown'
  | 'socEstimated'
  | 'notAtItsPlug'
  | 'atItsPlug'
  | 'late'
  | 'sharedPoint'
  | 'needExceedsBattery'
  | 'noWorkKnown'
  | 'minPowerNotPlanned'
  | 'temperatureUnknown'
  | 'learnedCapacity'

/** Something that the instance takes for granted and nobody has measured. */
export interface Assumption {
  kind: AssumptionKind
  vehicleId: string | null
  sentence: string
}

/** When a vehicle is expected home from a block, as predicted from where it is. */
export interface ExpectedHome {
  vehicleId: string
  date: string
  blockId: string
  at: Date
}

/** One vehicle on its way into an instance. */
export interface VehiclePlan {
  vehicle: Vehicle
  type: VehicleType
  /** The point of its bay. */
  home: FleetEvse | null
  /** The point that it is plugged in at. */
  plug: FleetEvse | null
  charge: EstimatedCharge
  stays: Stay[]
  /** Energy of a whole block. */
  kwhOf(block: Block): number
  /** Energy of what is left of a block from now on. */
  kwhLeft(block: Block): number
}

/** Where a vehicle is, what is in its battery, and when it will stay at the depot; what had to be assumed is added to `assumed`. */
export function planVehicle(
  vehicle: Vehicle,
  type: VehicleType,
  blocks: readonly Block[],
  state: Pick<Fleet, 'evses' | 'bays'> & {
    now: Date
    endAt: Date
    temperatureC: number | null
    /** Of this vehicle. */
    expectedHome?: readonly ExpectedHome[]
  },
  assumed: Assumption[],
): VehiclePlan {
  const { now, evses, bays, temperatureC } = state
  const { vehicleId, label } = vehicle
  const say = (kind: AssumptionKind, sentence: string): void => void assumed.push({ kind, vehicleId, sentence })

  const bay = bays.find((one) => one.bayId === vehicle.bayId)
  const home = evses.find((evse) => evse.stationId === bay?.stationId && evse.evseId === bay.evseId) ?? null
  const running = blocks.find((block) => block.startAt <= now && now < block.endAt)
  let plug = evses.find((evse) => evse.vehicleId === vehicleId && evse.pluggedIn !== false) ?? null
  if (plug === null && running === undefined && home?.pluggedIn === true && home.vehicleId === null) {
    plug = home
    say('atItsPlug', `Somebody is plugged in at ${pointId(home)}, taken to be ${label}, whose place it is.`)
  }
  // A plug that nobody has heard of says nothing about where the vehicle is.
  const pluggedIn = plug !== null ? true : home === null || home.pluggedIn === null ? null : false
  const delaySeconds = lateHome(blocks, state.expectedHome ?? [], now) ?? freshDelay(vehicle, now)
  const stays = staysOf({ vehicleId, pluggedIn, delaySeconds }, blocks, { now, to: state.endAt })
  if (pluggedIn === false && running === undefined) {
    say('notAtItsPlug', `${label} should be at the depot but is at no plug; taken to plug in within minutes.`)
  }
  if (delaySeconds !== null && delaySeconds > 0 && pluggedIn !== true) {
    say('late', `${label} runs ${Math.round(delaySeconds / 60)} minutes late and is expected that much later.`)
  }

  const charge = estimateCharge(vehicle, type, blocks, { now, pluggedIn, temperatureC })
  const percent = Math.round((charge.energyKwh / (type.batteryCapacityWh / 1000)) * 100)
  if (charge.basis === 'cautious') {
    say(
      'socUnknown',
      `The state of charge of ${label} is unknown, taken as ${percent} %: what it should at least come home with.`,
    )
  } else if (charge.basis === 'plan') {
    say(
      'socUnknown',
      `The state of charge of ${label} is unknown, taken as ${percent} %: what its block needs, less what it has driven.`,
    )
  } else if (charge.basis === 'driven') {
    say(
      'socEstimated',
      `The state of charge of ${label} is taken as ${percent} %: the last reading less what it has driven since.`,
    )
  }
  const kwhOf = (block: Block): number => driveEnergyKwh(type, block.distanceM, temperatureC)
  // A late vehicle is where the timetable had it that long ago.
  const seenAt = new Date(now.getTime() - Math.max(0, delaySeconds ?? 0) * 1000)
  const kwhLeft = (block: Block): number =>
    block.startAt >= now || plug !== null
      ? kwhOf(block)
      : driveEnergyKwh(type, distanceWithin(block, seenAt, block.endAt), temperatureC)
  return { vehicle, type, home, plug, charge, stays, kwhOf, kwhLeft }
}

/** How late the vehicle comes home from the block that it is on, or should have come home from, by prediction; null: nothing was predicted. */
function lateHome(blocks: readonly Block[], expected: readonly ExpectedHome[], now: Date): number | null {
  const last = blocks.findLast((block) => block.startAt <= now)
  const home = expected.find((one) => last !== undefined && one.blockId === last.blockId && one.date === last.date)
  if (last === undefined || home === undefined) return null
  return Math.round((home.at.getTime() - last.endAt.getTime()) / 1000)
}

/** How long a told delay counts: after that the vehicle has come home or somebody would have said so again. */
const DELAY_FOR_MS = 3 * 3_600_000

function freshDelay(vehicle: Vehicle, now: Date): number | null {
  if (vehicle.delaySeconds === null || vehicle.delayAt === null) return null
  return now.getTime() - vehicle.delayAt.getTime() <= DELAY_FOR_MS ? vehicle.delaySeconds : null
}
