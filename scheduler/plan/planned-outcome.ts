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

/** "Mon 22:00–23:30, Tue 02:00–04:15" for the slots that are marked; the longest spans when there are more than `most`. */
export function spansOfTime(problem: Problem, marked: (slot: number) => boolean, most = 3): string {
  const spans: { from: number; to: number }[] = []
  for (let t = 0; t < problem.slots; t += 1) {
    if (!marked(t)) continue
    const last = spans.at(-1)
    if (last !== undefined && last.to === t) last.to = t + 1
    else spans.push({ from: t, to: t + 1 })
  }
  const shown = spans
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, most)
    .toSorted((a, b) => a.from - b.from)
  const clock = localTime(problem.timeZone)
  const at = (slot: number): number => problem.startMs + slot * problem.slotMs
  const words = shown.map(({ from, to }) => `${clock.withDay(at(from))}–${clock.time(at(to))}`).join(', ')
  return spans.length > shown.length ? `${words} and ${spans.length - shown.length} shorter times` : words
}

/** "12.3 kW", without a decimal from 100 on. */
export function kwText(kw: number): string {
  return `${kw.toFixed(Math.abs(kw) < 99.95 && Math.abs(kw - Math.round(kw)) > 0.05 ? 1 : 0)} kW`
}

/** "85 %". */
export function percentText(share: number): string {
  return `${Math.round(share * 100)} %`
}
