import { expect, test } from 'vitest'
import { isTimeZone } from './time-zone.ts'

test('zones are known by their names', () => {
  expect(['Europe/Sofia', 'America/Argentina/Ushuaia', 'UTC'].every(isTimeZone)).toBe(true)
  expect(['', 'Sofia', 'Europe/Atlantis', 'Europe/Sofia ', '../../etc'].some(isTimeZone)).toBe(false)
})
