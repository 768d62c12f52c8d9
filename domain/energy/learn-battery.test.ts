import fc from 'fast-check'
import { expect, test } from 'vitest'
import { learnCapacity, type ObservedSession } from './learn-battery.ts'

const DAY_MS = 86_400_000
const SINCE = Date.parse('2026-09-01T20:00:00Z')

interface City {
  capacityWh: number
  sessions: number
  seed: number
  outlierShare?: number
  /** Share of the capacity per degree from 20 °C. */
  perDegree?: number
  temperature?: (day: number) => number
}

/** Sessions as a charger tells them: whole percents, a meter 1 % off either way, and some that are plainly wrong. */
function sessionsOf({
  capacityWh,
  sessions,
  seed,
  outlierShare = 0.1,
  perDegree = 0,
  temperature,
}: City): ObservedSession[] {
  let state = seed
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const bell = (): number => random() + random() + random() + random() - 2
  const outliers = Math.floor(sessions * outlierShare)
  return Array.from({ length: sessions }, (_, i) => {
    const start = 15 + random() * 45
    const end = start + 20 + random() * (75 - start)
    const celsius = temperature?.(i) ?? null
    const apparent = capacityWh * (1 + perDegree * ((celsius ?? 20) - 20))
    const batteryWh = (apparent * (end - start)) / 100
    const wrong =
      i % Math.max(1, Math.floor(sessions / Math.max(1, outliers))) === 0 &&
      i < outliers * Math.floor(sessions / Math.max(1, outliers))
    const factor = wrong ? [0.5, 1.6, 2.5][Math.floor(random() * 3)] : 1 + 0.01 * bell()
    return {
      startedAt: new Date(SINCE + i * DAY_MS),
      gridWh: (batteryWh * (factor ?? 1)) / 0.95,
      efficiency: 0.95,
      socStartPercent: Math.round(start),
      socEndPercent: Math.round(end),
      batteryTemperatureC: celsius,
      outdoorTemperatureC: null,
      endUnknown: false,
    }
  })
}

test('a known capacity is found within 2 %, with whole percents, a noisy meter and a tenth of the sessions wrong', () => {
  fc.assert(
    fc.property(
      fc.record({
        capacityWh: fc.integer({ min: 80_000, max: 600_000 }),
        sessions: fc.integer({ min: 20, max: 150 }),
        seed: fc.integer({ min: 1, max: 2_000_000_000 }),
      }),
      (city) => {
        const learned = learnCapacity(sessionsOf(city), city.capacityWh)
        expect(Math.abs((learned.usableWh ?? 0) / city.capacityWh - 1)).toBeLessThan(0.02)
        expect(learned.evidence.missing).toEqual([])
        expect(learned.evidence.leftOut['outlier'] ?? 0).toBeGreaterThanOrEqual(Math.floor(city.sessions * 0.1))
        expect(learned.evidence.used + (learned.evidence.leftOut['outlier'] ?? 0)).toBe(city.sessions)
      },
    ),
    { numRuns: 300 },
  )
})

test('the interval holds the truth about 19 times of 20, and narrows with more sessions', () => {
  let held = 0
  const widths = { few: 0, many: 0 }
  for (let seed = 1; seed <= 300; seed += 1) {
    const few = learnCapacity(
      sessionsOf({ capacityWh: 300_000, sessions: 15, seed: seed * 7919, outlierShare: 0 }),
      300_000,
    )
    const many = learnCapacity(
      sessionsOf({ capacityWh: 300_000, sessions: 120, seed: seed * 7919, outlierShare: 0 }),
      300_000,
    )
    if ((few.lowWh ?? Infinity) <= 300_000 && 300_000 <= (few.highWh ?? 0)) held += 1
    widths.few += (few.highWh ?? 0) - (few.lowWh ?? 0)
    widths.many += (many.highWh ?? 0) - (many.lowWh ?? 0)
  }
  expect(held / 300).toBeGreaterThan(0.88)
  expect(held / 300).toBeLessThan(0.995)
  expect(widths.many).toBeLessThan(widths.few / 2)
})

