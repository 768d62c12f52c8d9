import { expect, test } from 'vitest'
import { Instant } from './instant.ts'

test('an instant is written as a Date is, again and again', () => {
  for (const ms of [0, -1, 1_795_000_000_123, 253_402_300_800_000]) {
    const instant = new Instant(ms)
    for (let times = 0; times < 2; times += 1)
      expect(JSON.stringify({ at: instant })).toBe(JSON.stringify({ at: new Date(ms) }))
    expect(instant).toEqual(new Date(ms))
  }
})
