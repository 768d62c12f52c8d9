import type { ProgramBuilder } from './program-builder.ts'
import type { Problem, ProblemVisit } from './problem.ts'
import type { TaperLine } from './taper-lines.ts'

/** `safe` keeps a plan chargeable; `generous` leaves out nothing that is. */
export type TaperMode = 'safe' | 'generous'

/**
 * By how much a line's limit at the slot's start must exceed the slot's mean power.
 * Safe: a constant power must still fit at the slot's end where the line falls. Generous: the mean of charging along the line itself
 * (Löbel et al., arXiv 2407.14446, show that a line on its own would promise too much).
 */
export function powerFactor(line: TaperLine, hours: number, mode: TaperMode): number {
  const x = line.perHour * hours
  if (mode === 'safe') return 1 + Math.max(0, x)
  return Math.abs(x) < 1e-9 ? 1 : x / (1 - Math.exp(-x))
}

export interface TaperSlot {
  /** Index into `Problem.visits`. */
  visit: number
  /** Counted from the visit's first slot. */
  slot: number
}

export interface TaperSlotColumns {
  slot: number
  lines: readonly TaperLine[]
  mode: TaperMode
  /** Column of the visit's first power. */
  firstPower: number
  /** Energy at arrival: what this column holds (-1: nothing) and `arriveKwh` more. */
  arriveColumn: number
  arriveKwh: number
  /** The least that it can hold at arrival; below 0 where a vehicle may run empty. */
  arriveLowKwh: number
}

/** Keeps a visit's power in one slot under its taper lines, at the energy that it has by then. */
export function addTaperRowsOfSlot(
  builder: ProgramBuilder,
  problem: Problem,
  visit: ProblemVisit,
  { slot, lines, mode, firstPower, arriveColumn, arriveKwh, arriveLowKwh }: TaperSlotColumns,
): void {
  const gain = visit.efficiency * problem.slotHours
  const share = visit.share[slot] ?? 1
  for (const line of lines) {
    // A flat line that the visit's own power limit already keeps says nothing.
    if (line.perHour === 0 && line.atZeroKw >= ((visit.maxKw[slot] ?? 0) * visit.efficiency) / share) continue
    // Where the curve rises from an empty battery, a negative energy would leave less than nothing.
    if (line.perHour < 0 && arriveLowKwh < 0) continue
    builder.row(-Infinity, line.atZeroKw - line.perHour * arriveKwh)
    if (arriveColumn >= 0) builder.entry(arriveColumn, line.perHour)
    for (let i = 0; i < slot; i += 1) builder.entry(firstPower + i, line.perHour * gain)
    builder.entry(firstPower + slot, powerFactor(line, share * problem.slotHours, mode) * (visit.efficiency / share))
  }
}

/** Battery-side kW that a power may be above a safe line before it counts as too much; the simulation takes what remains off the plan. */
const TOLERANCE_KW = 0.005

/**
 * The slots of `visits` in which their powers are more than their batteries take, and those next to them, where the excess would move.
 * `arriveKwh` and `powers` are per visit, as `Problem.visits`.
 */
export function slotsAboveTaper(
  problem: Problem,
  visits: Iterable<number>,
  arriveKwh: ArrayLike<number>,
  powers: readonly Float64Array[],
): TaperSlot[] {
  const slots: TaperSlot[] = []
  for (const k of visits) {
    const visit = problem.visits[k]
    const lines = problem.vehicles[visit?.vehicle ?? -1]?.lines.safe
    const own = powers[k]
    if (visit === undefined || lines === undefined || own === undefined) continue
    const found = new Set<number>()
    let energyKwh = arriveKwh[k] ?? 0
    own.forEach((kw, i) => {
      const share = visit.share[i] ?? 1
      const steadyKw = (kw * visit.efficiency) / share
      const above = lines.some(
        (line) =>
          powerFactor(line, share * problem.slotHours, 'safe') * steadyKw + line.perHour * energyKwh >
          line.atZeroKw + TOLERANCE_KW,
      )
      if (kw > 0 && above) for (let near = i - 1; near <= i + 2; near += 1) found.add(near)
      energyKwh += kw * visit.efficiency * problem.slotHours
    })
    for (const slot of [...found].toSorted((a, b) => a - b)) {
      if (slot >= 0 && slot < own.length) slots.push({ visit: k, slot })
    }
  }
  return slots
}
