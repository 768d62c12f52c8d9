import type { Block } from '../../domain/block.ts'
import { consumptionKwhPerKm } from '../../domain/energy/consumption.ts'
import { batterySideWh } from '../../domain/energy/battery-side.ts'
import { driveByLine } from '../../domain/energy/drive-by-line.ts'
import type { DriveDay } from '../../db/drive-days.ts'
import type { SocReading } from '../../db/ended-sessions.ts'
import { between } from './dice.ts'
import {
  type Charging,
  cheapestQuarters,
  drawnW,
  mostW,
  type PlannedCharge,
  QUARTER_MS,
  quartersOf,
} from './past-charging.ts'
import type { PastDepot, PastVehicle } from './past-depot.ts'
import { createLedger, type Ledger } from './past-ledger.ts'
import type { KnownBus, PastPlanner } from './past-plans.ts'
import { type PastStay, staysOf } from './past-stays.ts'

export interface PastInput {
  depot: PastDepot
  /** Blocks that were driven or are under way, by vehicle, ascending. */
  blocks: ReadonlyMap<string, readonly Block[]>
  /** Quarter hours both. */
  fromMs: number
  toMs: number
  temperatureC: (atMs: number) => number | null
  /** Energy and network, of a quarter hour. */
  priceAt: (quarterMs: number) => number
  dateAt: (atMs: number) => string
  /** Local dates on which everybody charged at once, on arrival. */
  rushDates: ReadonlySet<string>
  /** Local dates on which one charger lost more than it should. */
  lossyDates: ReadonlySet<string>
  /** Makes the plans of the last nights; left out: there were none. */
  planner?: Pick<PastPlanner, 'moments' | 'plan'> | undefined
}

export interface Past {
  ledger: Ledger
  drives: DriveDay[]
  soc: SocReading[]
  /** What the same sessions would have drawn at full power from the moment of arrival: Wh by quarter hour. */
  uncontrolled: Map<number, number>
}

interface Bus {
  vehicle: PastVehicle
  blocks: readonly Block[]
  stays: readonly PastStay[]
  nextBlock: number
  nextStay: number
  batteryWh: number
  charging: (Charging & { session: number; socStart: number; registerStart: number }) | null
}

const DAYTIME_MARGIN = 0.1
const HOUR_MS = 3_600_000

/**
 * A depot's weeks, quarter hour by quarter hour: buses drive their timetable, lie at their plugs, and charge in the cheap hours, or by
 * plan where there is one. The same at every call.
 */
export async function imaginePast(input: PastInput): Promise<Past> {
  const { depot, fromMs, toMs } = input
  const past: Past = { ledger: createLedger(depot.evses), drives: [], soc: [], uncontrolled: new Map() }
  const buses = depot.vehicles.map((vehicle): Bus => {
    const blocks = input.blocks.get(vehicle.vehicleId) ?? []
    const stays = staysOf(vehicle.vehicleId, blocks).filter((stay) => stay.unplugMs <= toMs)
    const full = vehicle.maxSoc * vehicle.capacityWh
    return { vehicle, blocks, stays, nextBlock: 0, nextStay: 0, batteryWh: full, charging: null }
  })
  const lossy = depot.evses[Math.min(3, depot.evses.length - 1)]
  let planned: PlannedCharge | null = null
  /** Of the charging, by month. */
  const peaksW = new Map<string, number>()
  for (let at = fromMs; at < toMs; at += QUARTER_MS) {
    if (input.planner?.moments.has(at) === true)
      planned = await input.planner.plan(
        at,
        buses.map((bus) => knownOf(bus, at)),
        peaksW.get(input.dateAt(at).slice(0, 7)) ?? 0,
      )
    for (const bus of buses) {
      drive(bus, at, input, past)
      plugIn(bus, at, input, past, lossy === bus.vehicle.evse, planned !== null)
      if (bus.charging !== null) bus.charging.planned = plannedFor(bus, planned)
    }
    const charging = buses.flatMap((bus) => (bus.charging === null ? [] : [bus.charging]))
    const drawn = drawnW(depot, charging, at)
    for (const bus of buses) charge(bus, at, drawn, past)
    const month = input.dateAt(at).slice(0, 7)
    const together = [...drawn.values()].reduce((sum, watts) => sum + watts, 0)
    peaksW.set(month, Math.max(peaksW.get(month) ?? 0, together))
    const busy = new Set(charging.map((one) => one.vehicle.evse))
    for (const [index, evse] of depot.evses.entries()) if (!busy.has(evse)) past.ledger.standby(evse, index, at)
    for (const bus of buses) unplug(bus, at, past)
  }
  return past
}

