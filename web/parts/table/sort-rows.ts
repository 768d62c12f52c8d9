import type { Column } from './column.ts'

/** `energy` sorts up, `-energy` down, an empty text leaves the order as it came. */
export type Sort = string

export const sortKey = (sort: Sort): string => sort.replace(/^-/, '')
export const isDown = (sort: Sort): boolean => sort.startsWith('-')

/** What a press on a column's heading makes of the order: numbers begin with the largest, texts with the first; the third press undoes both. */
export function nextSort(sort: Sort, column: Pick<Column<never>, 'key' | 'kind'>): Sort {
  const first = column.kind === 'number' ? `-${column.key}` : column.key
  if (sortKey(sort) !== column.key) return first
  if (sort !== first) return ''
  return isDown(first) ? column.key : `-${column.key}`
}

/** Rows in the order asked for; unknown values come last either way, equals stay as they were. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort,
  locale: string,
): readonly Row[] {
  const column = columns.find((one) => one.key === sortKey(sort))
  if (column === undefined) return rows
  const collator = new Intl.Collator(locale, { numeric: true })
  const sign = isDown(sort) ? -1 : 1
  const valued = rows.map((row) => ({ row, value: column.value(row) }))
  valued.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
    if (typeof a.value === 'number' && typeof b.value === 'number') return sign * (a.value - b.value)
    return sign * collator.compare(String(a.value), String(b.value))
  })
  return valued.map((one) => one.row)
}
