import { roundToSum } from '../../domain/share-out.ts'
import type { RowSums } from './figures.ts'

const WHOLE = [
  'energyWh',
  'sessionWh',
  'standbyWh',
  'batteryWh',
  'batteryGridWh',
  'energyCostMicroEur',
  'networkCostMicroEur',
  'peakCostMicroEur',
  'uncostedWh',
  'carbonLocationG',
  'uncarbonedWh',
  'carbonMarketG',
  'unmarketedWh',
] as const satisfies (keyof RowSums)[]

/** The rows in whole Wh, grams and millionths of a euro, so rounded that each column still adds up to its total. */
export function wholeSums(rows: readonly RowSums[]): RowSums[] {
  const whole = rows.map((row) => ({ ...row }))
  for (const name of WHOLE) {
    const values = rows.map((row) => row[name])
    const known = roundToSum(values.filter((value) => value !== null))
    let next = 0
    for (const [i, row] of whole.entries()) {
      if (values[i] === null) continue
      row[name] = known[next] ?? 0
      next += 1
    }
  }
  return whole
}
