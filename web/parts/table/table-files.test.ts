import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { createFormat } from '../format.ts'
import { cellText, type Column } from './column.ts'
import { csvOf } from './csv.ts'
import { sheetOf } from './sheet.ts'
import { nextSort, sortRows } from './sort-rows.ts'
import { xlsxOf } from './xlsx.ts'

interface Row {
  name: string
  energy: number | null
  at: number
  day: string
}

const columns: Column<Row>[] = [
  { key: 'name', label: 'Bus', kind: 'text', value: (row) => row.name },
  { key: 'energy', label: 'Energy', unit: 'kWh', kind: 'number', digits: 1, value: (row) => row.energy },
  { key: 'at', label: 'At', kind: 'instant', value: (row) => row.at },
  { key: 'day', label: 'Day', kind: 'date', value: (row) => row.day },
]
const rows: Row[] = [
  { name: 'Bus 10', energy: 1234.56, at: Date.parse('2026-10-25T00:30:00Z'), day: '2026-10-25' },
  { name: '=Bus "2"; x', energy: null, at: Date.parse('2026-10-25T01:30:00Z'), day: '2026-10-26' },
]
const sheet = sheetOf(columns, rows, { label: 'Total', values: { energy: 1234.56 } }, 'Europe/Sofia')

test('a CSV file holds what the table shows, in its order and precision, unknown as an empty cell', () => {
  expect(csvOf(sheet, 'en')).toBe(
    'Bus,"Energy, kWh",At,Day\r\n' +
      'Bus 10,1234.6,2026-10-25 03:30:00,2026-10-25\r\n' +
      '"\'=Bus ""2""; x",,2026-10-25 03:30:00,2026-10-26\r\n' +
      'Total,1234.6,,\r\n',
  )
})

test('in Bulgarian it is as Bulgarian Excel reads it: byte order mark, semicolon, decimal comma', () => {
  const text = csvOf(sheet, 'bg')
  expect(text.startsWith('\uFEFFBus;Energy, kWh;At;Day\r\nBus 10;1234,6;')).toBe(true)
  expect(text).toContain('"\'=Bus ""2""; x"')
})

test('a workbook has numbers as numbers and times on the site’s clocks', () => {
  const files = unzipSync(xlsxOf(sheet, 'Energy/October'))
  const xml = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(xml).toContain('<v>1234.6</v>')
  // 2026-10-25 03:30 as days since 1899-12-30.
  expect(xml).toContain(`<v>${46320 + 3.5 / 24}</v>`)
  expect(xml).toContain('=Bus &quot;2&quot;; x')
  expect(xml.match(/<row>/g)).toHaveLength(4)
  expect(strFromU8(files['xl/workbook.xml'] ?? new Uint8Array())).toContain('name="Energy October"')
})

test('rows sort by number and by the language, unknown last either way', () => {
  const names = (sort: string): string[] => sortRows(rows, columns, sort, 'en').map((row) => row.name)
  expect(names('energy')).toEqual(['Bus 10', '=Bus "2"; x'])
  expect(names('-energy')).toEqual(['Bus 10', '=Bus "2"; x'])
  expect(names('-day')).toEqual(['=Bus "2"; x', 'Bus 10'])
  expect(names('')).toEqual(['Bus 10', '=Bus "2"; x'])
})

test('pressing a heading goes through both orders and back to none', () => {
  const energy = { key: 'energy', kind: 'number' as const }
  expect(nextSort('', energy)).toBe('-energy')
  expect(nextSort('-energy', energy)).toBe('energy')
  expect(nextSort('energy', energy)).toBe('')
  expect(nextSort('name', { key: 'day', kind: 'date' })).toBe('day')
})

test('an unknown cell is a dash, never nought', () => {
  const format = createFormat('en-GB', 'Europe/Sofia')
  expect(cellText(null, { kind: 'number', digits: 1 }, format)).toBe('–')
  expect(cellText(-0.04, { kind: 'number', digits: 1 }, format)).toBe('0.0')
  expect(cellText('2026-10-25', { kind: 'date' }, format)).toBe('25 Oct 2026')
})
