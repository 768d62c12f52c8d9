import { expect, test } from 'vitest'
import type { VehicleView } from '../../parts/vehicle-view.ts'
import { type ListChoice, listGroups } from './list-groups.ts'
import { listWindow } from './list-window.ts'

const view = (label: string, change: Partial<VehicleView> = {}, vehicle: object = {}): VehicleView =>
  ({
    label,
    tone: 'quiet',
    status: { kind: 'waits' },
    soc: { kind: 'current', percent: 50, at: 0 },
    pullOut: 'made',
    pullOutAt: 1000,
    marginMinutes: 200,
    vehicle: { typeLabel: 'Solo', bayId: null, stationId: null, block: null, next: null, ...vehicle },
    ...change,
  }) as unknown as VehicleView

const EVERYTHING: ListChoice = { search: '', filter: 'all', grouping: 'margin', sorting: 'margin' }
const shown = (views: VehicleView[], choice: Partial<ListChoice> = {}): string[] =>
  listGroups(views, { ...EVERYTHING, ...choice }).map(
    ({ key, views: of }) => `${key}: ${of.map((one) => one.label).join(' ')}`,
  )

test('who will not make it comes first, then who has least to spare', () => {
  const views = [
    view('1'),
    view('2', { marginMinutes: 40 }),
    view('3', { pullOut: 'missed', marginMinutes: null }),
    view('4', { marginMinutes: 90 }),
    view('5', { pullOut: 'none', pullOutAt: null, marginMinutes: null }),
  ]
  expect(shown(views)).toEqual(['missed: 3', 'tight: 2', 'made: 4 1', 'none: 5'])
  expect(shown(views, { grouping: 'none' })).toEqual([': 3 2 4 1 5'])
})

test('a search finds by label, type, block, line and charger, every word of it', () => {
  const views = [
    view('Bus 1', {}, { next: { blockId: '12-3', routes: ['12'] } }),
    view('Bus 2', {}, { typeLabel: 'Articulated', stationId: 'CP-7' }),
  ]
  expect(shown(views, { search: '12-3' })).toEqual(['made: Bus 1'])
  expect(shown(views, { search: 'bus artic' })).toEqual(['made: Bus 2'])
  expect(shown(views, { search: 'cp-7' })).toEqual(['made: Bus 2'])
  expect(shown(views, { search: 'bus 9' })).toEqual([])
})

test('a filter keeps what is asked for, and groups follow state or type', () => {
  const views = [
    view('1', { status: { kind: 'charging', powerW: 1 } }),
    view('2', { status: { kind: 'notPluggedIn' }, tone: 'look' }, { typeLabel: 'Articulated' }),
  ]
  expect(shown(views, { filter: 'attention' })).toEqual(['made: 2'])
  expect(shown(views, { filter: 'charging' })).toEqual(['made: 1'])
  expect(shown(views, { grouping: 'state' })).toEqual(['notPluggedIn: 2', 'charging: 1'])
  expect(shown(views, { grouping: 'type' })).toEqual(['Articulated: 2', 'Solo: 1'])
})

test('only rows in sight are drawn, and the others keep their room', () => {
  const sizes = [3, 400, 97]
  const seen = { height: 700, rowHeight: 50, headHeight: 40 }
  for (const top of [0, 333, 5_000, 20_000, 24_400]) {
    const slices = listWindow(sizes, { top, ...seen })
    slices.forEach((slice, i) => {
      expect(slice.above + slice.below + (slice.to - slice.from) * 50).toBe((sizes[i] ?? 0) * 50)
    })
    expect(slices.reduce((sum, slice) => sum + slice.to - slice.from, 0)).toBeLessThan(60)
  }
  expect(listWindow(sizes, { top: 5_000, ...seen })[1]).toMatchObject({ from: 85, to: 120 })
})
