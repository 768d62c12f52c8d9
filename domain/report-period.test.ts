import { expect, test } from 'vitest'
import { duePeriods } from './report-period.ts'

const SOFIA = 'Europe/Sofia'

test('yesterday is due this morning, not before', () => {
  const at = (utc: string) => duePeriods('day', '06:00', SOFIA, new Date(utc), 2).map((one) => [one.start, one.end])
  expect(at('2026-11-24T03:59:00Z')[0]).toEqual(['2026-11-22', '2026-11-23'])
  expect(at('2026-11-24T04:00:00Z')).toEqual([
    ['2026-11-23', '2026-11-24'],
    ['2026-11-22', '2026-11-23'],
  ])
})

test('weeks begin on Mondays, months on their first days', () => {
  const now = new Date('2026-11-25T12:00:00Z')
  expect(duePeriods('week', '06:00', SOFIA, now, 1)).toMatchObject([{ start: '2026-11-16', end: '2026-11-23' }])
  expect(duePeriods('month', '06:00', SOFIA, now, 2)).toMatchObject([
    { start: '2026-10-01', end: '2026-11-01', dueAt: new Date('2026-11-01T04:00:00Z') },
    { start: '2026-09-01', end: '2026-10-01' },
  ])
})

test('a time that the clocks skip or show twice is due once', () => {
  expect(duePeriods('day', '03:30', SOFIA, new Date('2026-03-29T12:00:00Z'), 1)[0]?.dueAt).toEqual(
    new Date('2026-03-29T01:30:00Z'),
  )
  expect(duePeriods('day', '03:30', SOFIA, new Date('2026-10-25T12:00:00Z'), 1)[0]?.dueAt).toEqual(
    new Date('2026-10-25T00:30:00Z'),
  )
})
