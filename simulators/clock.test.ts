import { expect, test } from 'vitest'
import { clockOrigin, simClock } from './clock.ts'

const REAL = Date.parse('2026-11-22T10:00:00Z')

test('two processes that know the same origin and speed read the same simulated instant', () => {
  const origin = clockOrigin({ origin: '2026-11-22T19:30:00Z', realOrigin: '2026-11-22T10:00:00Z', speed: '60' }, 0)
  expect(new Date(simClock(origin, () => REAL + 90_000).now()).toISOString()).toBe('2026-11-22T21:00:00.000Z')
  expect(simClock(origin).speed).toBe(60)
})

test('without arguments simulated time is real time', () => {
  expect(simClock(clockOrigin({}, REAL), () => REAL + 5).now()).toBe(REAL + 5)
})

test('an unreadable instant or speed is refused by name', () => {
  expect(() => clockOrigin({ origin: 'tomorrow' }, REAL)).toThrow('--origin')
  expect(() => clockOrigin({ speed: '0' }, REAL)).toThrow('--speed')
})
