import { expect, test } from 'vitest'
import { parseCarbonCsv, parsePriceCsv, parseWeatherCsv } from './csv.ts'

function slots(text: string): [string, string, number][] {
  const { slots: found, problems } = parsePriceCsv(text)
  expect(problems).toEqual([])
  return found.map((slot) => [slot.startAt.toISOString(), slot.endAt.toISOString(), slot.priceMicroEurPerKwh])
}

test('prices of a quarter-hour market are read, negative ones too, and the last lasts as long as the others', () => {
  expect(slots('start,eurPerKwh\n2026-11-23T00:00+02:00,0.1125\n2026-11-22T22:15:00Z,-0.02\n')).toEqual([
    ['2026-11-22T22:00:00.000Z', '2026-11-22T22:15:00.000Z', 112_500],
    ['2026-11-22T22:15:00.000Z', '2026-11-22T22:30:00.000Z', -20_000],
  ])
})

test('a spreadsheet’s semicolons, decimal commas, byte order mark and EUR/MWh are understood', () => {
  expect(slots('\u{FEFF}start;eurPerMwh\r\n"2026-11-23T00:00:00Z";"95,5"\r\n')).toEqual([
    ['2026-11-23T00:00:00.000Z', '2026-11-23T01:00:00.000Z', 95_500],
  ])
})

test('a hole stays a hole', () => {
  const found = slots(
    'start,eurPerKwh\n2026-11-23T00:00Z,1\n2026-11-23T00:15Z,1\n2026-11-23T00:30Z,1\n2026-11-23T02:00Z,1',
  )
  expect(found[2]).toEqual(['2026-11-23T00:30:00.000Z', '2026-11-23T00:45:00.000Z', 1_000_000])
})

test('every line that cannot be used is named, and then nothing is stored', () => {
  const { slots: none, problems } = parsePriceCsv(
    'start,eurPerKwh\n2026-10-25T03:30,0.1\n2026-11-23T00:00Z,\n2026-11-23T00:00Z,112\n2026-11-23T00:00Z,1\n2026-11-23T00:00Z,1',
  )
  expect(none).toEqual([])
  expect(problems.map((problem) => problem.line)).toEqual([2, 3, 4, 6])
  expect(parsePriceCsv('when,price\n').problems[0]?.said.in('en')).toContain('start and eurPerKwh')
  expect(parsePriceCsv('start,eurPerKwh\n').problems).toHaveLength(1)
})

test('carbon intensities and temperatures are read the same way', () => {
  expect(parseCarbonCsv('start;gPerKwh\n2026-11-23T00:00Z;318,4\n2026-11-23T00:15Z;320\n').slots).toEqual([
    { startAt: new Date('2026-11-23T00:00:00Z'), endAt: new Date('2026-11-23T00:15:00Z'), gPerKwh: 318 },
    { startAt: new Date('2026-11-23T00:15:00Z'), endAt: new Date('2026-11-23T00:30:00Z'), gPerKwh: 320 },
  ])
  expect(parseCarbonCsv('start,gPerKwh\n2026-11-23T00:00Z,-1\n').problems).toMatchObject([{ line: 2 }])
  expect(parseWeatherCsv('time,temperatureC\n2026-11-23T01:00+02:00,-3.26\n').hours).toEqual([
    { at: new Date('2026-11-22T23:00:00Z'), temperatureC: -3.3 },
  ])
  expect(parseWeatherCsv('time,temperatureC\n2026-11-23T01:00Z,300\n').problems).toMatchObject([{ line: 2 }])
})
