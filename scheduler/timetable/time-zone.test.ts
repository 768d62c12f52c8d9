import { expect, test } from 'vitest'
import { ianaZone } from './time-zone.ts'

const SOFIA: [number, number][] = [[42.69, 23.32]]

test('IANA names stay, abbreviations become the nearest place, offsets are not understood', () => {
  expect(ianaZone('Europe/Sofia', SOFIA)).toBe('Europe/Sofia')
  expect(ianaZone('EET', SOFIA)).toBe('Europe/Sofia')
  expect(ianaZone('EET', [[46.48, 30.72]])).toBe('Europe/Kyiv')
  expect(ianaZone('EET', [[43.85, 25.95]])).toBe('Europe/Sofia')
  expect(ianaZone('EET', [[50.45, 30.52]])).toBe('Europe/Kyiv')
  expect(ianaZone('EET', [[37.98, 23.73]])).toBe('Europe/Athens')
  expect(ianaZone('CET', [[52.52, 13.4]])).toBe('Europe/Berlin')
  expect(ianaZone('EST5EDT', [])).toBe('America/New_York')
  expect(ianaZone('EET', [])).toBeNull()
  expect(ianaZone('EST', SOFIA)).toBeNull()
  expect(ianaZone('Europe/Atlantis', SOFIA)).toBeNull()
  expect(ianaZone('+02:00', SOFIA)).toBeNull()
})
