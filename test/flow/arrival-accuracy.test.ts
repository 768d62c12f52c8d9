import { expect, test } from 'vitest'
import { BASELINES, BUCKETS, measureAccuracy, percentages } from '../bench/arrivals/accuracy.ts'

test('after a week in a made-up city arrivals are predicted better than by the last deviation and than by the timetable, in every bucket of the benchmark', () => {
  const { counts, fixes, refused } = measureAccuracy({
    seed: 77,
    lines: 2,
    busesALine: 2,
    stops: 16,
    trainDays: 7,
    testDays: 1,
  })
  const ours = percentages(counts.ours).buckets
  for (const baseline of BASELINES) {
    const theirs = percentages(counts[baseline]).buckets
    for (const [i] of BUCKETS.entries()) expect(ours[i]).toBeGreaterThan(theirs[i] ?? 0)
  }
  // Far better than nothing, and not too good to be true.
  expect(ours[0]).toBeGreaterThan(90)
  expect(ours[0]).toBeLessThan(99.9)
  expect(counts.ours[0]?.n).toBeGreaterThan(1000)
  expect(refused / fixes).toBeLessThan(0.02)
})
