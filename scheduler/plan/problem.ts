import type { TaperPoint } from '../../domain/battery.ts'
import { effectiveTaper } from './effective-taper.ts'
import type { PlanInstance } from './instance-fields.ts'
import { peakWindows, type PeakWindows } from './peak-windows.ts'
import { taperLines, type TaperLines } from './taper-lines.ts'

/** An instance as numbers: indices instead of names, arrays instead of "a number, or one per slot", kWh instead of shares. */
export interface Problem extends PeakWindows {
  startMs: number
  endMs: number
  slotMs: number
  slotHours: number
  slots: number
  timeZone: string
  priceEurPerKwh: Float64Array
  carbonGPerKwh: Float64Array | null
  peak: { eurPerKw: number; soFarKw: number } | null
  /** Parents before children; the first is the grid connection. */
  nodes: ProblemNode[]
  vehicles: ProblemVehicle[]
  /** All visits, vehicle by vehicle, in order of time. */
  visits: ProblemVisit[]
}

export interface ProblemNode {
  id: string
  /** Index; -1 at the grid connection. */
  parent: number
  limitKw: Float64Array
  /** Base load here and below. */
  baseKw: Float64Array
  /** What the limit leaves for charging, never below 0. */
  freeKw: Float64Array
}

export interface ProblemVehicle {
  id: string
  capacityKwh: number
  energyKwh: number
  minKwh: number
  maxKwh: number
  /** Battery side. */
  maxKw: number
  /** Over SoC 0 to 1, the vehicle's `maxKw` included. */
  taper: TaperPoint[]
  /** The same curve as straight lines. */
  lines: TaperLines
  /** Indices into `Problem.visits`. */
  visits: number[]
}

export interface ProblemVisit {
  vehicle: number
  /** Index among the vehicle's visits. */
  ordinal: number
  /** Index of the same vehicle's visit before it, -1 for the first. */
  previous: number
  pointId: string
  pointMaxKw: number
  /** Index of the node that the point hangs from. */
  node: number
  efficiency: number
  arriveMs: number
  departMs: number
  /** The slots it covers within the horizon, `[firstSlot, endSlot)`. */
  firstSlot: number
  endSlot: number
  /** For each covered slot the share of it that the visit covers. */
  share: Float64Array
  /** For each covered slot the most the mean AC power can be. */
  maxKw: Float64Array
  usedBeforeKwh: number
  needKwh: number
  /** Counted towards the need: what half the power gives between the horizon's end and a departure beyond it. */
  afterHorizonKwh: number
  priority: number
  /** Up to this much in the battery it charges as soon and as hard as limits allow; null: as money says. */
  chargeNowKwh: number | null
}

