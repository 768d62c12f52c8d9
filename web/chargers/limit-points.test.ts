import { expect, test } from 'vitest'
import { limitPoints } from './limit-points.ts'

const START = Date.parse('2026-11-23T20:00:00Z')
const profile = (schedule: object) =>
  ({
    id: 1,
    stackLevel: 1,
    purpose: 'tx',
    kind: 'absolute',
    schedule: {
      rateUnit: 'W',
      startAt: '2026-11-23T20:00:00Z',
      periods: [{ startSeconds: 0, limit: 60_000 }],
      ...schedule,
    },
  }) as Parameters<typeof limitPoints>[0]

test('a profile is a line that ends where the profile ends', () => {
  const periods = [
    { startSeconds: 0, limit: 60_000 },
    { startSeconds: 900, limit: 20_000 },
    { startSeconds: 9000, limit: 0 },
  ]
  expect(limitPoints(profile({ periods, durationSeconds: 3600 }), START + 86_400_000)).toEqual([
    [START, 60_000],
    [START + 900_000, 20_000],
    [START + 3_600_000, 20_000],
  ])
})

test('what would have to be guessed is not drawn', () => {
  expect(limitPoints(profile({ rateUnit: 'A' }), START + 1000)).toEqual([])
  expect(limitPoints(profile({ startAt: undefined }), START + 1000)).toEqual([])
})
