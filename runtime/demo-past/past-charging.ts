import { taperPowerKw } from '../../domain/battery.ts'
import type { PastDepot, PastVehicle } from './past-depot.ts'
import type { PastStay } from './past-stays.ts'

export const QUARTER_MS = 900_000
const QUARTER_H = 0.25
/** Of what a node has room for: as a plan keeps to that spares the peak, and what chargers are left when everybody charges at once. */
const HELD_TO = { planned: 0.8, rush: 0.965 }

/** What a plan gives a vehicle from a quarter hour on: power in W, and the state of charge (0 to 1) that its stay ends with; undefined: the plan does not say. */
export type PlannedCharge = (vehicleId: string, quarterMs: number) => { powerW: number; untilSoc: number } | undefined

/** A vehicle at its plug, while it charges. */
export interface Charging {
  vehicle: PastVehicle
  stay: PastStay
  /** Battery side. */
  batteryWh: number
  targetWh: number
  efficiency: number
  /** Starts of the quarter hours in which it is to charge, ascending. */
  wanted: readonly number[]
  /** Somebody pressed "charge now": full power, whatever it costs. */
  atOnce: boolean
  /** How much faster than evenly. */
  haste: number
  /** What a plan gives it in a quarter hour; undefined: no plan does. */
  planned?: ((quarterMs: number) => ReturnType<PlannedCharge>) | undefined
}

/** The stay's quarter hours that the vehicle lies in from edge to edge, and what a kWh costs in each. */
export function quartersOf(stay: PastStay): number[] {
  const first = Math.ceil(stay.plugMs / QUARTER_MS) * QUARTER_MS
  const quarters: number[] = []
  for (let at = first; at + QUARTER_MS <= stay.unplugMs; at += QUARTER_MS) quarters.push(at)
  return quarters
}

/** The cheapest quarters that hold the energy at three quarters of full power, rounded up to all that cost the same; all of them when they do not. */
export function cheapestQuarters(
  quarters: readonly number[],
  priceAt: (at: number) => number,
  gridWh: number,
  maxW: number,
): readonly number[] {
  const prices = [...new Set(quarters.map(priceAt))].toSorted((a, b) => a - b)
  for (const most of prices) {
    const cheap = quarters.filter((at) => priceAt(at) <= most)
    if (cheap.length * QUARTER_H * maxW * 0.75 >= gridWh) return cheap
  }
  return quarters
}

/** The most a vehicle takes at the meter just now. */
export function mostW(charging: Pick<Charging, 'vehicle' | 'batteryWh' | 'efficiency'>): number {
  const { vehicle, batteryWh, efficiency } = charging
  const batteryW = Math.min(vehicle.maxW, taperPowerKw(vehicle.taper, batteryWh / vehicle.capacityWh) * 1000)
  return Math.min(vehicle.evse.maxW, batteryW / efficiency)
}

/** What each draws from `at` on for a quarter hour: evenly over the quarters it wants, and never more together than a node has room for. */
export function drawnW(depot: PastDepot, all: readonly Charging[], at: number): Map<Charging, number> {
  const wished = new Map<Charging, number>()
  for (const one of all) {
    const missingWh = (one.targetWh - one.batteryWh) / one.efficiency
    if (missingWh <= 0) continue
    const planned = one.atOnce ? undefined : one.planned?.(at)
    if (planned !== undefined) {
      const untilPlannedWh = (planned.untilSoc * one.vehicle.capacityWh - one.batteryWh) / one.efficiency
      const watts = Math.min(mostW(one), planned.powerW * one.haste, Math.min(missingWh, untilPlannedWh) / QUARTER_H)
      if (watts > 0) wished.set(one, watts)
      continue
    }
    const left = quartersLeft(one, at)
    if (left === 0 && !one.atOnce) continue
    const evenW = one.atOnce ? Infinity : (missingWh / (left * QUARTER_H)) * one.haste
    wished.set(one, Math.min(mostW(one), evenW, missingWh / QUARTER_H))
  }
  const loads = new Map<string, number>()
  for (const [one, watts] of wished) {
    for (const node of one.vehicle.evse.nodes) loads.set(node, (loads.get(node) ?? 0) + watts)
  }
  const share = all.some((one) => one.atOnce) ? HELD_TO.rush : HELD_TO.planned
  const fits = (node: string): number =>
    Math.min(1, (share * (depot.roomW.get(node) ?? 0)) / Math.max(1, loads.get(node) ?? 1))
  return new Map([...wished].map(([one, watts]) => [one, watts * Math.min(...one.vehicle.evse.nodes.map(fits))]))
}

/** Of the quarters it wants; when they are over and it still lacks something, of those until it is unplugged. 0: it waits. */
function quartersLeft({ wanted, stay }: Charging, at: number): number {
  const last = wanted.at(-1)
  if (last === undefined || at > last) return Math.max(0, Math.floor((stay.unplugMs - at) / QUARTER_MS))
  const place = wanted.indexOf(at)
  return place < 0 ? 0 : wanted.length - place
}
