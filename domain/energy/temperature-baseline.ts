/** One day's driving of a fleet. */
export interface DrivenDay {
  distanceKm: number
  energyKwh: number
  temperatureC: number
}

/**
 * What a kilometre took at an outdoor temperature, as learned from a baseline period: a comfortable range without heating and cooling, and a slope on either side.
 * kWh/km = base + heating × max(0, 15 − °C) + cooling × max(0, °C − 22).
 */
export interface TemperatureBaseline {
  baseKwhPerKm: number
  heatingKwhPerKmPerK: number
  coolingKwhPerKmPerK: number
  days: number
  /** Share of the days' variance that the line explains, weighted by distance; null: every day was alike. */
  rSquared: number | null
}

const HEATING_BELOW_C = 15
const COOLING_ABOVE_C = 22

/** Fewer days than this say too little. */
export const LEAST_BASELINE_DAYS = 14

/** Least squares of kWh/km on heating and cooling degrees, each day weighted by its distance. A slope for which the period has no days is 0. null: too few days. */
export function temperatureBaseline(days: readonly DrivenDay[]): TemperatureBaseline | null {
  const used = days.filter((day) => day.distanceKm > 0)
  if (used.length < LEAST_BASELINE_DAYS) return null
  const columns = [() => 1, heating, cooling].filter((column, i) => i === 0 || varies(used, column))
  const solution = solve(
    columns.map((row) =>
      columns.map((column) => weighted(used, (day) => row(day.temperatureC) * column(day.temperatureC))),
    ),
    columns.map((row) => weighted(used, (day) => row(day.temperatureC) * rate(day))),
  )
  const slopeOf = (column: (celsius: number) => number): number => solution[columns.indexOf(column)] ?? 0
  const baseline = {
    baseKwhPerKm: solution[0] ?? 0,
    heatingKwhPerKmPerK: slopeOf(heating),
    coolingKwhPerKmPerK: slopeOf(cooling),
    days: used.length,
    rSquared: null,
  }
  const mean = weighted(used, rate) / weighted(used, () => 1)
  const spread = weighted(used, (day) => (rate(day) - mean) ** 2)
  const left = weighted(used, (day) => (rate(day) - expectedKwhPerKm(baseline, day.temperatureC)) ** 2)
  return { ...baseline, rSquared: spread > 1e-12 ? 1 - left / spread : null }
}

/** What the baseline expects of a kilometre at a temperature. */
export function expectedKwhPerKm(
  baseline: Pick<TemperatureBaseline, 'baseKwhPerKm' | 'heatingKwhPerKmPerK' | 'coolingKwhPerKmPerK'>,
  temperatureC: number,
): number {
  return (
    baseline.baseKwhPerKm +
    baseline.heatingKwhPerKmPerK * heating(temperatureC) +
    baseline.coolingKwhPerKmPerK * cooling(temperatureC)
  )
}

function heating(celsius: number): number {
  return Math.max(0, HEATING_BELOW_C - celsius)
}

function cooling(celsius: number): number {
  return Math.max(0, celsius - COOLING_ABOVE_C)
}

function rate(day: DrivenDay): number {
  return day.energyKwh / day.distanceKm
}

function weighted(days: readonly DrivenDay[], pick: (day: DrivenDay) => number): number {
  return days.reduce((sum, day) => sum + day.distanceKm * pick(day), 0)
}

function varies(days: readonly DrivenDay[], column: (celsius: number) => number): boolean {
  const values = days.map((day) => column(day.temperatureC))
  return Math.max(...values) - Math.min(...values) > 0.5
}

/** Gaussian elimination with pivots; an unknown that nothing decides is 0. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0])
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    let pivot = column
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(at(rows, row, column)) > Math.abs(at(rows, pivot, column))) pivot = row
    const pivotRow = rows[pivot]
    const columnRow = rows[column]
    if (pivotRow === undefined || columnRow === undefined || Math.abs(at(rows, pivot, column)) < 1e-9) continue
    rows[column] = pivotRow
    rows[pivot] = columnRow
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue
      const factor = at(rows, row, column) / at(rows, column, column)
      rows[row] = (rows[row] ?? []).map((value, i) => value - factor * at(rows, column, i))
    }
  }
  return rows.map((row, i) => (Math.abs(row[i] ?? 0) < 1e-9 ? 0 : (row[size] ?? 0) / (row[i] ?? 1)))
}

function at(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0
}
