import type { LinearProgram } from './solver.ts'

/** Collects a linear program row by row in typed arrays that grow. Columns first, then rows over them. */
export interface ProgramBuilder {
  column(cost: number, lower: number, upper: number): number
  /** Begins a row; its entries follow. */
  row(lower: number, upper: number): number
  entry(column: number, value: number): void
  build(): LinearProgram
}

/** An empty linear program to be filled. */
export function programBuilder(): ProgramBuilder {
  let cost = new Float64Array(1024)
  let colLower = new Float64Array(1024)
  let colUpper = new Float64Array(1024)
  let rowLower = new Float64Array(1024)
  let rowUpper = new Float64Array(1024)
  let starts = new Int32Array(1024)
  let indices = new Int32Array(4096)
  let values = new Float64Array(4096)
  let columns = 0
  let rows = 0
  let entries = 0
  return {
    column(columnCost, lower, upper) {
      if (columns === cost.length) {
        cost = twice(cost)
        colLower = twice(colLower)
        colUpper = twice(colUpper)
      }
      cost[columns] = columnCost
      colLower[columns] = lower
      colUpper[columns] = upper
      columns += 1
      return columns - 1
    },
    row(lower, upper) {
      if (rows === rowLower.length) {
        rowLower = twice(rowLower)
        rowUpper = twice(rowUpper)
        starts = twiceInts(starts)
      }
      rowLower[rows] = lower
      rowUpper[rows] = upper
      starts[rows] = entries
      rows += 1
      return rows - 1
    },
    entry(column, value) {
      if (entries === indices.length) {
        indices = twiceInts(indices)
        values = twice(values)
      }
      indices[entries] = column
      values[entries] = value
      entries += 1
    },
    build() {
      const rowStarts = new Int32Array(rows + 1)
      rowStarts.set(starts.subarray(0, rows))
      rowStarts[rows] = entries
      return {
        cost: cost.slice(0, columns),
        colLower: colLower.slice(0, columns),
        colUpper: colUpper.slice(0, columns),
        rowLower: rowLower.slice(0, rows),
        rowUpper: rowUpper.slice(0, rows),
        starts: rowStarts,
        indices: indices.slice(0, entries),
        values: values.slice(0, entries),
      }
    },
  }
}

function twice(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2)
  larger.set(array)
  return larger
}

function twiceInts(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
