import type { Format } from '../format.ts'

export type CellValue = string | number | null

/**
 * One column of a table, as it is shown, sorted and written into files. `value` is a text, a number in the unit that is shown, an instant
 * (epoch ms) or a local date (`YYYY-MM-DD`), by `kind`; null is unknown and is never shown as 0.
 */
export interface Column<Row> {
  key: string
  label: string
  /** Stands behind the label, not behind every figure. */
  unit?: string
  kind: 'text' | 'number' | 'instant' | 'date'
  /** Digits behind the point, of numbers. */
  digits?: number
  value: (row: Row) => CellValue
  /** Where a cell leads. */
  href?: (row: Row) => string | undefined
  /** A long text: it may take several lines. */
  wraps?: boolean
  /** Drawn by the table's `cell` snippet; sorted and written into files by `value` all the same. */
  custom?: boolean
}

/** Values under the columns, by key, in the columns' own units. */
export type Totals = Readonly<Record<string, CellValue>>

export const headingOf = (column: Pick<Column<never>, 'label' | 'unit'>): string =>
  column.unit === undefined ? column.label : `${column.label}, ${column.unit}`

/** A number as precise as it is shown; everything else as it is. */
export function shownValue(value: CellValue, column: Pick<Column<never>, 'kind' | 'digits'>): CellValue {
  if (typeof value !== 'number' || column.kind !== 'number') return value
  if (!Number.isFinite(value)) return null
  // Adding 0 makes 0 of the −0 that small negative figures round to.
  return Number(value.toFixed(column.digits ?? 0)) + 0
}

/** A cell in words of the reader; unknown is a dash. */
export function cellText(value: CellValue, column: Pick<Column<never>, 'kind' | 'digits'>, format: Format): string {
  const shown = shownValue(value, column)
  if (shown === null || shown === '') return '–'
  if (typeof shown === 'number') {
    if (column.kind === 'instant') return format.dateTime(shown)
    return format.fixed(shown, column.digits ?? 0)
  }
  return column.kind === 'date' ? format.date(shown) : shown
}
