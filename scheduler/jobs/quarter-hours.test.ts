import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quarterHours } from './quarter-hours.ts'

const MINUTE = 60_000

describe('energy by the quarter hour', () => {
  test('what flows over an edge is split by time', () => {
    const quarters = quarterHours([
      { atMs: 10 * MINUTE, registerWh: 1000 },
      { atMs: 20 * MINUTE, registerWh: 2000 },
    ])
    expect(quarters).toEqual([
      { startMs: 0, energyWh: 500, complete: true },
      { startMs: 15 * MINUTE, energyWh: 500, complete: false },
    ])
  })

  test('a register that begins anew counts from zero', () => {
    const quarters = quarterHours([
      { atMs: 0, registerWh: 9000 },
      { atMs: 15 * MINUTE, registerWh: 9500 },
      { atMs: 30 * MINUTE, registerWh: 300 },
    ])
    expect(quarters.map((quarter) => quarter.energyWh)).toEqual([500, 300])
  })

  test('a register that steps back by a few Wh has not begun anew', () => {
    const quarters = quarterHours([
      { atMs: 0, registerWh: 9000 },
      { atMs: 5 * MINUTE, registerWh: 8999 },
      { atMs: 15 * MINUTE, registerWh: 9500 },
    ])
    expect(quarters.map((quarter) => quarter.energyWh)).toEqual([501])
  })

  test('one reading alone says nothing', () => {
    expect(quarterHours([{ atMs: 0, registerWh: 5 }])).toEqual([])
  })

  test('the quarters add up to the rise of the register, wherever the readings fall', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 200 * MINUTE }), fc.integer({ min: 0, max: 50_000 })), {
          minLength: 2,
          maxLength: 30,
        }),
        (steps) => {
          let atMs = 0
          let registerWh = 0
          const readings = steps.map(([wait, energy]) => {
            atMs += wait
            registerWh += energy
            return { atMs, registerWh }
          })
          const quarters = quarterHours(readings)
          const sum = quarters.reduce((total, quarter) => total + quarter.energyWh, 0)
          expect(sum).toBe((readings.at(-1)?.registerWh ?? 0) - (readings[0]?.registerWh ?? 0))
          for (const quarter of quarters) expect(quarter.energyWh).toBeGreaterThanOrEqual(0)
          for (const [i, quarter] of quarters.entries())
            expect(quarter.startMs).toBe((quarters[0]?.startMs ?? 0) + i * 15 * MINUTE)
        },
      ),
    )
  })
})

test('a register that leaps to the absurd and back tells of no energy for the leaps', () => {
  const minute = 60_000
  const quarters = quarterHours([
    { atMs: 0, registerWh: 1_000_000_000 },
    { atMs: 5 * minute, registerWh: 1_000_001_000 },
    { atMs: 6 * minute, registerWh: 1e15 },
    { atMs: 7 * minute, registerWh: 1_000_002_000 },
    { atMs: 15 * minute, registerWh: 1_000_004_000 },
  ])
  expect(quarters).toEqual([{ startMs: 0, energyWh: 3000, complete: true }])
})
