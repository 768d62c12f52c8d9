import type { Language } from '../../../domain/language.ts'
import { Sentence } from '../../../domain/sentences/sentence.ts'
import { Temporal } from 'temporal-polyfill'
import writeXlsxFile, { type Cell, type Row } from 'write-excel-file/universal'
import {
  excelFormat,
  inFileUnit,
  type CellValue,
  type FileOptions,
  type ReportColumn,
  type ReportTable,
} from './report-table.ts'
import { headerOf, sheetWords } from './words.ts'

/** A report as an Excel workbook: the figures, and a second sheet with what is missing and where figures are from. Texts are texts, never formulas. */
export async function xlsxOf(table: ReportTable, { lang }: FileOptions): Promise<Uint8Array> {
  const header: Row = table.columns.map((column) => ({
    value: headerOf(column.key, lang),
    type: String,
    fontWeight: 'bold',
  }))
  const rows = table.rows.map((row): Row =>
    table.columns.map((column) => cellOf(row[column.key] ?? null, column, { lang, timeZone: table.timeZone })),
  )
  const words = sheetWords(lang)
  const blob = await writeXlsxFile([
    {
      data: [header, ...rows],
      sheet: words.figures,
      columns: table.columns.map((column) => ({
        width: column.kind === 'text' || column.kind === 'instant' ? 22 : 16,
      })),
      stickyRowsCount: 1,
    },
    {
      data: [
        [{ value: table.title.in(lang), type: String, fontWeight: 'bold' }],
        ...table.notes.map((note): Row => [{ value: note.in(lang), type: String }]),
      ],
      sheet: words.notes,
      columns: [{ width: 120 }],
    },
  ]).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

function cellOf(
  value: CellValue,
  column: ReportColumn,
  { lang, timeZone }: { lang: Language; timeZone: string },
): Cell {
  if (value === null) return null
  if (value instanceof Date) return { value: wallClock(value, timeZone), type: Date, format: 'yyyy-mm-dd hh:mm:ss' }
  if (value instanceof Sentence) return { value: value.in(lang), type: String }
  if (typeof value === 'string') return { value, type: String }
  const format = excelFormat(column.kind)
  return { value: inFileUnit(value, column.kind), type: Number, ...(format === undefined ? {} : { format }) }
}

/** Excel knows no zones: the instant whose UTC reading is what the local clocks show. */
function wallClock(at: Date, timeZone: string): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  return new Date(at.getTime() + zoned.offsetNanoseconds / 1e6)
}
