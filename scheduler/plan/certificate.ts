import type { LinearProgram } from './solver.ts'

/**
 * A lower bound on the program's optimum from any row prices, by weak duality: whatever the solver's tolerances or mistakes, no feasible
 * point costs less. `costs` and `upper` may replace the program's own. `reducedCosts` is what each column costs after paying the rows.
 */
export function lagrangianBound(
  program: LinearProgram,
  rowPrices: Float64Array,
  costs = program.cost,
  upper = program.colUpper,
): { bound: number; reducedCosts: Float64Array } {
  const reducedCosts = costs.slice()
  let bound = 0
  for (let row = 0; row < program.rowLower.length; row += 1) {
    let price = rowPrices[row] ?? 0
    const side = price > 0 ? (program.rowLower[row] ?? 0) : (program.rowUpper[row] ?? 0)
    // A price on a side that does not exist is a rounding error of the solver; without it the bound stays true.
    if (price === 0 || !Number.isFinite(side)) price = 0
    else bound += price * side
    if (price === 0) continue
    for (let entry = program.starts[row] ?? 0; entry < (program.starts[row + 1] ?? 0); entry += 1) {
      const column = program.indices[entry] ?? 0
      reducedCosts[column] = (reducedCosts[column] ?? 0) - price * (program.values[entry] ?? 0)
    }
  }
  for (let column = 0; column < reducedCosts.length; column += 1) {
    const cost = reducedCosts[column] ?? 0
    if (cost !== 0) bound += cost * (cost > 0 ? (program.colLower[column] ?? 0) : (upper[column] ?? 0))
  }
  return { bound, reducedCosts }
}
