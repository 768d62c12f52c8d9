import { arrangeInOneGo, type ArrangementMemory } from './arrange.ts'
import { buildModel, type ChargingModel, type ModelOptions } from './model.ts'
import { OBJECTIVE_SCALE } from './model-nodes.ts'
import type { Problem } from './problem.ts'
import { basisWithNewRows, type LpBasis, type LpOutcome, type LpSolver } from './solver.ts'
import { slotsAboveTaper, type TaperSlot } from './taper-rows.ts'

/** A solved linear program and what it was made of. */
export interface Optimised {
  model: ChargingModel
  options: ModelOptions
  outcome: Extract<LpOutcome, { status: 'optimal' }>
  /** Mean AC power of each visit over the slots that it covers. */
  powers: Float64Array[]
}

/** After this many solves what is still above a taper curve is left to the simulation to take off. */
const MOST_ROUNDS = 40

/**
 * The cheapest powers for a problem, shortfalls first; null when the solver fails. `secondsLeft` says how long it may still take.
 *
 * The taper curve is brought in where it is broken and vehicles cannot trade their way out: few slots of a night charge a nearly full battery
 * at high power, so solving without the curve and adding it there, solve by solve, takes a fraction of the time of holding it everywhere.
 */
export async function optimise(
  problem: Problem,
  solver: LpSolver,
  secondsLeft: () => number,
): Promise<Optimised | null> {
  const taperSlots: TaperSlot[] = []
  let best: Optimised | null = null
  for (const penaltyScale of [1, 100]) {
    const solved = await solveWithTaper(problem, solver, {
      penaltyEurPerKwh: penaltyScale * dearestKwhEur(problem) * 4,
      taperSlots,
      secondsLeft,
    })
    if (solved === null) return best
    // A hundredfold penalty that buys no less shortfall shows that none was traded for money.
    if (best !== null && weightedShortfall(solved) > weightedShortfall(best) - 1e-4) return best
    best = solved
    if (weightedShortfall(solved) < 1e-6) return solved
  }
  return best
}

interface TaperSolve {
  penaltyEurPerKwh: number
  /** Grows by the slots in which the curve turns out to matter. */
  taperSlots: TaperSlot[]
  secondsLeft: () => number
}

async function solveWithTaper(problem: Problem, solver: LpSolver, given: TaperSolve): Promise<Optimised | null> {
  const { taperSlots, secondsLeft } = given
  const known = new Set(taperSlots.map(({ visit, slot }) => `${visit}/${slot}`))
  const memory: ArrangementMemory = new Map()
  let last: Optimised | null = null
  let basis: LpBasis | null = null
  for (let round = 0; round < MOST_ROUNDS && secondsLeft() > 0; round += 1) {
    const options: ModelOptions = {
      taper: 'safe',
      taperSlots: [...taperSlots],
      penaltyEurPerKwh: given.penaltyEurPerKwh,
      nowEurPerKwh: dearestKwhEur(problem),
      delayEurPerKwh: delayEurPerKwh(problem),
    }
    const model = buildModel(problem, options)
    const newRows = model.program.rowLower.length - (basis?.rows.length ?? 0)
    const outcome: LpOutcome = await solver.solve(model.program, {
      timeLimitSeconds: secondsLeft(),
      ...(basis === null ? {} : { basis: basisWithNewRows(basis, newRows) }),
    })
    // What the round before gave is still within every limit; the simulation takes off what its batteries would not take.
    if (outcome.status === 'failed') return last
    const powers = problem.visits.map((visit, k) => {
      const first = model.visits[k]?.firstPower ?? -1
      return first < 0 ? new Float64Array(0) : outcome.x.slice(first, first + visit.maxKw.length)
    })
    // Trading slots costs nothing and settles most of what is above a curve; only where it does not must the whole be solved again.
    const arranged = await arrangeInOneGo(problem, powers, solver, { secondsLeft, memory })
    last = { model, options, outcome, powers: arranged.powers }
    basis = outcome.basis
    if (arranged.stuck.length === 0) return last
    const arriveKwh = problem.visits.map((visit) => {
      const column = model.visits[visit.previous]?.departEnergy
      const before = column === undefined ? problem.vehicles[visit.vehicle]?.energyKwh : outcome.x[column]
      return (before ?? 0) - visit.usedBeforeKwh
    })
    const broken = slotsAboveTaper(problem, arranged.stuck, arriveKwh, powers).filter(
      ({ visit, slot }) => !known.has(`${visit}/${slot}`),
    )
    if (broken.length === 0) return last
    for (const one of broken) {
      known.add(`${one.visit}/${one.slot}`)
      taperSlots.push(one)
    }
  }
  return last
}

/** Penalties paid, in units of the smallest penalty of a kWh. */
function weightedShortfall({ model, options, outcome }: Optimised): number {
  let sum = 0
  for (const columns of model.visits) {
    for (const column of [columns.shortfall, columns.belowMinimum]) {
      if (column >= 0) sum += (model.program.cost[column] ?? 0) * (outcome.x[column] ?? 0)
    }
  }
  return sum / (OBJECTIVE_SCALE * options.penaltyEurPerKwh)
}

/** More than one kWh in a battery can cost: the whole price range, and a peak raised for a single slot. */
function dearestKwhEur(problem: Problem): number {
  const efficiency = Math.min(1, ...problem.visits.map((visit) => visit.efficiency))
  const highest = Math.max(...problem.priceEurPerKwh)
  const lowest = Math.min(...problem.priceEurPerKwh)
  const peakEur = (problem.peak?.eurPerKw ?? 0) / problem.slotHours
  return (1 + Math.max(highest, 0) - Math.min(lowest, 0) + peakEur) / efficiency
}

/** A five-thousandth of what energy costs, for a delay by the whole horizon: decides between equal prices, and costs nobody a cent. */
function delayEurPerKwh(problem: Problem): number {
  const mean = problem.priceEurPerKwh.reduce((sum, price) => sum + Math.abs(price), 0) / problem.slots
  return 2e-4 * Math.max(mean, 0.05)
}
