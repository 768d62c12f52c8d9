import { windowMeans } from './costs.ts'
import type { ProgramBuilder } from './program-builder.ts'
import type { Problem } from './problem.ts'

/** Costs are given to the solver in cents, so that its tolerances are far below what anyone pays. */
export const OBJECTIVE_SCALE = 100

/** The limits, where the points below a node could exceed them, and the peak above the 15-minute means at the grid connection. */
export function addNodes(builder: ProgramBuilder, problem: Problem, powers: readonly number[]): Int32Array[] {
  const { slots, nodes } = problem
  /** Per node and slot the powers below it, and the most they can be together. */
  const below = nodes.map(() => Array.from({ length: slots }, (): number[] => []))
  const most = nodes.map(() => new Float64Array(slots))
  problem.visits.forEach((visit, k) => {
    visit.maxKw.forEach((maxKw, i) => {
      const t = visit.firstSlot + i
      for (let n = visit.node; n >= 0; n = nodes[n]?.parent ?? -1) below[n]?.[t]?.push((powers[k] ?? 0) + i)
      addTo(most[visit.node], t, maxKw)
    })
  })
  const limitRows = nodes.map(() => new Int32Array(slots).fill(-1))
  for (let n = nodes.length - 1; n >= 0; n -= 1) {
    const node = nodes[n]
    const rows = limitRows[n]
    if (node === undefined || rows === undefined) continue
    for (let t = 0; t < slots; t += 1) {
      const mostKw = most[n]?.[t] ?? 0
      const freeKw = node.freeKw[t] ?? 0
      addTo(most[node.parent], t, Math.min(mostKw, freeKw))
      if (mostKw <= freeKw) continue
      rows[t] = builder.row(-Infinity, freeKw)
      for (const column of below[n]?.[t] ?? []) builder.entry(column, 1)
    }
  }
  addPeak(builder, problem, below[0] ?? [])
  return limitRows
}

function addPeak(builder: ProgramBuilder, problem: Problem, atConnection: readonly (readonly number[])[]): void {
  const root = problem.nodes[0]
  if (problem.peak === null || root === undefined) return
  const { soFarKw, eurPerKw } = problem.peak
  const baseKw = windowMeans(problem, root.baseKw)
  const above = Math.max(0, ...baseKw.map((base) => base - soFarKw))
  const chargersKw = problem.visits.reduce((sum, visit) => sum + Math.max(0, ...visit.maxKw), 0)
  const peakColumn = builder.column(OBJECTIVE_SCALE * eurPerKw, above, above + Math.max(0, ...baseKw) + chargersKw)
  const members = problem.peakWindowSlots.map((): number[] => [])
  atConnection.forEach((columns, t) => {
    const window = members[problem.peakWindowOfSlot[t] ?? 0]
    for (const column of columns) window?.push(column)
  })
  members.forEach((columns, window) => {
    if (columns.length === 0) return
    builder.row(-Infinity, soFarKw - (baseKw[window] ?? 0))
    for (const column of columns) builder.entry(column, 1 / (problem.peakWindowSlots[window] ?? 1))
    builder.entry(peakColumn, -1)
  })
}

function addTo(series: Float64Array | undefined, t: number, value: number): void {
  if (series !== undefined) series[t] = (series[t] ?? 0) + value
}
