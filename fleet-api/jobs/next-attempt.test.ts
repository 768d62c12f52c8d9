import { expect, test } from 'vitest'
import { nextAttempt } from './next-attempt.ts'

test('attempts come further and further apart and end after three days', () => {
  const at = new Date('2026-11-23T10:00:00Z')
  let now = at
  const waits: number[] = []
  for (let attempts = 1; ; attempts += 1) {
    const next = nextAttempt(attempts, now)
    if (next === null) break
    waits.push(next.getTime() - now.getTime())
    now = next
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  expect(waits).toHaveLength(10)
  expect((now.getTime() - at.getTime()) / 86_400_000).toBeGreaterThan(3)
})