/** The numbers of a checked instance that asks for nothing unsupported. */
export function problemOf(instance: PlanInstance): Problem {
  const startMs = Date.parse(instance.start)
  const slotMs = instance.slotMinutes * 60_000
  const endMs = startMs + instance.slots * slotMs
  const nodes = problemNodes(instance)
  const nodeIndex = new Map(nodes.map((node, n) => [node.id, n]))
  const points = new Map(instance.points.map((point) => [point.id, point]))
  const visits: ProblemVisit[] = []
  const vehicles = instance.vehicles.map((vehicle, v): ProblemVehicle => {
    const taper = effectiveTaper(vehicle.taper, vehicle.maxKw)
    const strongestKw = Math.max(...taper.map((point) => point.powerKw))
    const indices = vehicle.visits.map((visit, ordinal) => {
      const point = points.get(visit.point ?? '')
      if (point === undefined) throw new RangeError(`there is no point ${visit.point}`)
      const efficiency = point.efficiency ?? 1
      const arriveMs = Date.parse(visit.arrive)
      const departMs = Date.parse(visit.depart)
      const firstSlot = clamp(Math.floor((arriveMs - startMs) / slotMs), 0, instance.slots)
      const endSlot = Math.max(firstSlot, clamp(Math.ceil((departMs - startMs) / slotMs), 0, instance.slots))
      const acKw = Math.min(point.maxKw, strongestKw / efficiency)
      const share = Float64Array.from({ length: endSlot - firstSlot }, (_, i) => {
        const from = startMs + (firstSlot + i) * slotMs
        return (Math.min(departMs, from + slotMs) - Math.max(arriveMs, from)) / slotMs
      })
      const hoursBeyond = Math.max(0, departMs - Math.max(endMs, arriveMs)) / 3_600_000
      visits.push({
        vehicle: v,
        ordinal,
        previous: ordinal === 0 ? -1 : visits.length - 1,
        pointId: point.id,
        pointMaxKw: point.maxKw,
        node: nodeIndex.get(point.node) ?? 0,
        efficiency,
        arriveMs,
        departMs,
        firstSlot,
        endSlot,
        share,
        maxKw: share.map((one) => one * acKw),
        usedBeforeKwh: visit.usedBeforeKwh ?? 0,
        needKwh: visit.needSoc * vehicle.capacityKwh,
        afterHorizonKwh: (hoursBeyond * acKw * efficiency) / 2,
        priority: visit.priority ?? 1,
        chargeNowKwh:
          visit.chargeNowToSoc === undefined
            ? null
            : Math.min(visit.chargeNowToSoc, vehicle.maxSoc ?? 1) * vehicle.capacityKwh,
      })
      return visits.length - 1
    })
    return {
      id: vehicle.id,
      capacityKwh: vehicle.capacityKwh,
      energyKwh: vehicle.energyKwh,
      minKwh: (vehicle.minSoc ?? 0) * vehicle.capacityKwh,
      maxKwh: (vehicle.maxSoc ?? 1) * vehicle.capacityKwh,
      maxKw: vehicle.maxKw,
      taper,
      lines: taperLines(taper, vehicle.capacityKwh),
      visits: indices,
    }
  })
  return {
    startMs,
    endMs,
    slotMs,
    slotHours: slotMs / 3_600_000,
    slots: instance.slots,
    timeZone: instance.timeZone,
    priceEurPerKwh: perSlot(instance.price, instance.slots),
    carbonGPerKwh: instance.carbon === undefined ? null : perSlot(instance.carbon, instance.slots),
    peak:
      instance.peak === undefined ? null : { eurPerKw: instance.peak.eurPerKw, soFarKw: instance.peak.soFarKw ?? 0 },
    ...peakWindows(startMs, slotMs, instance.slots),
    nodes,
    vehicles,
    visits,
  }
}

function problemNodes(instance: PlanInstance): ProblemNode[] {
  const children = new Map<string | null, PlanInstance['nodes']>()
  for (const node of instance.nodes) children.set(node.parent, [...(children.get(node.parent) ?? []), node])
  const nodes: ProblemNode[] = []
  const visit = (parentId: string | null, parent: number): void => {
    for (const node of children.get(parentId) ?? []) {
      const index = nodes.length
      nodes.push({
        id: node.id,
        parent,
        limitKw: perSlot(node.limitKw, instance.slots),
        baseKw: perSlot(node.baseLoadKw ?? 0, instance.slots),
        freeKw: new Float64Array(instance.slots),
      })
      visit(node.id, index)
    }
  }
  visit(null, -1)
  for (const node of nodes.toReversed()) {
    node.freeKw = node.limitKw.map((limit, t) => Math.max(0, limit - (node.baseKw[t] ?? 0)))
    const above = nodes[node.parent]
    if (above !== undefined) above.baseKw = above.baseKw.map((base, t) => base + (node.baseKw[t] ?? 0))
  }
  return nodes
}

function perSlot(series: number | number[], slots: number): Float64Array {
  return Array.isArray(series) ? Float64Array.from(series) : new Float64Array(slots).fill(series)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
