import { expect, test } from 'vitest'
import { bucketOf, daysIn, lastMonth, periodAround, readPeriod, shifted, writePeriod } from './period.ts'

const query = (text: string): URLSearchParams => new URLSearchParams(text)

test('a period is whole local days, the week from Monday', () => {
  expect(periodAround('week', '2026-11-29')).toEqual({ kind: 'week', from: '2026-11-23', to: '2026-11-30' })
  expect(periodAround('month', '2026-02-17')).toEqual({ kind: 'month', from: '2026-02-01', to: '2026-03-01' })
  expect(periodAround('year', '2026-11-29')).toEqual({ kind: 'year', from: '2026-01-01', to: '2027-01-01' })
  expect(lastMonth('2026-01-05')).toEqual({ kind: 'month', from: '2025-12-01', to: '2026-01-01' })
})

test('back and on again is where one was, through months of any length', () => {
  for (const kind of ['day', 'week', 'month', 'year'] as const) {
    const period = periodAround(kind, '2026-03-31')
    expect(shifted(shifted(period, -1), 1)).toEqual(period)
  }
  expect(shifted({ kind: 'custom', from: '2026-11-10', to: '2026-11-20' }, -1)).toEqual({
    kind: 'custom',
    from: '2026-10-31',
    to: '2026-11-10',
  })
})

test('an address says the same period when it is read again', () => {
  for (const text of ['period=month&on=2026-10-01', 'period=custom&from=2026-10-03&until=2026-10-12']) {
    const period = readPeriod(query(text), '2026-11-29')
    const address = new URLSearchParams(
      Object.entries(writePeriod(period)).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    )
    expect(readPeriod(address, '2026-11-29')).toEqual(period)
  }
})

test('an address that says nothing, or nonsense, shows the running month', () => {
  for (const text of [
    '',
    'period=decade',
    'period=month&on=2026-02-31',
    'period=custom&from=2026-11-20&until=2026-11-10',
  ])
    expect(readPeriod(query(text), '2026-11-29')).toMatchObject({ from: '2026-11-01', to: '2026-12-01' })
})

test('no more is asked for than the reports answer', () => {
  expect(daysIn(readPeriod(query('period=custom&from=2020-01-01&until=2026-11-10'), '2026-11-29'))).toBe(366)
  expect(bucketOf(periodAround('day', '2026-11-29'))).toBe('hour')
  expect(bucketOf(periodAround('month', '2026-11-29'))).toBe('day')
  expect(bucketOf(periodAround('year', '2026-11-29'))).toBe('month')
})
