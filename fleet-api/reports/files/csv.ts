import type { Language } from '../../../domain/language.ts'
import { Sentence } from '../../../domain/sentences/sentence.ts'
import { Temporal } from 'temporal-polyfill'
import { decimalPlaces, type CellValue, type FileOptions, type ReportColumn, type ReportTable } from './report-table.ts'
import { headerOf } from './words.ts'

/** A cell that a spreadsheet would take for a formula. OWASP, CSV Injection. */
const FORMULA = /^[=+\-@\t\r]/

/**
 * A report as CSV (RFC 4180: CRLF, quotes doubled). In English with `,` and a decimal point; in Bulgarian and Ukrainian the way their Excel reads it: a byte order mark,
 * `;` and a decimal comma. Text that begins like a formula gets an apostrophe before it.
 */
export function csvOf(table: ReportTable, { lang }: FileOptions): string {
  const local = lang !== 'en'
  const separator = local ? ';' : ','
  const line = (cells: readonly string[]): string => `${cells.join(separator)}\r\n`
  const parts = [
    local ? '\uFEFF' : '',
    line(table.columns.map((column) => quoted(headerOf(column.key, lang), separator))),
  ]
  for (const row of table.rows)
    parts.push(
      line(
        table.columns.map((column) =>
          cellText(row[column.key] ?? null, column, { lang, timeZone: table.timeZone, separator }),
        ),
      ),
    )
  return parts.join('')
}

function cellText(
  value: CellValue,
  column: ReportColumn,
  { lang, timeZone, separator }: { lang: Language; timeZone: string; separator: string },
): string {
  const local = lang !== 'en'
  if (value === null) return ''
  if (value instanceof Date) return localInstant(value, timeZone, local)
  if (typeof value === 'number') {
    const text = decimalText(value, decimalPlaces(column.kind))
    return local ? text.replace('.', ',') : text
  }
  const text = value instanceof Sentence ? value.in(lang) : value
  return quoted(FORMULA.test(text) ? `'${text}` : text, separator)
}

function quoted(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** `value` moved `places` behind the point without the noise of binary fractions; a whole number of the smallest unit stays exact. */
export function decimalText(value: number, places: number): string {
  if (!Number.isInteger(value)) return String(Number((value / 10 ** places).toFixed(places + 6)))
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const fraction = places === 0 ? '' : `.${digits.slice(-places)}`
  return `${value < 0 ? '-' : ''}${whole}${fraction}`
}

/** With its offset, so that the hour that comes twice in autumn is told apart; for a spreadsheet as one reads it. */
function localInstant(at: Date, timeZone: string, forSpreadsheet: boolean): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  if (forSpreadsheet) return zoned.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')
  return zoned.toString({ smallestUnit: 'second', timeZoneName: 'never' })
}
