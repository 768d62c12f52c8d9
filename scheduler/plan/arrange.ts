import { programBuilder } from './program-builder.ts'
import type { Problem } from './problem.ts'
import { basisWithNewRows, type LpBasis, type LpSolver } from './solver.ts'
import { addTaperRowsOfSlot, slotsAboveTaper, type TaperSlot } from './taper-rows.ts'

/** Visits that are arranged together: enough to trade with, few enough to be solved in milliseconds. */
const GROUP_SIZE = 24
const MOST_ROUNDS = 8

/** What groups were given (energy at arrival, then powers) and what came of it, from one solve to the next: most of them are given the same again. */
export type ArrangementMemory = Map<string, { given: Float64Array[]; arranged: Float64Array[] | null }>

export interface Arranged {
  powers: Float64Array[]
  /** Visits whose batteries do not take what they were given, however their group trades. */
  stuck: number[]
}

/**
 * The same plan with each vehicle charging in as few goes as possible, the one that leaves first before the others, and under its taper curve.
 * Within groups at one node vehicles only trade slots: every slot's sum and every visit's energy stay, and with them all limits, the peak and the cost.
 *
 * The cheapest plan is full of ties between vehicles, and the solver breaks them at random, a quarter of an hour here and there. Chargers and
 * batteries would rather be left alone once they have begun.
 */
export async function arrangeInOneGo(
  problem: Problem,
  powers: readonly Float64Array[],
  solver: LpSolver,
  { secondsLeft, memory }: { secondsLeft: () => number; memory: ArrangementMemory },
): Promise<Arranged> {
  const arranged: Float64Array[] = powers.map((own) => own.slice())
  const arriveKwh = arrivals(problem, powers)
  const unsettled = new Set(problem.visits.keys())
  for (const group of tradingGroups(problem, powers)) {
    if (secondsLeft() <= 0) break
    const given = group.map((k) => Float64Array.of(arriveKwh[k] ?? 0, ...(powers[k] ?? [])))
    const known = memory.get(group.join())
    const better =
      known !== undefined && sameValues(known.given, given)
        ? known.arranged
        : await arrangeGroup(problem, arranged, { group, arriveKwh }, solver)
    memory.set(group.join(), { given, arranged: better })
    better?.forEach((own, i) => {
      arranged[group[i] ?? -1] = own
      unsettled.delete(group[i] ?? -1)
    })
  }
  const broken = slotsAboveTaper(problem, unsettled, arriveKwh, arranged)
  return { powers: arranged, stuck: [...new Set(broken.map(({ visit }) => visit))] }
}

/** Visits that charge at the same node around the same time, each alone at its point, and none that is to charge now: it would be traded away from. */
function tradingGroups(problem: Problem, powers: readonly Float64Array[]): number[][] {
  const visitsAt = Map.groupBy(problem.visits.keys(), (k) => problem.visits[k]?.pointId ?? '')
  const alone = (k: number): boolean => {
    const visit = problem.visits[k]
    return (visitsAt.get(visit?.pointId ?? '') ?? []).every((other) => {
      const one = problem.visits[other]
      return (
        other === k ||
        one === undefined ||
        visit === undefined ||
        one.departMs <= visit.arriveMs ||
        one.arriveMs >= visit.departMs
      )
    })
  }
  const trades = (k: number): boolean => problem.visits[k]?.chargeNowKwh === null && alone(k)
  const charging = [...problem.visits.keys()].filter((k) => (powers[k]?.some((kw) => kw > 0) ?? false) && trades(k))
  const byNode = Map.groupBy(charging, (k) => problem.visits[k]?.node ?? 0)
  return [...byNode.values()].flatMap((ks) => {
    const ordered = ks.toSorted((a, b) => departMs(problem, a) - departMs(problem, b) || a - b)
    const groups = Math.ceil(ordered.length / GROUP_SIZE)
    const size = Math.ceil(ordered.length / groups)
    return Array.from({ length: groups }, (_, g) => ordered.slice(g * size, (g + 1) * size))
  })
}

interface Group {
  /** Indices into `Problem.visits`, by departure. */
  group: readonly number[]
  arriveKwh: readonly number[]
}

