import { expect, test } from 'vitest'
import { departureVerdict, nightDate, nightFrom } from './plan-history.ts'

const at = (text: string): Date => new Date(text)
const NOW = at('2026-11-24T09:00:00Z')
const departure = { departAt: at('2026-11-24T03:40:00Z'), needSocPercent: 80, dropped: false }
const measured = (socPercent: number | null, socAt: string, chargedUntil = '2026-11-24T03:00:00Z') => ({
  energyWh: 100_000,
  chargedUntil: at(chargedUntil),
  socPercent,
  socAt: at(socAt),
})

test('a night goes from noon to noon and bears the name of its morning', () => {
  expect(nightDate(at('2026-11-23T09:59:59Z'), 'Europe/Sofia')).toBe('2026-11-23')
  expect(nightDate(at('2026-11-23T10:00:00Z'), 'Europe/Sofia')).toBe('2026-11-24')
  expect(nightDate(at('2026-11-24T03:40:00Z'), 'Europe/Sofia')).toBe('2026-11-24')
  expect(nightFrom('2026-11-24', 'Europe/Sofia').toISOString()).toBe('2026-11-23T10:00:00.000Z')
})

test('the night in which the clocks go back is an hour longer', () => {
  const [from, to] = [nightFrom('2026-10-25', 'Europe/Sofia'), nightFrom('2026-10-26', 'Europe/Sofia')]
  expect(to.getTime() - from.getTime()).toBe(25 * 3_600_000)
})

test('what was enough once stays enough, and a percent that was rounded off makes nobody late', () => {
  expect(departureVerdict(departure, measured(80, '2026-11-24T01:00:00Z'), NOW)).toBe('ready')
  expect(departureVerdict(departure, measured(79, '2026-11-24T03:00:00Z'), NOW)).toBe('ready')
})

test('too little is short only when nothing was charged afterwards; else it is unknown, as it is without a reading', () => {
  expect(departureVerdict(departure, measured(70, '2026-11-24T02:50:00Z'), NOW)).toBe('short')
  expect(departureVerdict(departure, measured(70, '2026-11-24T01:00:00Z'), NOW)).toBe('unknown')
  expect(departureVerdict(departure, measured(null, '2026-11-24T01:00:00Z'), NOW)).toBe('unknown')
})

test('what lies ahead is not judged, and what the last plans no longer had is said to be that', () => {
  expect(departureVerdict(departure, measured(90, '2026-11-24T02:50:00Z'), at('2026-11-24T03:00:00Z'))).toBe('ahead')
  expect(departureVerdict({ ...departure, dropped: true }, measured(90, '2026-11-24T02:50:00Z'), NOW)).toBe('dropped')
})
