import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block } from '../../domain/block.ts'
import { assignBlocks } from './assign-blocks.ts'

function block(blockId: string, startHour: number, endHour: number, more: Partial<Block> = {}): Block {
  const midnight = Date.parse('2026-11-23T00:00:00Z')
  return {
    blockId,
    date: '2026-11-23',
    vehicleId: null,
    assignedBy: null,
    startAt: new Date(midnight + startHour * 3_600_000),
    endAt: new Date(midnight + endHour * 3_600_000),
    distanceM: 50_000,
    routes: ['12'],
    trips: [],
    ...more,
  }
}

const buses = (count: number, rangeM = 200_000) =>
  Array.from({ length: count }, (_, i) => ({ vehicleId: `bus-${i + 1}`, rangeM }))

function drivers(result: ReturnType<typeof assignBlocks>): Record<string, string> {
  return Object.fromEntries(result.assignments.map((one) => [`${one.date} ${one.blockId}`, one.vehicleId]))
}

test('what the timetable and people decided stays, and the rest goes to vehicles that are free', () => {
  const result = assignBlocks(
    [
      block('A', 5, 12, { vehicleId: 'bus-1', assignedBy: 'timetable' }),
      block('B', 6, 13, { vehicleId: 'bus-2', assignedBy: 'manual' }),
      block('C', 7, 14),
      block('D', 15, 20),
    ],
    buses(3),
  )
  expect(drivers(result)).toEqual({ '2026-11-23 C': 'bus-3', '2026-11-23 D': 'bus-1' })
  expect(result.unassigned).toEqual([])
})

test('a block taken away by hand, or given to a vehicle outside the fleet, is left alone', () => {
  const result = assignBlocks(
    [block('A', 5, 12, { assignedBy: 'manual' }), block('B', 5, 12, { assignedBy: 'timetable' })],
    buses(2),
  )
  expect(result).toEqual({ assignments: [], unassigned: [] })
})

test('the same vehicle has the same block on the next day', () => {
  const tomorrow = (one: Block): Block => ({
    ...one,
    date: '2026-11-24',
    startAt: new Date(one.startAt.getTime() + 86_400_000),
    endAt: new Date(one.endAt.getTime() + 86_400_000),
  })
  const today = [block('A', 5, 12), block('B', 6, 13), block('C', 7, 14)]
  const all = drivers(assignBlocks([...today.map(tomorrow).toReversed(), ...today], buses(3)))
  for (const { blockId } of today) expect(all[`2026-11-24 ${blockId}`]).toBe(all[`2026-11-23 ${blockId}`])
  expect(new Set(Object.values(all)).size).toBe(3)
})

test('a vehicle that can do the distance is preferred, and when none can it is said', () => {
  const fleet = [
    { vehicleId: 'small', rangeM: 60_000 },
    { vehicleId: 'large', rangeM: 150_000 },
  ]
  expect(drivers(assignBlocks([block('A', 5, 12, { distanceM: 120_000 })], fleet))).toEqual({ '2026-11-23 A': 'large' })
  const long = assignBlocks([block('A', 5, 12, { distanceM: 180_000 })], fleet)
  expect(long.assignments).toMatchObject([
    { vehicleId: 'large', note: '180 km, but no free vehicle goes further than 150 km with its reserve' },
  ])
})

test('an earlier automatic assignment stays, unless it has come to overlap', () => {
  const kept = block('A', 5, 12, { vehicleId: 'bus-2', assignedBy: 'automatic' })
  expect(assignBlocks([kept], buses(2)).assignments).toEqual([])
  const clash = block('B', 11, 15, { vehicleId: 'bus-2', assignedBy: 'manual' })
  expect(drivers(assignBlocks([kept, clash], buses(2)))).toEqual({ '2026-11-23 A': 'bus-1' })
})

test('a block that nobody is free for is reported with the reason', () => {
  expect(assignBlocks([block('A', 5, 12), block('B', 6, 13)], buses(1)).unassigned).toEqual([
    { date: '2026-11-23', blockId: 'B', reason: 'every vehicle drives another block then' },
  ])
  expect(assignBlocks([block('A', 5, 12)], []).unassigned[0]?.reason).toBe('the site has no vehicle in service')
})

test('no vehicle ever has two blocks at a time, and every block is either given or reported', () => {
  const anyBlocks = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 })), {
    maxLength: 25,
  })
  fc.assert(
    fc.property(anyBlocks, fc.integer({ min: 1, max: 6 }), (spans, count) => {
      const blocks = spans.map(([start, hours], i) => block(`B${i}`, start, start + hours))
      const { assignments, unassigned } = assignBlocks(blocks, buses(count))
      expect(assignments.length + unassigned.length).toBe(blocks.length)
      const vehicles = Map.groupBy(assignments, (one) => one.vehicleId)
      for (const own of vehicles.values()) {
        const work = own
          .flatMap((one) => blocks.find((other) => other.blockId === one.blockId) ?? [])
          .sort((a, b) => a.startAt.getTime() - b.startAt.getTime())
        for (const [i, later] of work.entries()) {
          const earlier = work[i - 1]
          if (earlier !== undefined) expect(later.startAt.getTime()).toBeGreaterThan(earlier.endAt.getTime())
        }
      }
    }),
    { numRuns: 200, seed: 7 },
  )
})
