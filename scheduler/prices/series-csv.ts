import { say, type Sentence } from '../../domain/sentences/sentence.ts'

export interface CsvProblem {
  line: number
  said: Sentence
}

/** A column that values may stand in. */
export interface ValueColumn {
  name: string
  /** What a value is multiplied with; the product is a whole number unless `decimals` says otherwise. */
  factor: number
  least: number
  most: number
  decimals?: number
  /** What is said of a value that cannot be meant. */
  wrong: 'csvNoEuros' | 'csvNoGrams' | 'csvNoDegrees'
}

export interface CsvRow {
  startMs: number
  value: number
}

/**
 * Reads a series from CSV: a header with a column of times and a column of values, then one line a value, in any order. Times are ISO 8601 with `Z` or an offset: a local time alone means
 * two instants when the clocks go back. Semicolons with decimal commas are understood too. Rows come back ascending; when there is any problem there are none.
 */
export function readSeriesCsv(
  text: string,
  timeColumn: string,
  columns: readonly ValueColumn[],
): { rows: CsvRow[]; problems: CsvProblem[] } {
  const problems: CsvProblem[] = []
  const lines = text.replace(/^\u{FEFF}/u, '').split(/\r\n|\n|\r/)
  const separator = (lines[0] ?? '').includes(';') ? ';' : ','
  const header = (lines[0] ?? '').split(separator).map((name) => unquoted(name).toLowerCase())
  const timeIndex = header.indexOf(timeColumn.toLowerCase())
  const column = columns.find((one) => header.includes(one.name.toLowerCase()))
  if (timeIndex < 0 || column === undefined) {
    const [first = '', ...others] = columns.map((one) => one.name)
    const named = others.length === 0 ? first : say('orColumn', { first, other: others.join(', ') })
    return { rows: [], problems: [{ line: 1, said: say('csvHeader', { time: timeColumn, column: named }) }] }
  }
  const valueIndex = header.indexOf(column.name.toLowerCase())
  const scale = 10 ** (column.decimals ?? 0)
  const rows: (CsvRow & { line: number })[] = []
  for (const [index, content] of lines.entries()) {
    const line = index + 1
    if (index === 0 || content.trim() === '') continue
    const fields = content.split(separator).map(unquoted)
    const start = fields[timeIndex] ?? ''
    const written = fields[valueIndex] ?? ''
    const startMs = instantOf(start)
    const value = Number(separator === ';' ? written.replace(',', '.') : written) * column.factor
    if (startMs === null) {
      problems.push({ line, said: say('csvNoInstant', { column: timeColumn, value: start }) })
    } else if (written === '' || !(value >= column.least && value <= column.most)) {
      problems.push({ line, said: say(column.wrong, { value: written }) })
    } else rows.push({ startMs, value: Math.round(value * scale) / scale + 0, line })
  }
  rows.sort((a, b) => a.startMs - b.startMs)
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1]
    if (before !== undefined && before.startMs === row.startMs) {
      problems.push({ line: row.line, said: say('csvSameAsLine', { column: timeColumn, line: before.line }) })
    }
  }
  if (rows.length === 0 && problems.length === 0) problems.push({ line: 1, said: say('csvNoValue') })
  if (problems.length > 0) return { rows: [], problems: problems.sort((a, b) => a.line - b.line) }
  return { rows: rows.map(({ startMs, value }) => ({ startMs, value })), problems }
}

const SHORTEST_MS = 60_000
const LONGEST_MS = 24 * 3_600_000

/**
 * Rows as spans: each lasts until the next begins, but not longer than the usual step of the series, so that a hole stays a hole; the last one lasts as long as the
 * usual step, an hour when there is only one.
 */
export function spansOf(rows: readonly CsvRow[]): { startAt: Date; endAt: Date; value: number }[] {
  const stepMs = usualStep(rows)
  return rows.map((row, i) => {
    const nextMs = rows[i + 1]?.startMs ?? Number.POSITIVE_INFINITY
    return {
      startAt: new Date(row.startMs),
      endAt: new Date(Math.min(nextMs, row.startMs + stepMs)),
      value: row.value,
    }
  })
}

/** The step that most rows have. */
function usualStep(rows: readonly CsvRow[]): number {
  const counts = new Map<number, number>()
  for (const [i, row] of rows.entries()) {
    const step = row.startMs - (rows[i - 1]?.startMs ?? Number.NaN)
    if (step >= SHORTEST_MS && step <= LONGEST_MS) counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 3_600_000
}

function instantOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null
  const at = Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(at) ? null : at
}

function unquoted(text: string): string {
  const trimmed = text.trim()
  return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1).trim() : trimmed
}
