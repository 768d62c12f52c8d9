import { expect, test } from 'vitest'
import type { ChargingProfile } from './charging-profile.ts'
import { profileLimitW } from './profile-limit.ts'

const START = new Date('2026-11-23T20:00:00Z')
const DC = { currentType: 'DC' as const, phases: 3 }
const after = (seconds: number): Date => new Date(START.getTime() + seconds * 1000)

const profile: ChargingProfile = {
  id: 1,
  stackLevel: 0,
  purpose: 'tx',
  kind: 'absolute',
  schedule: {
    rateUnit: 'W',
    startAt: START,
    durationSeconds: 3600,
    periods: [
      { startSeconds: 0, limit: 50_000 },
      { startSeconds: 900, limit: 0 },
    ],
  },
}

test('the period that has begun last holds, and none before the start or after the end', () => {
  expect([-1, 0, 899, 900, 3599, 3600].map((seconds) => profileLimitW(profile, DC, after(seconds)))).toEqual([
    null,
    50_000,
    50_000,
    0,
    0,
    null,
  ])
})

test('amps count for each phase of an AC station', () => {
  const amps: ChargingProfile = {
    ...profile,
    schedule: { rateUnit: 'A', startAt: START, periods: [{ startSeconds: 0, limit: 16 }] },
  }
  expect(profileLimitW(amps, { currentType: 'AC', phases: 3 }, START)).toBe(11_040)
  expect(profileLimitW(amps, { currentType: 'AC', phases: 1 }, START)).toBe(3680)
})

test('a daily profile comes round, validity bounds it, and a relative one says nothing about now', () => {
  const daily: ChargingProfile = { ...profile, kind: 'recurringDaily', validTo: after(3 * 86_400) }
  expect(profileLimitW(daily, DC, after(2 * 86_400 + 10))).toBe(50_000)
  expect(profileLimitW(daily, DC, after(3 * 86_400))).toBeNull()
  const { startAt: _, ...relative } = profile.schedule
  expect(profileLimitW({ ...profile, kind: 'relative', schedule: relative }, DC, START)).toBeNull()
})
