import { CsvError, parse } from 'csv-parse/sync'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import { FeedRefused, type Findings } from './feed-report.ts'
import { isKnownColumn } from './known-columns.ts'

export interface Row {
  /** Line in the file, the header being 1. */
  line: number
  /** '' when the column is missing or the value empty. */
  values: Record<string, string>
}

/** Rows go to `onRow` as they are read, so that a file of a million lines never stands in memory as objects. Fields come in the order of `columns`. */
export interface TableReader {
  columns: readonly string[]
  onRow(fields: readonly string[], line: number): void
}

const BLANKS_AROUND_QUOTES = /[,\n][ \t]+"|"[ \t]+[,\r\n]/

/**
 * Reads one CSV file of a feed: UTF-8 with or without a byte order mark or UTF-16 with one, quoted or not, blanks around headers and values taken off (and
 * reported), short and long lines mended (and reported). Columns asked for but missing read as ''. false: there is no such file.
 */
export function readTable(
  files: ReadonlyMap<string, Uint8Array>,
  file: string,
  findings: Findings,
  reader: TableReader,
): boolean {
  const raw = files.get(file)
  if (raw === undefined) return false
  const isUtf16 = raw[0] === 0xff && raw[1] === 0xfe
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(raw)
  const hasNul = !isUtf16 && text.includes('\0')
  if (hasNul) findings.warning(file, 'nul', say('nulTakenOut'), null, '')
  const bytes = hasNul ? raw.filter((byte) => byte !== 0) : raw
  if (text.includes('\u{FFFD}')) {
    findings.warning(file, 'notUtf8', say('notUtf8'), null, '')
  }
  let positions: number[] | null = null
  let width = 0
  let order: readonly string[] = []
  const header = (fields: string[]): void => {
    const names = fields.map((name) => {
      const clean = name.trim()
      if (clean !== name) findings.warning(file, 'blanksInHeader', say('blanksInHeader'), 1, `"${name}"`)
      return clean
    })
    for (const [index, name] of names.entries()) {
      if (name === '') continue
      if (names.indexOf(name) !== index) {
        findings.warning(file, 'duplicateColumn', say('columnTwice'), 1, name)
      }
      if (!isKnownColumn(file, name)) findings.warning(file, 'unknownColumn', say('unknownColumns'), 1, name)
    }
    width = names.length
    positions = reader.columns.map((column) => names.indexOf(column))
    order = names
  }
  const record = (fields: string[], line: number): void => {
    if (positions === null) return header(fields)
    if (fields.length === 1 && (fields[0] ?? '').trim() === '') return
    if (fields.length !== width) {
      findings.warning(
        file,
        'lineLength',
        say('lineLength', { columns: width }),
        line,
        say('valuesInLine', { n: fields.length }),
      )
    }
    reader.onRow(
      positions.map((position) => (position < 0 ? '' : clean(fields[position] ?? '', order[position] ?? '', line))),
      line,
    )
  }
  const clean = (value: string, column: string, line: number): string => {
    if (!hasBlankEnds(value)) return value
    findings.warning(file, 'blanksInValue', say('blanksInValues', { column }), line, `"${value}"`)
    return value.trim()
  }
  let lastLine = 0
  try {
    parse(bytes, {
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: BLANKS_AROUND_QUOTES.test(text),
      on_record: (fields: string[], { lines }) => {
        record(fields, lines)
        lastLine = lines
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new FeedRefused(csvFault(file, error, lastLine + 1))
  }
  return true
}

/** The rows of a small file, each a record of its `columns`; [] when the file is missing. */
export function readRows(
  files: ReadonlyMap<string, Uint8Array>,
  file: string,
  findings: Findings,
  columns: readonly string[],
): Row[] {
  const rows: Row[] = []
  readTable(files, file, findings, {
    columns,
    onRow: (fields, line) => {
      const values: Record<string, string> = {}
      for (const [index, column] of columns.entries()) values[column] = fields[index] ?? ''
      rows.push({ line, values })
    },
  })
  return rows
}

/** The parser's own words are English; of all its faults only one is not mended by how it is asked. `line`: where the record begins. */
function csvFault(file: string, error: CsvError, line: number): Sentence {
  return error.code === 'CSV_QUOTE_NOT_CLOSED' ? say('csvQuoteOpen', { file, line }) : say('csvUnreadable', { file })
}

function hasBlankEnds(value: string): boolean {
  return value !== '' && (isBlank(value.charCodeAt(0)) || isBlank(value.charCodeAt(value.length - 1)))
}

function isBlank(code: number): boolean {
  return code <= 32 || code === 0xa0 || code === 0xfeff
}