async function arrangeGroup(
  problem: Problem,
  powers: readonly Float64Array[],
  { group, arriveKwh }: Group,
  solver: LpSolver,
): Promise<Float64Array[] | null> {
  const taperSlots: TaperSlot[] = []
  const known = new Set<string>()
  let basis: LpBasis | null = null
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { program, firstPower } = groupProgram(problem, powers, { group, arriveKwh }, taperSlots)
    const newRows = program.rowLower.length - (basis?.rows.length ?? 0)
    const outcome = await solver.solve(program, basis === null ? {} : { basis: basisWithNewRows(basis, newRows) })
    if (outcome.status === 'failed') return null
    basis = outcome.basis
    const trial: Float64Array[] = []
    group.forEach((k, i) => {
      const first = firstPower[i] ?? 0
      trial[k] = outcome.x.slice(first, first + (powers[k]?.length ?? 0))
    })
    const broken = slotsAboveTaper(problem, group, arriveKwh, trial).filter(
      ({ visit, slot }) => !known.has(`${visit}/${slot}`),
    )
    if (broken.length === 0) return group.map((k) => trial[k] ?? new Float64Array(0))
    for (const one of broken) {
      known.add(`${one.visit}/${one.slot}`)
      taperSlots.push(one)
    }
  }
  return null
}

function groupProgram(
  problem: Problem,
  powers: readonly Float64Array[],
  { group, arriveKwh }: Group,
  taperSlots: readonly TaperSlot[],
): { program: ReturnType<ReturnType<typeof programBuilder>['build']>; firstPower: number[] } {
  const builder = programBuilder()
  const bySlot = new Map<number, { columns: number[]; kw: number }>()
  const firstPower = group.map((k, rank) => {
    const visit = problem.visits[k]
    // From 1.5 for the first departure down to 0.5 for the last: since the difference grows with time, taking turns costs more than waiting.
    const urgency = 1.5 - rank / Math.max(1, group.length - 1)
    let first = -1
    visit?.maxKw.forEach((maxKw, i) => {
      const t = visit.firstSlot + i
      const column = builder.column((urgency * (t + 1)) / problem.slots, 0, maxKw)
      if (i === 0) first = column
      const slot = bySlot.get(t) ?? { columns: [], kw: 0 }
      slot.columns.push(column)
      slot.kw += powers[k]?.[i] ?? 0
      bySlot.set(t, slot)
    })
    return first
  })
  group.forEach((k, i) => {
    const own = powers[k] ?? new Float64Array(0)
    const sum = own.reduce((total, kw) => total + kw, 0)
    builder.row(sum, sum)
    own.forEach((_, slot) => builder.entry((firstPower[i] ?? 0) + slot, 1))
  })
  for (const { columns, kw } of bySlot.values()) {
    // At most: with the visits' energies fixed the sums are met all the same, and limits are never exceeded by a rounding error.
    builder.row(-Infinity, kw)
    for (const column of columns) builder.entry(column, 1)
  }
  const placeInGroup = new Map(group.map((k, i) => [k, i]))
  for (const { visit: k, slot } of taperSlots) {
    const visit = problem.visits[k]
    const vehicle = problem.vehicles[visit?.vehicle ?? -1]
    if (visit === undefined || vehicle === undefined) continue
    addTaperRowsOfSlot(builder, problem, visit, {
      slot,
      lines: vehicle.lines.safe,
      mode: 'safe',
      firstPower: firstPower[placeInGroup.get(k) ?? -1] ?? 0,
      arriveColumn: -1,
      arriveKwh: arriveKwh[k] ?? 0,
      arriveLowKwh: arriveKwh[k] ?? 0,
    })
  }
  return { program: builder.build(), firstPower }
}

function sameValues(a: readonly Float64Array[], b: readonly Float64Array[]): boolean {
  return a.every((own, i) => own.every((value, t) => Math.abs(value - (b[i]?.[t] ?? 0)) < 1e-7))
}

function arrivals(problem: Problem, powers: readonly Float64Array[]): number[] {
  const arriveKwh: number[] = []
  const departKwh: number[] = []
  problem.visits.forEach((visit, k) => {
    const before = departKwh[visit.previous] ?? problem.vehicles[visit.vehicle]?.energyKwh ?? 0
    const arrive = before - visit.usedBeforeKwh
    const charged = (powers[k]?.reduce((sum, kw) => sum + kw, 0) ?? 0) * visit.efficiency * problem.slotHours
    arriveKwh[k] = arrive
    departKwh[k] = arrive + charged
  })
  return arriveKwh
}

function departMs(problem: Problem, k: number): number {
  return problem.visits[k]?.departMs ?? 0
}
