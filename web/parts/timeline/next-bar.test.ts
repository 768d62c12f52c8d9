import { expect, test } from 'vitest'
import { nextBar, walksBars } from './next-bar.ts'
import type { Bar, Row } from './timeline-model.ts'

const bar = (key: string, from: number, to: number): Bar => ({ kind: 'charged', key, from, to, energyWh: 1, share: 1 })
const row = (vehicleId: string, ...bars: Bar[]): Pick<Row, 'vehicleId' | 'bars'> => ({ vehicleId, bars })
const rows = [
  row('A', bar('a1', 0, 10), bar('a2', 20, 30), bar('a3', 90, 100)),
  row('B'),
  row('C', bar('c1', 0, 4), bar('c2', 70, 90)),
] as Row[]

function walk(vehicleId: string, key: string, ...keys: string[]): string | undefined {
  const start = rows.find((one) => one.vehicleId === vehicleId)
  const first = start?.bars.find((one) => one.key === key)
  if (start === undefined || first === undefined) throw new Error(`no bar ${key}`)
  let here = { row: start, bar: first }
  for (const pressed of keys) {
    const next = nextBar(rows, here, pressed)
    if (next === undefined) return undefined
    here = next
  }
  return here.bar.key
}

test('left and right walk along the row and stop at its ends', () => {
  expect(walk('A', 'a1', 'ArrowRight')).toBe('a2')
  expect(walk('A', 'a2', 'ArrowLeft')).toBe('a1')
  expect(walk('A', 'a1', 'ArrowLeft')).toBeUndefined()
  expect(walk('A', 'a3', 'ArrowRight')).toBeUndefined()
})

test('Home and End lead to the first and the last bar of the row', () => {
  expect(walk('A', 'a2', 'Home')).toBe('a1')
  expect(walk('A', 'a2', 'End')).toBe('a3')
})

test('up and down lead to the bar nearest in time and pass over rows without bars', () => {
  expect(walk('A', 'a3', 'ArrowDown')).toBe('c2')
  expect(walk('C', 'c2', 'ArrowUp')).toBe('a3')
  expect(walk('C', 'c1', 'ArrowUp')).toBe('a1')
  expect(walk('A', 'a1', 'ArrowUp')).toBeUndefined()
  expect(walk('C', 'c1', 'ArrowDown')).toBeUndefined()
})

test('other keys are left to the browser', () => {
  expect(walksBars('ArrowUp')).toBe(true)
  expect(walksBars('Tab')).toBe(false)
  expect(walk('A', 'a1', 'Tab')).toBeUndefined()
})
