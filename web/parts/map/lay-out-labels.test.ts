import { expect, test } from 'vitest'
import { layOutLabels, type LabelWish } from './lay-out-labels.ts'

const SIZE = { width: 400, height: 300 }

/** A text to the right of its dot at x, y, or to the left. */
const beside = (id: string, x: number, y: number, rank = 0): LabelWish => ({
  id,
  rank,
  width: 80,
  height: 16,
  spots: [
    { name: 'right', left: x + 8, top: y - 8 },
    { name: 'left', left: x - 88, top: y - 8 },
  ],
})
const dot = (id: string, x: number, y: number) => ({ id, left: x - 6, top: y - 6, right: x + 6, bottom: y + 6 })

test('texts that would cover each other: the more important one stands, the other goes to its other side, or away', () => {
  const wishes = [beside('a', 100, 100), beside('b', 110, 104, 5), beside('c', 104, 98)]
  const placed = layOutLabels(wishes, [], SIZE)
  expect(placed.get('b')).toBe('right')
  expect(placed.get('a')).toBe('left')
  expect(placed.has('c')).toBe(false)
})

test('a text covers no other drawing than its own, and does not hang over the edge', () => {
  const placed = layOutLabels(
    [beside('a', 100, 100), beside('edge', 390, 200), beside('corner', 40, 4)],
    [dot('a', 100, 100), dot('b', 130, 100)],
    SIZE,
  )
  expect(Object.fromEntries(placed)).toEqual({ a: 'left', edge: 'left' })
})
