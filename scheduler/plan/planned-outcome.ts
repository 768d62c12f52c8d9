import type { FactSpan } from '../../domain/plan-fact.ts'
import type { PlanCosts, VisitPowers } from './costs.ts'
import { localTime } from './local-time.ts'
import type { Problem } from './problem.ts'
import type { SimulatedVisit } from './simulate.ts'

/** Everything known about a finished plan before it is put into words. */
export interface PlannedOutcome {
  problem: Problem
  powers: VisitPowers
  costs: PlanCosts
  simulated: readonly SimulatedVisit[]
  shortKwh: readonly number[]
  uncontrolled: PlanCosts
  /** What one more kW through each node would save in each slot, in EUR; null when no linear program was solved. */
  shadowEurPerKw: readonly Float64Array[] | null
}

/** Charging power through each node in each slot. */
export function nodeFlows(problem: Problem, powers: VisitPowers): Float64Array[] {
  const flows = problem.nodes.map(() => new Float64Array(problem.slots))
  problem.visits.forEach((visit, k) => {
    for (let n = visit.node; n >= 0; n = problem.nodes[n]?.parent ?? -1) {
      const flow = flows[n]
      powers[k]?.forEach((kw, i) => {
        if (flow !== undefined) flow[visit.firstSlot + i] = (flow[visit.firstSlot + i] ?? 0) + kw
      })
    }
  })
  return flows
}

/** The longest stretches of the slots that are marked, in order of time, and how many more there are. */
export function spansOf(
  problem: Problem,
  marked: (slot: number) => boolean,
  most = 3,
): { spans: FactSpan[]; moreSpans: number } {
  const all: { from: number; to: number }[] = []
  for (let t = 0; t < problem.slots; t += 1) {
    if (!marked(t)) continue
    const last = all.at(-1)
    if (last !== undefined && last.to === t) last.to = t + 1
    else all.push({ from: t, to: t + 1 })
  }
  const shown = all
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, most)
    .toSorted((a, b) => a.from - b.from)
  const at = (slot: number): string => new Date(problem.startMs + slot * problem.slotMs).toISOString()
  return {
    spans: shown.map(({ from, to }) => ({ from: at(from), to: at(to) })),
    moreSpans: all.length - shown.length,
  }
}

/** "Mon 22:00–23:30, Tue 02:00–04:15" for the slots that are marked; the longest spans when there are more than `most`. */
export function spansOfTime(problem: Problem, marked: (slot: number) => boolean, most = 3): string {
  return spansText(problem, spansOf(problem, marked, most))
}

/** The same for stretches that are known. */
export function spansText(problem: Problem, { spans, moreSpans }: { spans: FactSpan[]; moreSpans: number }): string {
  const clock = localTime(problem.timeZone)
  const words = spans
    .map(({ from, to }) => `${clock.withDay(Date.parse(from))}–${clock.time(Date.parse(to))}`)
    .join(', ')
  return moreSpans > 0 ? `${words} and ${moreSpans} shorter times` : words
}

/** "12.3 kW", without a decimal from 100 on. */
export function kwText(kw: number): string {
  return `${kw.toFixed(Math.abs(kw) < 99.95 && Math.abs(kw - Math.round(kw)) > 0.05 ? 1 : 0)} kW`
}

/** "85 %". */
export function percentText(share: number): string {
  return `${Math.round(share * 100)} %`
}
