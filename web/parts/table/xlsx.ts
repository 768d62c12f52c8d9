import { strToU8, zipSync } from 'fflate'
import type { CellValue } from './column.ts'
import { localInstant, type Sheet } from './sheet.ts'

// write-excel-file, which the server uses, packs larger sheets in a worker made of a blob, and the pages' Content-Security-Policy allows none.

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const DOCUMENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MOST_DIGITS = 6
// Styles by their place in `cellXfs`: plain, bold, a date, an instant, then numbers by their digits.
const [BOLD, DATE, INSTANT, NUMBERS] = [1, 2, 3, 4]
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30)
const DAY_MS = 86_400_000

/** A table as an Excel workbook (ECMA-376) of one sheet: numbers are numbers, times are those of the site's clocks, texts never formulas. */
export function xlsxOf(sheet: Sheet, name: string): Uint8Array<ArrayBuffer> {
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${DOCUMENT}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${DOCUMENT}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${DOCUMENT}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escaped(sheetName(name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': styles(),
    'xl/worksheets/sheet1.xml': worksheet(sheet),
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(XML + text)])))
}

function worksheet(sheet: Sheet): string {
  const width = (kind: string): number => (kind === 'text' || kind === 'instant' ? 22 : 16)
  const cols = sheet.columns
    .map((column, i) => `<col min="${i + 1}" max="${i + 1}" width="${width(column.kind)}" customWidth="1"/>`)
    .join('')
  const header = sheet.header.map((text) => textCell(text, BOLD)).join('')
  const lines = sheet.lines.map(
    (line) => `<row>${line.map((value, i) => cell(value, sheet.columns[i], sheet.timeZone)).join('')}</row>`,
  )
  return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols}</cols><sheetData><row>${header}</row>${lines.join('')}</sheetData></worksheet>`
}

function cell(value: CellValue, column: Sheet['columns'][number] | undefined, timeZone: string): string {
  if (value === null) return '<c/>'
  if (typeof value === 'string')
    return column?.kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? numberCell(daysOf(`${value}T00:00:00Z`), DATE)
      : textCell(value, 0)
  if (column?.kind === 'instant')
    return numberCell(daysOf(`${localInstant(value, timeZone).replace(' ', 'T')}Z`), INSTANT)
  return numberCell(value, NUMBERS + Math.min(MOST_DIGITS, column?.digits ?? 0))
}

const daysOf = (text: string): number => (Date.parse(text) - EXCEL_EPOCH_MS) / DAY_MS
const numberCell = (value: number, style: number): string => `<c s="${style}"><v>${value}</v></c>`
const textCell = (text: string, style: number): string =>
  `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

function styles(): string {
  const digits = Array.from({ length: MOST_DIGITS + 1 }, (_, i) => (i === 0 ? '#,##0' : `#,##0.${'0'.repeat(i)}`))
  const formats = ['yyyy-mm-dd', 'yyyy-mm-dd hh:mm:ss', ...digits].map(
    (code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`,
  )
  const formatted = formats.map(
    (_, i) => `<xf numFmtId="${164 + i}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  )
  const plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
  const bold = '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
  const font = '<sz val="11"/><name val="Calibri"/>'
  return `<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats.join('')}</numFmts><fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1">${plain.replace(' xfId="0"', '')}</cellStyleXfs><cellXfs count="${formatted.length + 2}">${plain}${bold}${formatted.join('')}</cellXfs></styleSheet>`
}

/** What Excel takes for a sheet's name: at most 31 characters, none of []:*?/\ */
const sheetName = (name: string): string => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)

/** XML knows no control characters but tab and line ends. */
const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
