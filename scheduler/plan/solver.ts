import type { Highs, Model } from 'highs'

/** A linear program: minimise `cost · x` with `rowLower ≤ A x ≤ rowUpper` and `colLower ≤ x ≤ colUpper`; A is stored by rows (CSR). */
export interface LinearProgram {
  cost: Float64Array
  colLower: Float64Array
  colUpper: Float64Array
  rowLower: Float64Array
  rowUpper: Float64Array
  /** One entry per row and one more. */
  starts: Int32Array
  indices: Int32Array
  values: Float64Array
}

/** Where the simplex method stood; a start for a similar program of the same shape. */
export interface LpBasis {
  columns: Int32Array
  rows: Int32Array
}

/** A basis for the same program with `count` rows added at its end, each with room to spare. */
export function basisWithNewRows(basis: LpBasis, count: number): LpBasis {
  const rows = new Int32Array(basis.rows.length + count).fill(HIGHS_BASIC)
  rows.set(basis.rows)
  return { columns: basis.columns, rows }
}

/** HiGHS's `kBasic`. */
const HIGHS_BASIC = 1

export type LpOutcome =
  | { status: 'optimal'; x: Float64Array; rowDual: Float64Array; basis: LpBasis; iterations: number }
  | { status: 'failed'; reason: string }

export interface LpSolveOptions {
  basis?: LpBasis
  /** The solver gives up after this many seconds. */
  timeLimitSeconds?: number
}

/** Solves linear programs. Never throws: what goes wrong comes back as `failed`. Implementations may run elsewhere; the program is plain arrays. */
export interface LpSolver {
  solve(program: LinearProgram, options?: LpSolveOptions): Promise<LpOutcome>
}

export interface HighsSolverOptions {
  /** How HiGHS is loaded. Default: the npm package's own loader. On Workers hand in one that gets the compiled wasm module. */
  load?: () => Promise<Highs>
}

/**
 * A solver on HiGHS, loaded at the first use and reused. An instance that crashed is thrown away and the program is tried once more
 * on a fresh one. While it solves, its thread is busy.
 */
export function createHighsSolver(options: HighsSolverOptions = {}): LpSolver {
  const load = options.load ?? loadFromPackage
  let loaded: Promise<Highs> | null = null

  async function attempt(program: LinearProgram, solveOptions: LpSolveOptions): Promise<LpOutcome> {
    loaded ??= load()
    try {
      return solveWith(await loaded, program, solveOptions)
    } catch (error) {
      loaded = null
      return { status: 'failed', reason: error instanceof Error ? error.message : String(error) }
    }
  }

  return {
    async solve(program, solveOptions = {}) {
      if (program.cost.length === 0) return nothingToDecide
      const first = await attempt(program, solveOptions)
      // Still loaded means that HiGHS is well and gave up by itself: a second try would only take as long again.
      if (first.status === 'optimal' || loaded !== null) return first
      const { basis: _basis, ...coldStart } = solveOptions
      return attempt(program, coldStart)
    },
  }
}

/** What an empty program comes to; HiGHS would not say. */
const nothingToDecide: LpOutcome = {
  status: 'optimal',
  x: new Float64Array(0),
  rowDual: new Float64Array(0),
  basis: { columns: new Int32Array(0), rows: new Int32Array(0) },
  iterations: 0,
}

async function loadFromPackage(): Promise<Highs> {
  const module = await import('highs')
  // The package's types describe its CommonJS form; imported as a module, its default is the loader itself.
  const loadHighs = module.default as unknown as typeof module.default.default
  return loadHighs()
}

function solveWith(highs: Highs, program: LinearProgram, options: LpSolveOptions): LpOutcome {
  const numCols = program.cost.length
  const numRows = program.rowLower.length
  const model = highs.createModel({
    numCols,
    numRows,
    colCost: program.cost,
    colLower: program.colLower,
    colUpper: program.colUpper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csr',
      numRows,
      numCols,
      starts: program.starts,
      indices: program.indices,
      values: program.values,
    },
  })
  try {
    model.options.set({
      output_flag: false,
      solver: 'simplex',
      time_limit: options.timeLimitSeconds ?? 60,
      // Charging plans are full of ties; perturbing them more than usual saves a quarter of the iterations. The clean-up keeps it exact.
      dual_simplex_cost_perturbation_multiplier: 10,
    })
    if (options.basis !== undefined) model.setBasis({ colStatus: options.basis.columns, rowStatus: options.basis.rows })
    model.run()
    return outcomeOf(highs, model)
  } finally {
    model.dispose()
  }
}

function outcomeOf(highs: Highs, model: Model): LpOutcome {
  const status = model.getModelStatus()
  const { modelStatus } = highs.constants
  if (status !== modelStatus.optimal) {
    const name = Object.entries(modelStatus).find(([, code]) => code === status)?.[0] ?? String(status)
    return { status: 'failed', reason: `HiGHS stopped: ${name}` }
  }
  const solution = model.getSolution()
  const basis = model.getBasis()
  return {
    status: 'optimal',
    x: solution.colValue,
    rowDual: solution.rowDual,
    basis: { columns: basis.colStatus, rows: basis.rowStatus },
    iterations: Number(model.info.get('simplex_iteration_count')),
  }
}
