import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compressPower } from './compress.ts'

describe('writing a plan in few periods', () => {
  test('equal neighbours join and nothing is lost', () => {
    expect(compressPower([5, 5, 0, 0, 7], 10)).toEqual([
      { firstSlot: 0, powerW: 5 },
      { firstSlot: 2, powerW: 0 },
      { firstSlot: 4, powerW: 7 },
    ])
  })

  test('a merge takes the lower power', () => {
    expect(compressPower([10, 9, 0, 0], 2)).toEqual([
      { firstSlot: 0, powerW: 9 },
      { firstSlot: 2, powerW: 0 },
    ])
  })

  test('nowhere above the plan, never too many periods, and as little lost as the best of all partitions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 5 }),
        (power, most) => {
          const stretches = compressPower(power, most)
          expect(stretches.length).toBeLessThanOrEqual(most)
          expect(stretches[0]?.firstSlot).toBe(0)
          const told = power.map((_, slot) => stretches.findLast((one) => one.firstSlot <= slot)?.powerW ?? 0)
          for (const [slot, planned] of power.entries()) expect(told[slot]).toBeLessThanOrEqual(planned)
          expect(sum(power) - sum(told)).toBe(leastLoss(power, most))
        },
      ),
    )
  })
})

function leastLoss(power: readonly number[], most: number): number {
  if (power.length === 0) return 0
  if (most === 0) return Number.POSITIVE_INFINITY
  let least = Number.POSITIVE_INFINITY
  for (let size = 1; size <= power.length; size += 1) {
    const head = power.slice(0, size)
    least = Math.min(least, sum(head) - Math.min(...head) * size + leastLoss(power.slice(size), most - 1))
  }
  return least
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
