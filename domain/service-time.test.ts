import { expect, test } from 'vitest'
import { localDate, serviceDatesAround, serviceInstant } from './service-time.ts'

const SOFIA = 'Europe/Sofia'

function inSofia(at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: SOFIA,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at)
}

test('on the day the clocks go forward 00:00:00 is 23:00 of the eve and 05:40:00 is 05:40', () => {
  expect(inSofia(serviceInstant('2026-03-29', SOFIA, 0))).toBe('2026-03-28 23:00:00')
  expect(inSofia(serviceInstant('2026-03-29', SOFIA, 5 * 3600 + 40 * 60))).toBe('2026-03-29 05:40:00')
})

test('on the day the clocks go back 00:00:00 is 01:00 and 05:40:00 is 05:40', () => {
  expect(inSofia(serviceInstant('2026-10-25', SOFIA, 0))).toBe('2026-10-25 01:00:00')
  expect(inSofia(serviceInstant('2026-10-25', SOFIA, 5 * 3600 + 40 * 60))).toBe('2026-10-25 05:40:00')
})

test('a time past 24:00 falls on the next calendar day', () => {
  expect(inSofia(serviceInstant('2026-11-23', SOFIA, 25 * 3600 + 30 * 60))).toBe('2026-11-24 01:30:00')
  expect(serviceInstant('2026-11-23', SOFIA, 0).toISOString()).toBe('2026-11-22T22:00:00.000Z')
})

test('the night before a clock change counts in the service day that it belongs to', () => {
  // 25:30 of Saturday: 25.5 hours after Saturday's midnight, which is 01:30 on Sunday, before the clocks change at 03:00.
  expect(inSofia(serviceInstant('2026-03-28', SOFIA, 25 * 3600 + 30 * 60))).toBe('2026-03-29 01:30:00')
})

test("the service days around a night hold the eve's, whose times run past 24:00", () => {
  const dates = serviceDatesAround(new Date('2026-11-24T00:00:00Z'), new Date('2026-11-24T02:00:00Z'), SOFIA)
  expect(dates).toEqual(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'])
})

test('the local date turns at local midnight', () => {
  expect(localDate(new Date('2026-11-23T21:59:59Z'), SOFIA)).toBe('2026-11-23')
  expect(localDate(new Date('2026-11-23T22:00:00Z'), SOFIA)).toBe('2026-11-24')
})
