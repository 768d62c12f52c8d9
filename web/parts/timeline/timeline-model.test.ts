import { expect, test } from 'vitest'
import type { Plan } from '../api-types.ts'
import { barPath, stepArea, stepPath } from './paths.ts'
import { hourStep, timelineRows, timeWindow } from './timeline-model.ts'

const START = Date.parse('2026-11-23T20:00:00Z')
const QUARTER = 900_000
const iso = (slots: number): string => new Date(START + slots * QUARTER).toISOString()

const plan = {
  startAt: iso(0),
  slotMinutes: 15,
  slots: 144,
  vehicles: [
    {
      vehicleId: 'bus-1',
      blocks: [{ blockId: '12-1', date: '2026-11-24', startAt: iso(30), endAt: iso(80), routes: ['12'] }],
      visits: [
        {
          stationId: 'CP1',
          evseId: 1,
          arriveAt: iso(-8),
          departAt: iso(30),
          needSocPercent: 80,
          arriveSocPercent: 40,
          departSocPercent: 80,
          readyAt: iso(9),
          shortWh: 0,
          firstSlot: 0,
          powerW: [40_000, 40_000, 20_000, 0, 0, 60_000],
        },
      ],
    },
  ],
} as unknown as Plan
const view = { vehicle: { vehicleId: 'bus-1' }, label: 'Bus 1' }
const nothing = { blocks: [], sessions: [], power: [] }
const window = timeWindow(START, plan)

test('slots of equal power become one step, slots without a gap one bar', () => {
  const [row] = timelineRows([view], plan, nothing, window, START)
  const charges = row?.bars.filter((bar) => bar.kind === 'charge') ?? []
  expect(charges.map((bar) => [bar.from, bar.to, bar.energyWh, bar.steps.length])).toEqual([
    [START, START + 3 * QUARTER, 25_000, 2],
    [START + 5 * QUARTER, START + 6 * QUARTER, 15_000, 1],
  ])
})

test('what lies behind the present is no longer shown as planned', () => {
  const now = START + 1.5 * QUARTER
  const [row] = timelineRows([view], plan, nothing, window, now)
  expect(row?.bars.find((bar) => bar.kind === 'charge')?.from).toBe(now)
})

test('a block that both the past and the plan know is drawn once', () => {
  const block = { ...plan.vehicles[0]?.blocks[0], vehicleId: 'bus-1', assignedBy: 'timetable' as const }
  const history = { ...nothing, blocks: [{ distanceM: 1, trips: [], ...block }] as never }
  const [row] = timelineRows([view], plan, history, window, START)
  expect(row?.bars.filter((bar) => bar.kind === 'block')).toHaveLength(1)
})

test('the axis reaches from four hours back to at most 36 ahead, in whole hours', () => {
  const { from, to } = timeWindow(START + 20 * 60_000, plan)
  expect([(from - START) / 3_600_000, (to - START) / 3_600_000]).toEqual([-4, 36])
})

test('hour labels keep their distance at every zoom', () => {
  expect([hourStep(60, 52), hourStep(30, 52), hourStep(8, 52), hourStep(2, 52)]).toEqual([1, 2, 12, 24])
})

test('a gap between samples breaks the line and the area', () => {
  const samples = [
    { from: 0, to: 1, value: 5 },
    { from: 1, to: 2, value: 7 },
    { from: 3, to: 4, value: 6 },
  ]
  const same = (value: number): number => value
  expect(stepPath(samples, same, same)).toBe('M0.0 5.0H1.0V7.0H2.0M3.0 6.0H4.0')
  expect(stepArea(samples, same, same, () => 0).split('Z')).toHaveLength(3)
})

test('a bar too narrow for its corners keeps its width', () => {
  expect(barPath(10, 0, 4, 20, 5, 5)).toContain('q2 0 2 2')
})
