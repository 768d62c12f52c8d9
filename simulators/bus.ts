import { chargeUnderTaper } from '../domain/battery.ts'
import type { TaperPoint } from '../domain/battery.ts'
import type { PluggedVehicle } from './evse.ts'
import { bellShaped, between, seededRandom } from './random.ts'

const MINUTE_MS = 60_000
/** A driver's break between two blocks, when the first one ended late. */
const TURNAROUND_MS = 5 * MINUTE_MS
/** Below this a stay is too short to fetch the cable. */
const SHORTEST_PLUGGED_MS = 10 * MINUTE_MS

/** A day's work of one bus, from pull-out to pull-in, as the timetable has it. */
export interface BusBlock {
  blockId: string
  date: string
  startMs: number
  endMs: number
  distanceM: number
}

/** What is known of a bus before it moves. */
export interface BusSpec {
  vehicleId: string
  capacityWh: number
  taper: readonly TaperPoint[]
  maxPowerW: number
  maxSocPercent: number
  /** kWh a kilometre over outdoor temperature, ascending. */
  consumption: readonly (readonly [celsius: number, kwhPerKm: number])[]
  passengerPlaces?: number | undefined
  /** At least one: its card first. */
  tokens: readonly { value: string; type: string }[]
  /** The plug of its bay; null: its bay has none. */
  plug: { stationId: string; evseId: number; maxPowerW: number; efficiency: number } | null
}

/** How one block turns out on the road: chance, but the same in every run with the same seed. */
export interface Drive {
  /** Lateness at pull-in. */
  lateMs: number
  /** Against the consumption curve. */
  consumptionFactor: number
  /** From pull-in to the cable. */
  plugAfterMs: number
  /** From the cable to the next pull-out. */
  unplugBeforeMs: number
}

export function driveOf(seed: number, vehicleId: string, block: BusBlock): Drive {
  const random = seededRandom(seed, vehicleId, block.date, block.blockId)
  return {
    lateMs: Math.max(0, 1.5 + 2 * bellShaped(random)) * MINUTE_MS,
    consumptionFactor: 1 + 0.06 * bellShaped(random),
    plugAfterMs: between(random, 2, 6) * MINUTE_MS,
    unplugBeforeMs: between(random, 4, 7) * MINUTE_MS,
  }
}

/** kWh a kilometre at an outdoor temperature, by linear interpolation; flat beyond the ends. */
export function consumptionAt(curve: BusSpec['consumption'], celsius: number): number {
  let before = curve[0]
  if (before === undefined) throw new RangeError('a consumption curve needs at least one point')
  if (celsius <= before[0]) return before[1]
  for (const after of curve) {
    if (celsius < after[0]) {
      return before[1] + ((after[1] - before[1]) * (celsius - before[0])) / (after[0] - before[0])
    }
    before = after
  }
  return before[1]
}

/**
 * Puts a bus where it would be at `nowMs` had it driven its timetable all along: on the line with its battery part empty, or in
 * the depot, charged: at half of its plug's power in stays that are over, and slowly in the one that lasts, as if it had waited for
 * cheaper hours. What went before the first known block is guessed from the seed.
 */
export function settleBus(bus: Bus, nowMs: number, seed: number, celsius: number): void {
  const { spec, battery } = bus
  battery.batteryWh = spec.capacityWh * between(seededRandom(seed, spec.vehicleId, 'start'), 0.6, 0.8)
  let idleFromMs = Math.min(nowMs, (bus.blocks[0]?.startMs ?? nowMs) - 4 * 3_600_000)
  const chargeUntil = (untilMs: number, shareOfPlug: number): void => {
    const hours = (untilMs - idleFromMs) / 3_600_000
    if (spec.plug === null || hours <= 0) return
    const offeredKw = (shareOfPlug * spec.plug.maxPowerW * spec.plug.efficiency) / 1000
    battery.batteryWh =
      1000 *
      chargeUnderTaper({
        energyKwh: battery.batteryWh / 1000,
        capacityKwh: spec.capacityWh / 1000,
        offeredKw: Math.min(offeredKw, spec.maxPowerW / 1000),
        hours,
        taper: spec.taper,
        maxSoc: spec.maxSocPercent / 100,
      })
  }
  for (const block of bus.blocks) {
    const departedMs = Math.max(block.startMs, bus.arrivedMs + TURNAROUND_MS)
    if (departedMs > nowMs) break
    chargeUntil(departedMs, 0.5)
    bus.driving = {
      block,
      drive: driveOf(seed, spec.vehicleId, block),
      departedMs,
      startWh: battery.batteryWh,
      share: 0,
    }
    if (pullIn(bus, nowMs, celsius) === null) {
      drainUpTo(bus, bus.driving, nowMs, celsius)
      return
    }
    idleFromMs = bus.plugFromMs
  }
  chargeUntil(nowMs, 0.15)
}

