import { expect, test } from 'vitest'
import { alikeDayBefore } from './alike-day.ts'

const sofia = 'Europe/Sofia'
const at = (instant: string): number => Date.parse(instant)

/** A series that knows these instants only. */
const known = (prices: Record<string, number>) => (atMs: number) =>
  prices[new Date(atMs).toISOString().slice(0, 16)] ?? null

test('a Monday takes the last working day, a Saturday the last Saturday, and a holiday the last Sunday', () => {
  const prices = known({ '2026-11-20T10:00': 5, '2026-11-21T10:00': 6, '2026-11-22T10:00': 7 })
  expect(alikeDayBefore(sofia)(at('2026-11-23T10:00:00Z'), prices)).toBe(5)
  expect(alikeDayBefore(sofia)(at('2026-11-28T10:00:00Z'), prices)).toBe(6)
  expect(alikeDayBefore(sofia, ['2026-11-23'])(at('2026-11-23T10:00:00Z'), prices)).toBe(7)
})

test('when no day of its kind is known, the last of any kind stands in; beyond two weeks nothing does', () => {
  const prices = known({ '2026-11-21T10:00': 6, '2026-11-22T10:00': 7 })
  expect(alikeDayBefore(sofia)(at('2026-11-23T10:00:00Z'), prices)).toBe(7)
  expect(alikeDayBefore(sofia)(at('2026-12-07T10:00:00Z'), prices)).toBeNull()
})

test('the time is that of the clocks, also when they have changed in between', () => {
  // 08:00 in Sofia is 05:00 UTC in summer and 06:00 in winter.
  expect(
    alikeDayBefore(sofia)(at('2026-10-26T06:00:00Z'), known({ '2026-10-23T05:00': 5, '2026-10-23T06:00': 6 })),
  ).toBe(5)
  expect(
    alikeDayBefore(sofia)(at('2026-03-30T05:00:00Z'), known({ '2026-03-27T05:00': 5, '2026-03-27T06:00': 6 })),
  ).toBe(6)
})
