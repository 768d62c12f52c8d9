import { expect, test } from 'vitest'
import type { Plan } from './api-types.ts'
import { cheapestHours, plannedPeak, planWorth, valueAt } from './plan-figures.ts'

const START = Date.parse('2026-11-23T20:00:00Z')
const HOUR = 3_600_000

function plan(change: Partial<Plan> = {}): Plan {
  return {
    planId: 1,
    siteId: 'depot',
    createdAt: new Date(START).toISOString(),
    startAt: new Date(START).toISOString(),
    slotMinutes: 60,
    slots: 6,
    status: 'optimal',
    reason: '',
    causes: [],
    limitW: [200_000, 200_000, 200_000, 200_000, 200_000, 200_000],
    baseLoadW: [30_000, 30_000, 30_000, 30_000, 30_000, 30_000],
    importW: [30_000, 30_000, 90_000, 130_000, 30_000, 30_000],
    uncontrolledImportW: [190_000, 30_000, 30_000, 30_000, 30_000, 30_000],
    priceMicroEurPerKwh: [200_000, 150_000, 60_000, 62_000, 140_000, 58_000],
    carbonGPerKwh: null,
    prices: null,
    peakW: 130_000,
    energyCostMicroEur: 20_000_000,
    peakCostMicroEur: 0,
    totalCostMicroEur: 20_000_000,
    lowerBoundMicroEur: 19_990_000,
    gap: 0.0005,
    uncontrolled: { peakW: 190_000, totalCostMicroEur: 40_000_000 },
    violations: [],
    explain: [],
    facts: [],
    solveMs: 5,
    vehicles: [],
    ...change,
  }
}

test('the cheapest hours are the longest run near the lowest price, not the single lowest slot', () => {
  const cheap = cheapestHours(plan(), START, 24)
  expect(cheap).toEqual({ from: START + 2 * HOUR, to: START + 4 * HOUR, meanMicroEurPerKwh: 61_000 })
})

test('the cheapest hours lie ahead, and a price that never differs has none', () => {
  expect(cheapestHours(plan(), START + 4.5 * HOUR, 24)?.from).toBe(START + 5 * HOUR)
  expect(cheapestHours(plan({ priceMicroEurPerKwh: [1, 1, 1, 1, 1, 1] }), START, 24)).toBeNull()
})

test('negative prices are the cheapest', () => {
  const negative = plan({ priceMicroEurPerKwh: [100_000, 100_000, -40_000, 100_000, 100_000, 100_000] })
  expect(cheapestHours(negative, START, 24)).toMatchObject({ from: START + 2 * HOUR, meanMicroEurPerKwh: -40_000 })
})

test('a value is that of the slot that covers the instant, and unknown outside the plan', () => {
  expect(valueAt(plan(), plan().importW, START + 2.9 * HOUR)).toBe(90_000)
  expect(valueAt(plan(), plan().importW, START - 1)).toBeNull()
  expect(valueAt(plan(), plan().importW, START + 6 * HOUR)).toBeNull()
})

test('the planned peak is the highest still to come', () => {
  expect(plannedPeak(plan(), START)).toEqual({ powerW: 130_000, at: START + 3 * HOUR })
  expect(plannedPeak(plan(), START + 4 * HOUR)?.powerW).toBe(30_000)
})

test('the worth of a plan is its own cost against plugging in at will', () => {
  expect(planWorth(plan())).toMatchObject({
    savedMicroEur: 20_000_000,
    costChangePercent: -50,
    chargedWh: 160_000,
    carbon: null,
  })
})

test('where charging at will costs nothing no percentage is made up', () => {
  expect(planWorth(plan({ uncontrolled: { peakW: 0, totalCostMicroEur: 0 } })).costChangePercent).toBeNull()
})

test('the carbon is that of the charging alone', () => {
  const worth = planWorth(plan({ carbonGPerKwh: [400, 400, 300, 300, 400, 400] }))
  expect(worth.carbon).toEqual({ grams: 48_000, changePercent: -25 })
})
