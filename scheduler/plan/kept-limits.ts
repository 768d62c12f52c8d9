import type { Problem } from './problem.ts'

/** Powers are given to a milliwatt. */
const STEP_KW = 1e-6

/** The solver's powers without its rounding errors: never below zero, above a point or above any node's limit. Changes nothing by more than its tolerances. */
export function keptWithinLimits(problem: Problem, solved: readonly Float64Array[]): Float64Array[] {
  const powers = problem.visits.map((visit, k) =>
    Float64Array.from(visit.maxKw, (maxKw, i) =>
      Math.max(0, Math.min(maxKw, Math.floor((solved[k]?.[i] ?? 0) / STEP_KW + 1e-3) * STEP_KW)),
    ),
  )
  const flows = problem.nodes.map(() => new Float64Array(problem.slots))
  const eachNode = (visitNode: number, act: (n: number) => void): void => {
    for (let n = visitNode; n >= 0; n = problem.nodes[n]?.parent ?? -1) act(n)
  }
  problem.visits.forEach((visit, k) => {
    powers[k]?.forEach((kw, i) => {
      eachNode(visit.node, (n) => {
        const flow = flows[n]
        const t = visit.firstSlot + i
        if (flow !== undefined) flow[t] = (flow[t] ?? 0) + kw
      })
    })
  })
  problem.visits.forEach((visit, k) => {
    const own = powers[k]
    own?.forEach((kw, i) => {
      let fits = 1
      eachNode(visit.node, (n) => {
        const flow = flows[n]?.[visit.firstSlot + i] ?? 0
        const free = problem.nodes[n]?.freeKw[visit.firstSlot + i] ?? 0
        if (flow > free) fits = Math.min(fits, free / flow)
      })
      if (fits < 1) own[i] = kw * fits
    })
  })
  return powers
}
