import { XMLParser } from 'fast-xml-parser'
import { strFromU8, unzipSync } from 'fflate'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { HEADINGS } from '../../fleet-api/reports/files/words.ts'
import { depotApi, type TestApi } from './api-depot.ts'
import { charged, drove, quarters } from './report-rows.ts'

let api: TestApi
beforeEach(async () => {
  api = await depotApi()
  await charged(api.db, '2026-11-02', 'bus-1', 123_456, {
    energyCostMicroEur: 12_345_678,
    networkCostMicroEur: 1_000_000,
    carbonG: 39_259,
    batteryWh: 114_000,
    batteryGridWh: 120_000,
  })
  await api.db.updateTable('vehicle').set({ label: '=2+2 "кола"; бус, 1' }).where('id', '=', 'bus-1').execute()
})

const QUERY = 'from=2026-11-01&to=2026-12-01&groupBy=vehicle'

async function bytes(query: string): Promise<{ answer: Response; bytes: Uint8Array<ArrayBuffer> }> {
  const answer = await api.get(`/api/v1/reports/${query}`)
  expect(answer.status).toBe(200)
  return { answer, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

test('CSV is RFC 4180: commas, CRLF, doubled quotes, decimal points, and no cell that a spreadsheet would run', async () => {
  const { answer, bytes: file } = await bytes(`energy?${QUERY}&format=csv`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="energy-by-vehicle-2026-11-01-2026-11-30.csv"',
  )
  const text = strFromU8(file)
  expect(text).toContain(`bus-1,"'=2+2 ""кола""; бус, 1",123.456,`)
  expect(text.split('\r\n')).toHaveLength(3)
  expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  const [row] = parse(text, { columns: true }) as Record<string, string>[]
  expect(row).toMatchObject({
    Key: 'bus-1',
    'Energy (kWh)': '123.456',
    'Energy cost (EUR)': '12.345678',
    'Total cost (EUR)': '13.345678',
    'CO2e, location-based (kg)': '39.259',
    'CO2e, market-based (kg)': '',
    'Charging efficiency': '0.95',
  })
})

test.each([
  ['bg', 'Енергия (kWh)'],
  ['uk', 'Енергія (кВт·год)'],
])(
  'CSV in %s opens in that Excel: byte order mark, semicolons, decimal commas, own headings',
  async (lang, heading) => {
    const { bytes: file } = await bytes(`energy?${QUERY}&format=csv&lang=${lang}`)
    expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [row] = parse(strFromU8(file), { columns: true, delimiter: ';' }) as Record<string, string>[]
    expect(row?.[heading]).toBe('123,456')
  },
)

test('XLSX holds the figures as numbers below their headings, and texts as texts', async () => {
  const { answer, bytes: file } = await bytes(`energy?${QUERY}&format=xlsx`)
  expect(answer.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  expect(answer.headers.get('content-disposition')).toMatch(/\.xlsx"$/)
  const { sheets, formulas } = workbook(file)
  expect(formulas).toBe(0)
  const [heads = [], row = []] = sheets[0] ?? []
  const cells = Object.fromEntries(heads.map((head, i) => [String(head), row[i]]))
  expect(cells).toMatchObject({
    Key: 'bus-1',
    Name: '=2+2 "кола"; бус, 1',
    'Energy (kWh)': 123.456,
    'Charging efficiency': 0.95,
    'Energy cost (EUR)': 12.345678,
    'Total cost (EUR)': 13.345678,
    'CO2e, location-based (kg)': 39.259,
  })
  expect(cells['CO2e, market-based (kg)']).toBeUndefined()
  expect(JSON.stringify(sheets[1])).toContain('market-based')
})

test.each([
  ['bg', 'Справка', 'Бележки', 'Енергия по превозни средства', 'Не е въведен въглероден фактор по пазара'],
  ['uk', 'Звіт', 'Примітки', 'Енергія за транспортними засобами', 'Не введено вуглецевий чинник за ринком'],
])('XLSX in %s has its sheets, title and notes in that language', async (lang, figures, notes, title, note) => {
  const { bytes: file } = await bytes(`energy?${QUERY}&format=xlsx&lang=${lang}`)
  const names = strFromU8(unzipSync(file)['xl/workbook.xml'] ?? new Uint8Array())
  expect([...names.matchAll(/<sheet [^>]*name="([^"]+)"/g)].map((found) => found[1])).toEqual([figures, notes])
  const [head, ...rest] = workbook(file).sheets[1] ?? []
  expect(head).toEqual([title])
  expect(rest.flat().join(' ')).toContain(note)
  expect(rest.flat().filter((text) => /^[A-Z][a-z]+ /.test(String(text)))).toEqual([])
})

test('indicators are named in the language of the file, in CSV as in XLSX', async () => {
  const { bytes: csv } = await bytes('indicators?from=2026-11-02&to=2026-11-03&format=csv&lang=bg')
  const rows = parse(strFromU8(csv.subarray(3)), { columns: true, delimiter: ';' }) as Record<string, string>[]
  expect(rows.map((row) => row['Показател'])).toContain('Заряд при излизане')
  expect(rows.find((row) => row['Показател'] === 'Най-нисък заряд')?.['Бележка']).toBe('Няма известен заряд.')
  const { bytes: xlsx } = await bytes('indicators?from=2026-11-02&to=2026-11-03&format=xlsx&lang=bg')
  expect(workbook(xlsx).sheets[0]?.flat()).toContain('Заряд при излизане')
})

interface SheetXml {
  worksheet: { sheetData: { row: { c: { r: string; t?: string; v?: string | number; f?: string }[] }[] } }
}

/** What a spreadsheet program reads: the cells of each sheet by row and column. */
function workbook(file: Uint8Array): { sheets: (string | number)[][][]; formulas: number } {
  const parts = unzipSync(file)
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => ['row', 'c', 'si'].includes(name),
  })
  const read = (name: string): unknown => parser.parse(strFromU8(parts[name] ?? new Uint8Array()))
  const { sst } = read('xl/sharedStrings.xml') as { sst: { si: { t: string }[] } }
  let formulas = 0
  const sheets = ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml'].map((name) =>
    (read(name) as SheetXml).worksheet.sheetData.row.map((row) => {
      const cells: (string | number)[] = []
      for (const cell of row.c) {
        if (cell.f !== undefined) formulas += 1
        if (cell.v === undefined) continue
        const letters = /^[A-Z]+/.exec(cell.r)?.[0] ?? ''
        const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
        cells[column] = cell.t === 's' ? (sst.si[Number(cell.v)]?.t ?? '') : Number(cell.v)
      }
      return cells
    }),
  )
  return { sheets, formulas }
}

test('Parquet keeps whole watt-hours, and money in euros', async () => {
  const { answer, bytes: file } = await bytes(`energy?${QUERY}&format=parquet`)
  expect(answer.headers.get('content-type')).toBe('application/vnd.apache.parquet')
  const rows = await parquetReadObjects({ file: file.buffer })
  expect(rows).toMatchObject([
    {
      key: 'bus-1',
      energyWh: 123_456n,
      energyCostEur: 12.345678,
      totalCostEur: 13.345678,
      carbonMarketG: null,
      efficiency: 0.95,
    },
  ])
  const notes = parquetMetadata(file.buffer).key_value_metadata?.find((one) => one.key === 'notes')?.value
  expect(notes).toMatch(/market-based/)
})

test('the hour that comes twice in autumn is told apart in CSV', async () => {
  await quarters(api.db, '2026-10-25', 100, 250)
  const { bytes: file } = await bytes('energy?from=2026-10-25&to=2026-10-26&groupBy=site&bucket=hour&format=csv')
  const rows = parse(strFromU8(file), { columns: true }) as Record<string, string>[]
  expect(rows.map((row) => row['Start']).slice(2, 6)).toEqual([
    '2026-10-25T02:00:00+03:00',
    '2026-10-25T03:00:00+03:00',
    '2026-10-25T03:00:00+02:00',
    '2026-10-25T04:00:00+02:00',
  ])
})

test.each(['load?siteId=depot&', 'consumption?', 'savings?', 'indicators?', 'sessions?'])(
  '%s comes as each kind of file, with a heading in words for every column',
  async (report) => {
    await drove(api.db, '2026-11-02', 'bus-1', { '7': 80_000 }, { '7': 90_000 }, { temperatureC: 8 })
    const span = 'from=2026-11-01&to=2026-12-01'
    const csv = strFromU8((await bytes(`${report}${span}&format=csv&lang=bg`)).bytes)
    const headings = (csv.split('\r\n')[0] ?? '').split(';')
    const known = new Set(Object.values(HEADINGS).map((words) => words[1]))
    expect(headings.filter((heading) => !known.has(heading))).toEqual([])
    expect(Object.keys(unzipSync((await bytes(`${report}${span}&format=xlsx`)).bytes))).toContain('xl/workbook.xml')
    const parquet = (await bytes(`${report}${span}&format=parquet`)).bytes
    expect(parquetMetadata(parquet.buffer).schema.length).toBe(headings.length + 1)
  },
)
