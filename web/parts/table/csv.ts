import type { CellValue } from './column.ts'
import { localInstant, type Sheet } from './sheet.ts'

/** A cell that a spreadsheet would take for a formula. OWASP, CSV Injection. */
const FORMULA = /^[=+\-@\t\r]/

/**
 * A table as CSV (RFC 4180: CRLF, quotes doubled), like the server's own files: in English with `,` and a decimal point; in Bulgarian and
 * Ukrainian as their Excel reads it, with a byte order mark, `;` and a decimal comma.
 */
export function csvOf(sheet: Sheet, language: string): string {
  const local = language !== 'en'
  const separator = local ? ';' : ','
  const quoted = (text: string): string =>
    text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  const cell = (value: CellValue, column: Sheet['columns'][number] | undefined): string => {
    if (value === null) return ''
    if (typeof value === 'string') return quoted(FORMULA.test(value) ? `'${value}` : value)
    if (column?.kind === 'instant') return localInstant(value, sheet.timeZone)
    const text = value.toFixed(column?.digits ?? 0)
    return local ? text.replace('.', ',') : text
  }
  const lines = [
    sheet.header.map(quoted),
    ...sheet.lines.map((line) => line.map((value, index) => cell(value, sheet.columns[index]))),
  ]
  return `${local ? '\uFEFF' : ''}${lines.map((line) => `${line.join(separator)}\r\n`).join('')}`
}
