import { addNodes, OBJECTIVE_SCALE } from './model-nodes.ts'
import { programBuilder, type ProgramBuilder } from './program-builder.ts'
import type { Problem, ProblemVisit } from './problem.ts'
import type { LinearProgram } from './solver.ts'
import { addTaperRowsOfSlot, type TaperMode, type TaperSlot } from './taper-rows.ts'

/** Where a visit's numbers stand in the linear program; -1 where it has none. */
export interface VisitColumns {
  /** Column of its first slot's power; the others follow. */
  firstPower: number
  /** Energy in the battery at departure (or at the horizon's end). */
  departEnergy: number
  /** Shortfall of its need. */
  shortfall: number
  /** Energy below the minimum at arrival. */
  belowMinimum: number
  /** Column of the first slot's power that counts as charged now; the others follow. */
  firstNow: number
  /** Not a column: the least that can be in the battery at arrival, below 0 where the vehicle would stop on the road. */
  arriveLowKwh: number
}

export interface ChargingModel {
  program: LinearProgram
  visits: VisitColumns[]
  /** Row of each node and slot's limit, -1 where the points below it cannot reach it: `[node][slot]`. */
  limitRows: Int32Array[]
}

export interface ModelOptions {
  /** `safe`: every plan can be charged at constant power within each slot. `generous`: nothing that can be charged is left out, for the lower bound. */
  taper: TaperMode
  /** The slots of each visit (counted from its first) in which the taper curve is kept. Their rows come last, in this order. */
  taperSlots: readonly TaperSlot[]
  /** Penalty of a missing kWh at the lowest priority, in EUR; far above what any kWh can cost. */
  penaltyEurPerKwh: number
  /** What a kWh that is wanted now costs for each slot that it comes later, in EUR; above anything that its price can differ by. */
  nowEurPerKwh: number
  /** Cost of putting a kWh off to the very end of the horizon, in EUR: breaks ties in favour of early. */
  delayEurPerKwh: number
}

/**
 * The linear program of a charging problem: power per visit and slot, energy in the battery carried from visit to visit, needs that may fall
 * short at a penalty, the limit tree, shared points, the peak, and the taper curve in chosen slots. Every column is bounded on both sides.
 */
export function buildModel(problem: Problem, options: ModelOptions): ChargingModel {
  const builder = programBuilder()
  const powers = problem.visits.map((visit) => addPowers(builder, problem, visit, options.delayEurPerKwh))
  const visits = addEnergies(builder, problem, powers, options.penaltyEurPerKwh)
  addChargeNow(builder, problem, visits, options.nowEurPerKwh)
  addSharedPoints(builder, problem, powers)
  const limitRows = addNodes(builder, problem, powers)
  addTaperRows(builder, problem, visits, options)
  return { visits, limitRows, program: builder.build() }
}

function addPowers(builder: ProgramBuilder, problem: Problem, visit: ProblemVisit, delayEurPerKwh: number): number {
  let first = -1
  visit.maxKw.forEach((maxKw, i) => {
    const t = visit.firstSlot + i
    const eurPerKwh = (problem.priceEurPerKwh[t] ?? 0) + (delayEurPerKwh * (t + 1)) / problem.slots
    const column = builder.column(OBJECTIVE_SCALE * eurPerKwh * problem.slotHours, 0, maxKw)
    if (i === 0) first = column
  })
  return first
}

/** Energy at each departure, needs and minimums. Energy at arrival is that of the departure before, less what was driven between. */
function addEnergies(
  builder: ProgramBuilder,
  problem: Problem,
  powers: readonly number[],
  penaltyEurPerKwh: number,
): VisitColumns[] {
  const weights = priorityWeights(problem)
  const heaviest = Math.max(1, ...weights.values())
  const penalty = OBJECTIVE_SCALE * penaltyEurPerKwh
  const visits: VisitColumns[] = []
  /** The least and the most that can be in the battery at each departure. */
  const low: number[] = []
  const high: number[] = []
  problem.visits.forEach((visit, k) => {
    const vehicle = problem.vehicles[visit.vehicle]
    const firstPower = powers[k] ?? -1
    if (vehicle === undefined) return
    const before = visits[visit.previous]
    const arriveLow = (low[visit.previous] ?? vehicle.energyKwh) - visit.usedBeforeKwh
    const arriveHigh = (high[visit.previous] ?? vehicle.energyKwh) - visit.usedBeforeKwh
    const gain = visit.efficiency * problem.slotHours
    const offeredKwh = visit.maxKw.reduce((sum, kw) => sum + kw, 0) * gain
    low[k] = arriveLow
    high[k] = Math.min(arriveHigh + offeredKwh, Math.max(vehicle.maxKwh, arriveHigh))
    const departEnergy = builder.column(0, arriveLow, high[k] ?? arriveHigh)
    const columns = { firstPower, departEnergy, shortfall: -1, belowMinimum: -1, firstNow: -1, arriveLowKwh: arriveLow }
    visits.push(columns)

    const constant = before === undefined ? arriveLow : -visit.usedBeforeKwh
    builder.row(constant, constant)
    builder.entry(columns.departEnergy, 1)
    if (before !== undefined) builder.entry(before.departEnergy, -1)
    for (let i = 0; i < visit.maxKw.length; i += 1) builder.entry(firstPower + i, -gain)

    const need = visit.needKwh - visit.afterHorizonKwh
    if (need > arriveLow) {
      columns.shortfall = builder.column(penalty * (weights.get(visit.priority) ?? 1), 0, need - arriveLow)
      builder.row(need, Infinity)
      builder.entry(columns.departEnergy, 1)
      builder.entry(columns.shortfall, 1)
    }
    if (before !== undefined && vehicle.minKwh > arriveLow) {
      // Heavier than any need: a bus that stops on the road is worse than one that leaves short.
      columns.belowMinimum = builder.column(penalty * heaviest * 4, 0, vehicle.minKwh - arriveLow)
      builder.row(vehicle.minKwh + visit.usedBeforeKwh, Infinity)
      builder.entry(before.departEnergy, 1)
      builder.entry(columns.belowMinimum, 1)
    }
  })
  return visits
}

