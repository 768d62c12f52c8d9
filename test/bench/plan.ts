import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { planFaults } from '../../scheduler/plan/check-plan.ts'
import type { ChargingPlan } from '../../domain/charging-plan.ts'
import { generateInstance } from '../../scheduler/plan/generate-instance.ts'
import { planInstance, type PlanInstance } from '../../scheduler/plan/instance.ts'
import { planCharging } from '../../scheduler/plan/plan-charging.ts'
import { createHighsSolver, type LinearProgram, type LpSolver } from '../../scheduler/plan/solver.ts'

const HEAD = [
  'buses',
  'taper',
  'columns',
  'rows',
  'solves',
  'solver s',
  'total s',
  'cpu s',
  'gap',
  'peak kW',
  'at will kW',
  'peak',
  'cost',
]

interface Run {
  plan: ChargingPlan
  totalMs: number
  /** Of the whole process: what the plan takes where nothing else runs. */
  cpuMs: number
  solverMs: number
  /** The largest program of the run. */
  columns: number
  rows: number
  solves: number
}

/**
 * `npm run bench -- plan [--buses 50,200,500,2000] [--repeats 3] [--check]`: exact plans of synthetic depots over 36 hours in quarter hours, with and
 * without taper curves; medians over repeats. `--check` runs each plan through the independent checker (slow for large depots).
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      buses: { type: 'string', default: '50,200,500,2000' },
      repeats: { type: 'string', default: '3' },
      check: { type: 'boolean', default: false },
    },
  })
  const repeats = Math.max(1, Number(values.repeats))
  print(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, medians of ${repeats}`)
  print(row(HEAD))
  const solver = createHighsSolver()
  // Loading HiGHS is not solving.
  await planCharging(planInstance.parse(generateInstance({ buses: 1 })), solver)
  for (const taper of [false, true]) {
    for (const buses of values.buses.split(',').map(Number)) {
      const instance = planInstance.parse(generateInstance({ buses, taper }))
      const runs: Run[] = []
      for (let repeat = 0; repeat < repeats; repeat += 1) runs.push(await measure(instance, solver))
      const [first] = runs
      if (first === undefined) continue
      const { plan } = first
      print(
        row([
          `${buses}`,
          taper ? 'yes' : 'no',
          `${first.columns}`,
          `${first.rows}`,
          `${first.solves}`,
          seconds(runs.map((run) => run.solverMs)),
          seconds(runs.map((run) => run.totalMs)),
          seconds(runs.map((run) => run.cpuMs)),
          `${(plan.gap * 100).toFixed(3)} %`,
          plan.peakKw.toFixed(0),
          plan.uncontrolled.peakKw.toFixed(0),
          `${((plan.peakKw / plan.uncontrolled.peakKw - 1) * 100).toFixed(0)} %`,
          `${((plan.totalCostEur / plan.uncontrolled.totalCostEur - 1) * 100).toFixed(0)} %`,
        ]),
      )
      const faults = values.check ? planFaults(instance, plan) : []
      for (const fault of faults) print(`  FAULT ${fault}`)
      if (faults.length > 0) process.exitCode = 1
    }
  }
}

async function measure(instance: PlanInstance, solver: LpSolver): Promise<Run> {
  let solverMs = 0
  let solves = 0
  let largest: LinearProgram | null = null
  const timed: LpSolver = {
    async solve(program, options) {
      const begun = performance.now()
      const outcome = await solver.solve(program, options)
      solverMs += performance.now() - begun
      solves += 1
      if (largest === null || program.rowLower.length > largest.rowLower.length) largest = program
      return outcome
    },
  }
  const cpuBefore = process.cpuUsage()
  const begun = performance.now()
  const plan = await planCharging(instance, timed)
  const totalMs = performance.now() - begun
  const { user, system } = process.cpuUsage(cpuBefore)
  const program = largest as LinearProgram | null
  return {
    plan,
    totalMs,
    cpuMs: (user + system) / 1000,
    solverMs,
    solves,
    columns: program?.cost.length ?? 0,
    rows: program?.rowLower.length ?? 0,
  }
}

function seconds(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[Math.floor(sorted.length / 2)] ?? 0) / 1000).toFixed(2)
}

function row(cells: readonly string[]): string {
  return cells.map((cell, c) => cell.padStart(Math.max(HEAD[c]?.length ?? 0, 8))).join('  ')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
