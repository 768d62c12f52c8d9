import { expect, test } from 'vitest'
import { readInstant, stationTime } from './station-time.ts'

const receivedAt = new Date('2026-11-23T20:00:00Z')

test.each([
  ['2026-11-23T20:00:00Z', '2026-11-23T20:00:00.000Z'],
  ['2026-11-23T20:00:00.5Z', '2026-11-23T20:00:00.500Z'],
  ['2026-11-23T20:00:00.1234567Z', '2026-11-23T20:00:00.123Z'],
  ['2026-11-23T20:00:00', '2026-11-23T20:00:00.000Z'],
  ['2026-11-23T20:00Z', '2026-11-23T20:00:00.000Z'],
  ['2026-11-23 20:00:00,250Z', '2026-11-23T20:00:00.250Z'],
  ['2026-11-23T22:00:00+02:00', '2026-11-23T20:00:00.000Z'],
  ['2026-11-23T22:00:00+0200', '2026-11-23T20:00:00.000Z'],
  ['2026-11-23T15:30:00-04:30', '2026-11-23T20:00:00.000Z'],
])('%s is %s', (text, instant) => {
  expect(readInstant(text)?.toISOString()).toBe(instant)
})

test.each(['', 'now', '2026-13-23T20:00:00Z', '2026-11-45T20:00:00Z', '2026-11-23'])('%s is no instant', (text) => {
  expect(readInstant(text)).toBeUndefined()
})

test('a time of now, or of any age that an offline station may have stored, is believed', () => {
  for (const text of ['2026-11-23T20:00:00Z', '2026-11-23T20:04:00Z', '2026-11-20T08:00:00Z']) {
    expect(stationTime(text, receivedAt)).toEqual({ at: new Date(text), stationAt: null, doubt: null })
  }
})

test('a time of an unset clock is replaced by the time of receipt and kept beside it', () => {
  expect(stationTime('1970-01-01T00:03:12Z', receivedAt)).toEqual({
    at: receivedAt,
    stationAt: new Date('1970-01-01T00:03:12Z'),
    doubt: 'clockUnset',
  })
})

test('local time written as UTC lies in the future and is not believed', () => {
  expect(stationTime('2026-11-23T22:00:00Z', receivedAt)).toEqual({
    at: receivedAt,
    stationAt: new Date('2026-11-23T22:00:00Z'),
    doubt: 'clockAhead',
  })
})
