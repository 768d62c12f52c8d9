import { expect, test, vi } from 'vitest'
import { overwriteGetLocale } from '../../generated/messages/runtime.js'
import { createFormat } from '../../parts/format.ts'
import type { Night } from './night-words.ts'

// Words ask the page for its language; there is none here.
vi.stubGlobal('location', { search: '?lang=en' })
vi.stubGlobal('document', { documentElement: { lang: '' } })
const { costWords, nightTone, nightVerdict } = await import('./night-words.ts')
vi.unstubAllGlobals()
// Another test of this worker may have been asked for the language before.
overwriteGetLocale(() => 'en')

const format = createFormat('en', 'Europe/Sofia')
const night = (departures: Partial<Night['departures']>, change: Partial<Night> = {}): Night => ({
  date: '2026-11-24',
  siteId: 'depot',
  timeZone: 'Europe/Sofia',
  fromAt: '2026-11-23T10:00:00.000Z',
  toAt: '2026-11-24T10:00:00.000Z',
  over: true,
  departures: { all: 14, ahead: 0, ready: 0, short: 0, unknown: 0, dropped: 0, ...departures },
  plans: 300,
  planned: { energyWh: 1_000_000, costMicroEur: 100_000_000, peakW: 205_000 },
  measured: { energyWh: 1_020_000, costMicroEur: 103_200_000, peakW: 212_000 },
  limitW: 300_000,
  missingQuarters: 0,
  ...change,
})

test('a night is told in one sentence', () => {
  expect(nightVerdict(night({ ready: 14 }), format)).toBe(
    '14 of 14 departures with enough charge; €3.20 more than planned, peak 212 kW of 300 kW',
  )
  expect(nightVerdict(night({ ready: 11, short: 2, unknown: 1 }, { limitW: null }), format)).toBe(
    '11 of 14 departures with enough charge, 2 short, 1 unknown; €3.20 more than planned, peak 212 kW',
  )
})

test('what has not happened is not judged, and what is not known is said to be unknown', () => {
  expect(nightVerdict(night({ ahead: 14 }, { measured: null }), format)).toBe('14 still ahead; nothing was measured')
  expect(nightVerdict(night({ ready: 3, ahead: 11 }, { over: false }), format)).toBe(
    '3 of 14 departures with enough charge, 11 still ahead; €103.20 so far, peak 212 kW of 300 kW',
  )
  expect(costWords(1_000_000, null, format)).toBe('cost not known')
  expect(costWords(1_000_000, 1_004_000, format)).toBe('cost as planned')
  expect(costWords(1_000_000, 400_000, format)).toBe('€0.60 less than planned')
})

test('the worst gives a night its sign', () => {
  expect(['short', 'unknown', 'ready', 'ahead'].map((one) => nightTone(night({ [one]: 1, ready: 1 })))).toEqual([
    'act',
    'look',
    'go',
    'go',
  ])
  expect(nightTone(night({ ahead: 14 }))).toBe('soft')
})
