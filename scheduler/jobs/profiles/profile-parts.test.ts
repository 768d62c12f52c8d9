import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChargingProfile } from '../../../domain/charging-profile.ts'
import type { CommandOutcome } from '../../../domain/command.ts'
import { claimedPower } from './claims.ts'
import { mostWithin } from './profile-power.ts'
import { limitFromPower, powerFromLimit, roundDownPower, type EvseRating } from './rate.ts'
import { judgeReadback } from './readback.ts'
import { sessionPower } from './session-power.ts'
import { variantOf } from './variants.ts'
import { writeFailSafe, writeSessionProfile } from './write-profile.ts'

const start = new Date('2026-11-23T20:00:00Z')
const later = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000)
const dc: EvseRating = { currentType: 'DC', phases: 3, maxPowerW: 150_000, minPowerW: 10_000 }
const ac: EvseRating = { currentType: 'AC', phases: 3, maxPowerW: 22_080, minPowerW: 0 }
const session = (powerW: number[], rating = dc): ChargingProfile =>
  writeSessionProfile({ evseId: 1, transactionId: '7', startAt: start, slotSeconds: 900, powerW }, rating, {})

describe('power that can be told', () => {
  test('is never above what was meant, never between 0 and 6 A, and comes back from the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), fc.constantFrom(1, 2, 3), (power, phases) => {
        const rating = { ...ac, phases, maxPowerW: 32 * 230 * phases }
        const told = roundDownPower(rating, power)
        const amps = limitFromPower(rating, told, 'A')
        expect(told).toBeLessThanOrEqual(power)
        expect(amps === 0 || amps >= 6).toBe(true)
        expect(Number.isInteger(amps)).toBe(true)
        expect(powerFromLimit(rating, amps, 'A')).toBe(told)
      }),
    )
  })

  test('direct current in amps is rounded down to a tenth', () => {
    expect(limitFromPower(dc, 100_000, 'A')).toBe(144.9)
    expect(powerFromLimit(dc, 144.9, 'A')).toBeLessThanOrEqual(100_000)
  })
})

describe('the power of a session', () => {
  test('a slot that the vehicle is there for in part is charged higher for that part', () => {
    expect(sessionPower(dc, [{ meanW: 50_000, coverage: 0.5 }])).toEqual([100_000])
  })

  test('never above what the EVSE can give', () => {
    expect(sessionPower(dc, [{ meanW: 100_000, coverage: 0.1 }])).toEqual([150_000])
  })

  test('at every slot end the vehicle has at least what the plan gives it, up to rounding', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 40 }), (hundreds) => {
        const slots = hundreds.map((hundred) => ({ meanW: hundred * 100, coverage: 1 }))
        let planned = 0
        let told = 0
        for (const [slot, power] of sessionPower(dc, slots).entries()) {
          planned += slots[slot]?.meanW ?? 0
          told += power
          expect(power === 0 || power >= dc.minPowerW).toBe(true)
          expect(told).toBeGreaterThanOrEqual(planned)
          expect(told - planned).toBeLessThanOrEqual(dc.minPowerW)
        }
      }),
    )
  })
})

describe('what an EVSE may draw', () => {
  const failSafe = writeFailSafe(1, dc, 30_000, {})
  const claiming = { ...dc, known: true, failSafeW: 30_000 }

  test('everything, as long as it has confirmed no fail-safe', () => {
    expect(claimedPower({ ...claiming, held: [{ profile: failSafe, confirmed: false }] }, start, later(1))).toBe(
      150_000,
    )
    expect(claimedPower({ ...claiming, held: [{ profile: failSafe, confirmed: true }] }, start, later(1))).toBe(30_000)
  })

  test('nothing beyond its share, when nobody has ever heard of its station', () => {
    expect(claimedPower({ ...claiming, known: false, held: [] }, start, later(1))).toBe(30_000)
  })

  test('the larger of two profiles when it is not known which one it holds, until they lapse', () => {
    const held = [
      { profile: failSafe, confirmed: true },
      { profile: session([100_000, 20_000]), confirmed: true },
      { profile: session([50_000, 60_000]), confirmed: false },
    ]
    expect(claimedPower({ ...claiming, held }, start, later(15))).toBe(100_000)
    expect(claimedPower({ ...claiming, held }, later(15), later(30))).toBe(60_000)
    expect(claimedPower({ ...claiming, held }, later(30), later(45))).toBe(30_000)
  })
})

describe('other ways to write a profile', () => {
  test('each way allows nowhere more than the profile itself', () => {
    const profile = session([100_000, 0, 50_000, 20_000, 140_000, 10_000, 90_000])
    for (let tries = 0; tries < 10; tries += 1) {
      const { profile: other } = variantOf(profile, tries, dc, {})
      for (let minute = 0; minute < 105; minute += 5) {
        const power = mostWithin(other, dc, later(minute), later(minute + 1)) ?? 0
        expect(power).toBeLessThanOrEqual(mostWithin(profile, dc, later(minute), later(minute + 1)) ?? 0)
      }
    }
  })

  test('lower stack level, other unit, fewer periods, all of them, and again from the beginning', () => {
    const profile = session([100_000, 0, 50_000, 20_000, 140_000, 10_000, 90_000])
    const learned = [0, 1, 2, 3, 4, 5].map((tries) => variantOf(profile, tries, dc, {}).learned)
    expect(learned).toEqual([
      {},
      { maxStackLevel: 0 },
      { rateUnits: ['A'] },
      { maxPeriods: 5 },
      { maxStackLevel: 0, rateUnits: ['A'], maxPeriods: 5 },
      {},
    ])
  })

  test('a unit that the station has named itself is not changed', () => {
    expect(variantOf(session([1000]), 1, dc, { rateUnits: ['W'] }).profile.schedule.rateUnit).toBe('W')
  })
})

describe('reading a profile back', () => {
  const answered = (limit: number, unit: 'W' | 'A' = 'W'): CommandOutcome => ({
    outcome: 'answered',
    accepted: true,
    status: 'Accepted',
    response: {},
    compositeSchedule: {
      evseId: 1,
      startAt: start,
      durationSeconds: 3600,
      rateUnit: unit,
      periods: [{ startSeconds: 0, limit }],
    },
  })

  test('the same, or lower because of the hardware, matches', () => {
    const profile = session([50_000, 50_000, 50_000, 50_000])
    expect(judgeReadback(profile, dc, answered(50_000))).toBe('matches')
    expect(judgeReadback(profile, dc, answered(40_000))).toBe('matches')
    expect(judgeReadback(profile, dc, answered(72.4, 'A'))).toBe('matches')
  })

  test('higher anywhere differs', () => {
    expect(judgeReadback(session([50_000, 20_000]), dc, answered(50_000))).toBe(
      'differs: 50 kW instead of 20 kW at 2026-11-23T20:15:01.000Z',
    )
  })

  test('a station that steps down within a second of the edge matches', () => {
    const startAt = new Date(start.getTime() + 599_620)
    const composite: CommandOutcome = {
      outcome: 'answered',
      accepted: true,
      status: 'Accepted',
      response: {},
      compositeSchedule: {
        evseId: 1,
        startAt,
        durationSeconds: 3000,
        rateUnit: 'W',
        periods: [
          { startSeconds: 0, limit: 20_000 },
          { startSeconds: 299, limit: 50_000 },
        ],
      },
    }
    expect(judgeReadback(session([20_000, 50_000, 50_000, 50_000]), dc, composite)).toBe('matches')
  })

  test('no answer says nothing', () => {
    expect(judgeReadback(session([1000]), dc, { outcome: 'timeout' })).toBe('unknown: timeout')
  })
})
