import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quarterMeans } from './quarter-means.ts'

const start = new Date('2026-11-23T00:00:00Z')
const minute = (n: number): Date => new Date(start.getTime() + n * 60_000)

test('a value of an hour stands in each of its quarters, and a quarter known in part is unknown', () => {
  const spans = [
    { startAt: minute(-30), endAt: minute(30), value: 7 },
    { startAt: minute(30), endAt: minute(40), value: 1 },
    { startAt: minute(45), endAt: minute(50), value: 1 },
    { startAt: minute(50), endAt: minute(60), value: 4 },
  ]
  expect(quarterMeans(spans, start, 5)).toEqual([7, 7, null, 3, null])
})

test('it is the mean of the minutes, whatever the spans', () => {
  const piece = fc.record({
    minutes: fc.integer({ min: 1, max: 70 }),
    value: fc.option(fc.integer({ min: -500, max: 500 })),
  })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: -40, max: 20 }), (pieces, offset) => {
      let at = offset
      const minutes: (number | null)[] = Array.from({ length: 8 * 15 }, () => null)
      const spans = pieces.flatMap(({ minutes: length, value }) => {
        const from = at
        at += length
        if (value === null) return []
        for (let i = Math.max(0, from); i < Math.min(at, minutes.length); i += 1) minutes[i] = value
        return [{ startAt: minute(from), endAt: minute(at), value }]
      })
      const expected = Array.from({ length: 8 }, (_, slot) => {
        const own = minutes.slice(slot * 15, slot * 15 + 15)
        const known = own.filter((value) => value !== null)
        return known.length < 15 ? null : known.reduce((a, b) => a + b, 0) / 15
      })
      const found = quarterMeans(spans, start, 8)
      for (const [slot, mean] of expected.entries()) {
        const value = found[slot] ?? null
        if (mean === null) expect(value).toBeNull()
        else expect(Math.abs((value ?? Number.NaN) - mean)).toBeLessThanOrEqual(0.5 + 1e-6)
      }
    }),
  )
})