function knownOf(bus: Bus, at: number): KnownBus {
  const block = bus.blocks[bus.nextBlock]
  const under = bus.charging === null && block !== undefined && block.startAt.getTime() <= at
  return {
    vehicleId: bus.vehicle.vehicleId,
    socPercent: Math.round(socOf(bus) * 10) / 10,
    socAt: under ? block.startAt : new Date(at),
    plug: bus.charging === null ? null : bus.vehicle.evse,
  }
}

function plannedFor(bus: Bus, planned: PlannedCharge | null): Charging['planned'] {
  return planned === null ? undefined : (quarterMs) => planned(bus.vehicle.vehicleId, quarterMs)
}

const socOf = (bus: Bus): number => (100 * bus.batteryWh) / bus.vehicle.capacityWh

function tell(bus: Bus, atMs: number, source: string, past: Past): void {
  past.soc.push({
    vehicleId: bus.vehicle.vehicleId,
    at: new Date(atMs),
    socPercent: Math.round(socOf(bus) * 10) / 10,
    source,
  })
}

/** Blocks that end in the quarter hour: before the cable is brought, which may be in the same. */
function drive(bus: Bus, at: number, { temperatureC }: PastInput, past: Past): void {
  for (;;) {
    const block = bus.blocks[bus.nextBlock]
    if (block === undefined || block.endAt.getTime() >= at + QUARTER_MS) return
    bus.nextBlock += 1
    const celsius = temperatureC((block.startAt.getTime() + block.endAt.getTime()) / 2)
    const neededWh = blockNeedWh(bus.vehicle, block, celsius)
    tell(bus, block.startAt.getTime(), 'telemetry', past)
    const energyWh = Math.round(Math.min(neededWh, bus.batteryWh - 0.03 * bus.vehicle.capacityWh))
    bus.batteryWh -= energyWh
    tell(bus, block.endAt.getTime(), 'telemetry', past)
    past.drives.push({
      block: { ...block, vehicleId: bus.vehicle.vehicleId },
      temperatureC: celsius,
      lines: driveByLine(block, energyWh),
    })
  }
}

function blockNeedWh(vehicle: PastVehicle, block: Block, celsius: number | null): number {
  const own = between(0.96, 1.05, vehicle.vehicleId, 'consumption')
  const ofDay = between(0.95, 1.05, vehicle.vehicleId, block.date, block.blockId)
  return block.distanceM * consumptionKwhPerKm(vehicle, celsius) * own * ofDay
}