/** What a block takes out of the battery. */
export function driveEnergyWh(spec: BusSpec, block: BusBlock, drive: Drive, celsius: number): number {
  return block.distanceM * consumptionAt(spec.consumption, celsius) * drive.consumptionFactor
}

/** A bus and its day. */
export interface Bus {
  readonly spec: BusSpec
  /** The same object that the outlet fills. */
  readonly battery: PluggedVehicle
  blocks: BusBlock[]
  driving: { block: BusBlock; drive: Drive; departedMs: number; startWh: number; share: number } | null
  /** Since when it stands in the depot. */
  arrivedMs: number
  /** When somebody brings the cable. */
  plugFromMs: number
  plugged: boolean
  /** Lateness that somebody ordered (a fault), for the block driven or the next one. */
  extraLateMs: number
  /** Nobody brings the cable before this. */
  leaveUnpluggedUntilMs: number
  /** When it was last asked to show its token. */
  presentedMs: number
  stopping: boolean
  lastBlockKey: string | null
}

export function createBus(spec: BusSpec): Bus {
  return {
    spec,
    battery: {
      vehicleId: spec.vehicleId,
      batteryWh: spec.capacityWh * 0.7,
      capacityWh: spec.capacityWh,
      taper: spec.taper,
      maxPowerW: spec.maxPowerW,
      maxSocPercent: spec.maxSocPercent,
    },
    blocks: [],
    driving: null,
    arrivedMs: Number.NEGATIVE_INFINITY,
    plugFromMs: Number.NEGATIVE_INFINITY,
    plugged: false,
    extraLateMs: 0,
    leaveUnpluggedUntilMs: Number.NEGATIVE_INFINITY,
    presentedMs: Number.NEGATIVE_INFINITY,
    stopping: false,
    lastBlockKey: null,
  }
}

export function blockKey(block: BusBlock): string {
  return `${block.date} ${block.blockId}`
}

/** The block that comes next for a bus in the depot: the earliest that is neither over nor already driven. */
export function nextBlock(bus: Bus, nowMs: number): BusBlock | null {
  return bus.blocks.find((block) => block.endMs > nowMs && blockKey(block) !== bus.lastBlockKey) ?? null
}

export function arrivalMs(bus: Bus, block: BusBlock, drive: Drive, departedMs: number): number {
  // A late start is driven off by a third of it: layovers are there for that.
  const lateStartMs = Math.max(0, departedMs - block.startMs) * (2 / 3)
  return block.endMs + Math.max(drive.lateMs, lateStartMs) + bus.extraLateMs
}

/** Lateness as the dispatcher sees it: how far the bus is behind where it should be. 0 in the depot. */
export function lateness(bus: Bus, nowMs: number): number {
  if (bus.driving === null) return 0
  const { block, drive, departedMs } = bus.driving
  const wholeMs = arrivalMs(bus, block, drive, departedMs) - block.endMs
  const share = Math.min(1, Math.max(0, (nowMs - block.startMs) / (block.endMs - block.startMs)))
  return Math.max(bus.extraLateMs, wholeMs * share)
}

/** What the bus would like done at its plug now. */
export type PlugWish = 'plug' | 'present' | 'stop' | 'unplug' | null

export interface BusOccasion {
  kind: 'pulledOut' | 'pulledIn'
  block: BusBlock
  socPercent: number
}

