import { expect, test } from 'vitest'
import type { Vehicle } from '../parts/api-types.ts'
import { type RowFilter, vehicleRows } from './vehicle-rows.ts'

const all: RowFilter = { text: '', typeId: '', state: '', line: '', sort: 'name' }
const bus = (label: string, change: object = {}): Vehicle =>
  ({
    vehicleId: label.toLowerCase().replace(' ', '-'),
    label,
    typeId: 'midi',
    typeLabel: 'Midi',
    bayId: null,
    stationId: null,
    state: 'parked',
    socPercent: 50,
    socOld: false,
    estimate: { socPercent: 50 },
    range: { metres: 100_000, blockRemainingMetres: null },
    stateOfHealthPercent: null,
    block: null,
    next: null,
    ...change,
  }) as Vehicle
const labels = (vehicles: Vehicle[], filter: Partial<RowFilter> = {}) =>
  vehicleRows(vehicles, { ...all, ...filter }, 'en').map((one) => one.label)

test('bus 2 comes before bus 10', () => {
  expect(labels([bus('Bus 10'), bus('Bus 2')])).toEqual(['Bus 2', 'Bus 10'])
})

test('the emptiest comes first, by the estimate where the reading is old, and what is not known last', () => {
  const vehicles = [
    bus('A', { socPercent: null }),
    bus('B', { socPercent: 90, socOld: true, estimate: { socPercent: 20 } }),
    bus('C', { socPercent: 40 }),
  ]
  expect(labels(vehicles, { sort: 'charge' })).toEqual(['B', 'C', 'A'])
})

test('a bus is found by its name, line, type, bay or charger', () => {
  const vehicles = [bus('A', { next: { routes: ['12'], pullOutAt: '' } }), bus('B', { bayId: 'bay-12' }), bus('C')]
  expect(labels(vehicles, { text: ' 12 ' })).toEqual(['A', 'B'])
  expect(labels(vehicles, { line: '12' })).toEqual(['A'])
  expect(labels(vehicles, { text: 'midi', state: 'charging' })).toEqual([])
})