test('a battery that gives less in the cold is told for 20 degrees, with what a degree makes', () => {
  const learned = learnCapacity(
    sessionsOf({ capacityWh: 300_000, sessions: 120, seed: 11, perDegree: 0.004, temperature: (day) => 25 - day / 4 }),
    300_000,
  )
  expect(learned.evidence.temperature).toMatchObject({ kind: 'battery', referenceC: 20 })
  expect(learned.evidence.temperature?.percentPerDegree).toBeCloseTo(0.4, 1)
  expect(Math.abs((learned.usableWh ?? 0) / 300_000 - 1)).toBeLessThan(0.01)
})

test('where only the cold was seen the capacity is told for the warmest of it, not guessed for 20 degrees', () => {
  const learned = learnCapacity(
    sessionsOf({
      capacityWh: 300_000,
      sessions: 60,
      seed: 5,
      perDegree: 0.004,
      temperature: (day) => -10 + (day % 20),
    }),
    300_000,
  )
  expect(learned.evidence.temperature?.referenceC).toBe(9)
  expect(learned.usableWh ?? 0).toBeGreaterThan(300_000 * (1 - 0.004 * 11) * 0.98)
  expect(learned.usableWh ?? 0).toBeLessThan(300_000 * (1 - 0.004 * 11) * 1.02)
})

test('an aged battery has its state of health, against what it was sold with', () => {
  const learned = learnCapacity(sessionsOf({ capacityWh: 262_500, sessions: 40, seed: 3 }), 350_000)
  expect(learned.stateOfHealthPercent).toBeGreaterThan(73.5)
  expect(learned.stateOfHealthPercent).toBeLessThan(76.5)
})

test('too few sessions tell nothing, and say how many are missing', () => {
  const learned = learnCapacity(sessionsOf({ capacityWh: 300_000, sessions: 5, seed: 9, outlierShare: 0 }), 300_000)
  expect(learned).toMatchObject({ usableWh: null, lowWh: null, highWh: null, stateOfHealthPercent: null })
  expect(learned.evidence).toMatchObject({ sessions: 5, used: 5 })
  expect(learned.evidence.missing).toEqual([
    '3 more charging sessions of at least 15 points, with the state of charge at both ends and the meter’s energy',
  ])
  expect(learnCapacity([], 300_000).evidence).toMatchObject({
    sessions: 0,
    used: 0,
    firstAt: null,
    spreadPercent: null,
  })
})

test('sessions that contradict each other tell nothing', () => {
  const sessions = sessionsOf({ capacityWh: 300_000, sessions: 12, seed: 9, outlierShare: 0 }).map((session, i) => ({
    ...session,
    gridWh: (session.gridWh ?? 0) * (0.6 + (i % 5) * 0.25),
  }))
  const learned = learnCapacity(sessions, 300_000)
  expect(learned.usableWh).toBeNull()
  expect(learned.evidence.missing[0]).toMatch(/sessions that agree better: the interval is ±\d+ %/)
})

test('what cannot be used is counted by its reason', () => {
  const good = sessionsOf({ capacityWh: 300_000, sessions: 10, seed: 4, outlierShare: 0 })
  const [one] = good
  if (one === undefined) throw new Error('no session')
  const learned = learnCapacity(
    [
      ...good,
      { ...one, socStartPercent: null },
      { ...one, gridWh: null },
      { ...one, gridWh: 0 },
      { ...one, socEndPercent: (one.socStartPercent ?? 0) + 14 },
      { ...one, socEndPercent: (one.socStartPercent ?? 0) - 3 },
      { ...one, endUnknown: true },
    ],
    300_000,
  )
  expect(learned.evidence.leftOut).toMatchObject({ noSoc: 1, noMeter: 2, smallChange: 1, split: 2 })
  expect(learned.evidence.sessions).toBe(16)
})
