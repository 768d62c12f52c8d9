import type { Bar, Row } from './timeline-model.ts'

/** A bar and the row that it is in. */
export interface BarInRow {
  row: Row
  bar: Bar
}

/** Whether `key` walks over the bars, even where there is none further on. */
export const walksBars = (key: string): boolean => steps.has(key)

/**
 * The bar that `key` leads to: left and right within the row, Home and End to its ends, up and down to the bar nearest in
 * time of the next row that has any. Undefined where there is none, and for other keys.
 */
export function nextBar(rows: readonly Row[], from: BarInRow, key: string): BarInRow | undefined {
  return steps.get(key)?.(rows, from)
}

type Step = (rows: readonly Row[], from: BarInRow) => BarInRow | undefined

const steps = new Map<string, Step>([
  ['ArrowLeft', (_, { row, bar }) => inRow(row, row.bars[row.bars.indexOf(bar) - 1])],
  ['ArrowRight', (_, { row, bar }) => inRow(row, row.bars[row.bars.indexOf(bar) + 1])],
  ['Home', (_, { row }) => inRow(row, row.bars.at(0))],
  ['End', (_, { row }) => inRow(row, row.bars.at(-1))],
  ['ArrowUp', (rows, { row, bar }) => nearestIn(rows.slice(0, Math.max(0, rows.indexOf(row))).toReversed(), bar)],
  ['ArrowDown', (rows, { row, bar }) => nearestIn(rows.slice(rows.indexOf(row) + 1), bar)],
])

const inRow = (row: Row, bar: Bar | undefined): BarInRow | undefined => (bar === undefined ? undefined : { row, bar })

function nearestIn(rows: readonly Row[], bar: Bar): BarInRow | undefined {
  const row = rows.find((one) => one.bars.length > 0)
  return row && inRow(row, row.bars.toSorted((a, b) => distance(a, bar) - distance(b, bar))[0])
}

const distance = (a: Bar, b: Bar): number => Math.abs((a.from + a.to) / 2 - (b.from + b.to) / 2)