function plugIn(bus: Bus, at: number, input: PastInput, past: Past, lossy: boolean, byPlan: boolean): void {
  const stay = bus.stays[bus.nextStay]
  if (bus.charging !== null || stay === undefined || stay.plugMs >= at + QUARTER_MS) return
  bus.nextStay += 1
  const { vehicle } = bus
  const quarters = quartersOf(stay)
  const price = (quarter: number): number => input.priceAt(quarter)
  const fullWh = vehicle.maxSoc * vehicle.capacityWh
  const nextWh = blockNeedWh(vehicle, stay.next, input.temperatureC(stay.next.startAt.getTime()))
  const enoughWh = nextWh * 1.1 + (vehicle.reserveSoc + DAYTIME_MARGIN) * vehicle.capacityWh
  // By day only what the next block needs; the night is cheaper.
  const daytime = !byPlan && stay.next.date === input.dateAt(stay.plugMs)
  if (daytime && bus.batteryWh >= enoughWh) return
  const targetWh = daytime ? Math.min(fullWh, enoughWh) : fullWh
  const date = input.dateAt(stay.plugMs)
  const key = [vehicle.vehicleId, stay.plugMs] as const
  const loss = lossy && input.lossyDates.has(date) ? 0.12 : 0
  const efficiency = vehicle.evse.efficiency + between(-0.008, 0.008, ...key, 'efficiency') - loss
  const gridWh = Math.max(0, targetWh - bus.batteryWh) / efficiency
  bus.charging = {
    vehicle,
    stay,
    batteryWh: bus.batteryWh,
    targetWh,
    efficiency,
    wanted: cheapestQuarters(quarters, price, gridWh, vehicle.evse.maxW),
    atOnce: input.rushDates.has(date) && !daytime,
    haste: between(1, 1.25, ...key, 'haste'),
    session: past.ledger.sessions.length,
    socStart: Math.round(socOf(bus)),
    registerStart: past.ledger.register(vehicle.evse),
  }
  past.ledger.sessions.push({
    stationId: vehicle.evse.stationId,
    evseId: vehicle.evse.evseId,
    idToken: vehicle.idToken,
    vehicleId: vehicle.vehicleId,
    startedAt: new Date(stay.plugMs),
    endedAt: new Date(stay.unplugMs),
    meterStartWh: bus.charging.registerStart,
    meterStopWh: bus.charging.registerStart,
    socStartPercent: bus.charging.socStart,
    socEndPercent: bus.charging.socStart,
    batteryWh: null,
  })
  tell(bus, stay.plugMs, 'ocpp', past)
  drawUncontrolled({ ...bus.charging }, quarters, past)
}

function drawUncontrolled(charging: Charging, quarters: readonly number[], past: Past): void {
  for (const quarter of quarters) {
    const missingWh = (charging.targetWh - charging.batteryWh) / charging.efficiency
    if (missingWh <= 0) return
    const wh = Math.min(missingWh, mostW(charging) / 4)
    charging.batteryWh += wh * charging.efficiency
    past.uncontrolled.set(quarter, (past.uncontrolled.get(quarter) ?? 0) + wh)
  }
}

function charge(bus: Bus, at: number, drawn: ReadonlyMap<Charging, number>, past: Past): void {
  const { charging } = bus
  if (charging === null) return
  const { evse, vehicleId } = charging.vehicle
  // In the quarter of the plug itself the vehicle and the charger are still talking.
  const energyWh = at < charging.stay.plugMs ? 0 : Math.round((drawn.get(charging) ?? 0) / 4)
  past.ledger.flow(evse, at, energyWh, charging.session, vehicleId)
  charging.batteryWh = Math.min(charging.targetWh, charging.batteryWh + energyWh * charging.efficiency)
  bus.batteryWh = charging.batteryWh
  if (energyWh > 0 && at % HOUR_MS === 0) tell(bus, at + QUARTER_MS, 'ocpp', past)
}

function unplug(bus: Bus, at: number, past: Past): void {
  const { charging } = bus
  if (charging === null || charging.stay.unplugMs > at + QUARTER_MS) return
  const session = past.ledger.sessions[charging.session]
  if (session !== undefined) {
    session.meterStopWh = past.ledger.register(bus.vehicle.evse)
    session.socEndPercent = Math.round(socOf(bus))
    session.batteryWh = batterySideWh({
      socStartPercent: session.socStartPercent,
      socEndPercent: session.socEndPercent,
      usableWh: bus.vehicle.capacityWh,
    })
  }
  tell(bus, charging.stay.unplugMs, 'ocpp', past)
  bus.charging = null
}
