import { type CellValue, type Column, headingOf, shownValue, type Totals } from './column.ts'

/** A table as files hold it: what the page shows, in its order and its precision. */
export interface Sheet {
  columns: readonly Pick<Column<never>, 'kind' | 'digits'>[]
  header: readonly string[]
  lines: readonly (readonly CellValue[])[]
  /** Instants are written as these clocks show them. */
  timeZone: string
}

export function sheetOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  totals: { label: string; values: Totals } | null,
  timeZone: string,
): Sheet {
  const lines = rows.map((row) => columns.map((column) => shownValue(column.value(row), column)))
  if (totals !== null) {
    lines.push(
      columns.map((column, index) =>
        shownValue(totals.values[column.key] ?? (index === 0 ? totals.label : null), column),
      ),
    )
  }
  return { columns, header: columns.map(headingOf), lines, timeZone }
}

/** `2026-11-23 21:42:00` on the clocks of the zone. */
export function localInstant(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`
}