/**
 * What is wanted now is a part of the power, as much in all as is missing, and worth more the sooner it comes. Below a missing need's penalty, so that no
 * other vehicle leaves short for it once that is made heavy.
 */
function addChargeNow(
  builder: ProgramBuilder,
  problem: Problem,
  visits: readonly VisitColumns[],
  nowEurPerKwh: number,
): void {
  problem.visits.forEach((visit, k) => {
    const columns = visits[k]
    if (columns === undefined || visit.chargeNowKwh === null) return
    const missingKwh = visit.chargeNowKwh - columns.arriveLowKwh
    if (missingKwh <= 0 || visit.maxKw.length === 0) return
    const eurPerKw = OBJECTIVE_SCALE * nowEurPerKwh * problem.slotHours
    visit.maxKw.forEach((maxKw, i) => {
      const column = builder.column(-eurPerKw * (visit.maxKw.length - i), 0, maxKw)
      if (i === 0) columns.firstNow = column
      builder.row(0, Infinity)
      builder.entry(columns.firstPower + i, 1)
      builder.entry(column, -1)
    })
    builder.row(-Infinity, missingKwh)
    const gain = visit.efficiency * problem.slotHours
    for (let i = 0; i < visit.maxKw.length; i += 1) builder.entry(columns.firstNow + i, gain)
  })
}

/** Each step of priority weighs four times the one below, so that in practice the higher need is met first whatever the efficiencies. */
function priorityWeights(problem: Problem): Map<number, number> {
  const distinct = [...new Set(problem.visits.map((visit) => visit.priority))].toSorted((a, b) => a - b)
  return new Map(distinct.map((priority, rank) => [priority, 4 ** Math.min(rank, 5)]))
}

/** Where visits of different vehicles overlap at one point, they share its time. */
function addSharedPoints(builder: ProgramBuilder, problem: Problem, powers: readonly number[]): void {
  const byPoint = Map.groupBy(problem.visits.keys(), (k) => problem.visits[k]?.pointId ?? '')
  for (const visitsHere of byPoint.values()) {
    if (visitsHere.length < 2) continue
    const bySlot = new Map<number, number[]>()
    for (const k of visitsHere) {
      const visit = problem.visits[k]
      if (visit === undefined) continue
      for (let t = visit.firstSlot; t < visit.endSlot; t += 1) {
        const together = bySlot.get(t)
        if (together === undefined) bySlot.set(t, [k])
        else together.push(k)
      }
    }
    for (const [t, together] of bySlot) {
      const present = together.flatMap((k) => {
        const visit = problem.visits[k]
        const i = t - (visit?.firstSlot ?? 0)
        const maxKw = visit?.maxKw[i] ?? 0
        return maxKw > 0 ? [{ column: (powers[k] ?? 0) + i, maxKw, share: visit?.share[i] ?? 0 }] : []
      })
      if (present.reduce((sum, { share }) => sum + share, 0) <= 1 + 1e-9) continue
      builder.row(-Infinity, 1)
      for (const { column, maxKw, share } of present) builder.entry(column, share / maxKw)
    }
  }
}

function addTaperRows(
  builder: ProgramBuilder,
  problem: Problem,
  visits: readonly VisitColumns[],
  { taper, taperSlots }: ModelOptions,
): void {
  for (const { visit: k, slot } of taperSlots) {
    const visit = problem.visits[k]
    const vehicle = problem.vehicles[visit?.vehicle ?? -1]
    const columns = visits[k]
    if (visit === undefined || vehicle === undefined || columns === undefined) continue
    const before = visits[visit.previous]
    addTaperRowsOfSlot(builder, problem, visit, {
      slot,
      lines: vehicle.lines[taper],
      mode: taper,
      firstPower: columns.firstPower,
      arriveColumn: before?.departEnergy ?? -1,
      arriveKwh: (before === undefined ? vehicle.energyKwh : 0) - visit.usedBeforeKwh,
      arriveLowKwh: columns.arriveLowKwh,
    })
  }
}