/** Drives the bus up to `nowMs`; returns what happened on the way. */
export function advanceBus(bus: Bus, nowMs: number, seed: number, celsius: number): BusOccasion[] {
  const happened: BusOccasion[] = []
  for (let changes = 0; changes < 20; changes += 1) {
    const occasion = bus.driving === null ? pullOut(bus, nowMs, seed) : pullIn(bus, nowMs, celsius)
    if (occasion === null) break
    happened.push(occasion)
  }
  if (bus.driving !== null) drainUpTo(bus, bus.driving, nowMs, celsius)
  return happened
}

function pullOut(bus: Bus, nowMs: number, seed: number): BusOccasion | null {
  const block = nextBlock(bus, nowMs)
  if (block === null) return null
  const departMs = Math.max(block.startMs, bus.arrivedMs + TURNAROUND_MS)
  if (nowMs < departMs || bus.plugged) return null
  const drive = driveOf(seed, bus.spec.vehicleId, block)
  bus.driving = { block, drive, departedMs: Math.min(nowMs, departMs), startWh: bus.battery.batteryWh, share: 0 }
  return { kind: 'pulledOut', block, socPercent: soc(bus) }
}

function pullIn(bus: Bus, nowMs: number, celsius: number): BusOccasion | null {
  if (bus.driving === null) return null
  const { block, drive, departedMs } = bus.driving
  const arriveMs = arrivalMs(bus, block, drive, departedMs)
  if (nowMs < arriveMs) return null
  drainUpTo(bus, bus.driving, arriveMs, celsius)
  bus.driving = null
  bus.extraLateMs = 0
  bus.lastBlockKey = blockKey(block)
  bus.arrivedMs = arriveMs
  bus.plugFromMs = arriveMs + drive.plugAfterMs
  return { kind: 'pulledIn', block, socPercent: soc(bus) }
}

function drainUpTo(bus: Bus, driving: NonNullable<Bus['driving']>, atMs: number, celsius: number): void {
  const { block, drive, departedMs, startWh } = driving
  const arriveMs = arrivalMs(bus, block, drive, departedMs)
  const share = Math.min(1, Math.max(driving.share, (atMs - departedMs) / (arriveMs - departedMs)))
  driving.share = share
  bus.battery.batteryWh = Math.max(0, startWh - driveEnergyWh(bus.spec, block, drive, celsius) * share)
}

/** What the bus in the depot wants of its plug: the cable some minutes after it came, out some minutes before it goes, full or not. */
export function plugWish(bus: Bus, nowMs: number, seed: number, charging: boolean): PlugWish {
  if (bus.driving !== null) return null
  const next = nextBlock(bus, nowMs)
  const drive = next === null ? null : driveOf(seed, bus.spec.vehicleId, next)
  const outMs = next === null || drive === null ? Number.POSITIVE_INFINITY : next.startMs - drive.unplugBeforeMs
  const unwanted = nowMs < bus.leaveUnpluggedUntilMs
  if (bus.plugged) {
    if (nowMs < outMs && !unwanted) return !charging && nowMs - bus.presentedMs >= 2 * MINUTE_MS ? 'present' : null
    return charging && !bus.stopping ? 'stop' : 'unplug'
  }
  return !unwanted && nowMs >= bus.plugFromMs && outMs - nowMs >= SHORTEST_PLUGGED_MS ? 'plug' : null
}

/** What the bus shows at a plug: stations that read its MAC address through the cable get that, the others a card. */
export function tokenAt(bus: Bus, readsMac: boolean): { value: string; type: string } {
  const mac = readsMac ? bus.spec.tokens.find((token) => token.type === 'MacAddress') : undefined
  return mac ?? bus.spec.tokens[0] ?? { value: bus.spec.vehicleId.slice(0, 20), type: 'ISO14443' }
}

/** Makes the battery show no more than `socPercent`, on the road or in the depot. */
export function weaken(bus: Bus, socPercent: number): void {
  const lostWh = bus.battery.batteryWh - (bus.battery.capacityWh * socPercent) / 100
  if (lostWh <= 0) return
  bus.battery.batteryWh -= lostWh
  if (bus.driving !== null) bus.driving.startWh -= lostWh
}

/** State of charge, 0 to 100. */
export function soc(bus: Bus): number {
  return (100 * bus.battery.batteryWh) / bus.battery.capacityWh
}
