import { expect, test } from 'vitest'
import type { Vehicle } from '../parts/api-types.ts'
import type { ShownPlan } from '../parts/timeline/timeline-model.ts'
import { busesOf, type Choice, chosenBuses } from './bus.ts'

const NOW = Date.parse('2026-11-23T20:00:00Z')
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString()

const vehicle = (vehicleId: string, typeLabel = 'solo'): Vehicle =>
  ({ vehicleId, label: vehicleId, typeLabel }) as unknown as Vehicle

const planned = (vehicleId: string, departs: number, readyAt: string | null, shortWh = 0, line = '12') => ({
  vehicleId,
  blocks: [{ blockId: `b-${vehicleId}`, date: '2026-11-24', startAt: at(departs), endAt: at(600), routes: [line] }],
  visits: [
    {
      arriveAt: at(-60),
      departAt: at(departs),
      readyAt,
      shortWh,
      leavesFor: { blockId: `b-${vehicleId}`, date: '2026-11-24' },
    },
  ],
})
const plan = {
  vehicles: [
    planned('bus-2', 300, at(60), 0, '7'),
    planned('bus-10', 200, at(190)),
    planned('bus-1', 400, null, 12_000),
  ],
} as unknown as ShownPlan
const buses = busesOf(plan, [vehicle('bus-1'), vehicle('bus-2', 'artic'), vehicle('bus-10'), vehicle('bus-3')], NOW)
const usual: Choice = { text: '', tight: false, sorting: 'name', grouping: 'none' }
const names = (choice: Partial<Choice>): string[][] =>
  chosenBuses(buses, { ...usual, ...choice }).map((group) => group.buses.map((bus) => bus.label))

test('the margin is the time from ready to departure, and nobody invents one for a bus that is never ready', () => {
  expect(buses.map((bus) => [bus.label, bus.marginMinutes, bus.shortWh])).toEqual([
    ['bus-1', null, 12_000],
    ['bus-2', 240, 0],
    ['bus-10', 10, 0],
    ['bus-3', null, 0],
  ])
})

test('what was ready long ago has its margin from now on', () => {
  const [bus] = busesOf({ vehicles: [planned('bus-2', 300, at(-30))] } as unknown as ShownPlan, [vehicle('bus-2')], NOW)
  expect(bus?.marginMinutes).toBe(300)
})

test('buses are sorted by name as people count, by departure, or by margin with the short ones first and those without work last', () => {
  expect(names({})).toEqual([['bus-1', 'bus-2', 'bus-3', 'bus-10']])
  expect(names({ sorting: 'departure' })).toEqual([['bus-10', 'bus-2', 'bus-1', 'bus-3']])
  expect(names({ sorting: 'margin' })).toEqual([['bus-1', 'bus-10', 'bus-2', 'bus-3']])
})

test('a search finds a bus by its name or its line, and the filter leaves the tight ones', () => {
  expect(names({ text: ' BUS-1' })).toEqual([['bus-1', 'bus-10']])
  expect(names({ text: '7' })).toEqual([['bus-2']])
  expect(names({ tight: true })).toEqual([['bus-1', 'bus-10']])
  expect(names({ text: 'tram' })).toEqual([])
})

test('groups are by type or by line, and those without a line come last', () => {
  const groups = chosenBuses(buses, { ...usual, grouping: 'line' })
  expect(groups.map((group) => group.name)).toEqual(['7', '12', ''])
  expect(chosenBuses(buses, { ...usual, grouping: 'type' }).map((group) => group.name)).toEqual(['artic', 'solo'])
})
