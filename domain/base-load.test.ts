import { expect, test } from 'vitest'
import { baseLoadAt } from './base-load.ts'

const hourly = Array.from({ length: 12 }, (_, month) => Array.from({ length: 24 }, (_, hour) => month * 100 + hour))

test('the mean of the local hour counts, whatever the clocks do, and one number counts all day', () => {
  const at = baseLoadAt('Europe/Sofia')
  const node = { baseLoadW: 90_000, hourlyBaseLoadW: hourly }
  expect(at(node, new Date('2026-11-23T22:00:00Z'))).toBe(1000)
  expect(at(node, new Date('2026-11-23T21:59:00Z'))).toBe(1023)
  expect(at(node, new Date('2026-07-01T09:15:00Z'))).toBe(612)
  // The hour that comes twice in autumn.
  expect(at(node, new Date('2026-10-25T00:30:00Z'))).toBe(903)
  expect(at(node, new Date('2026-10-25T01:30:00Z'))).toBe(903)
  expect(at({ baseLoadW: 90_000, hourlyBaseLoadW: null }, new Date('2026-07-01T09:15:00Z'))).toBe(90_000)
})
