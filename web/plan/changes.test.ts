import { expect, test } from 'vitest'
import { createFormat } from '../parts/format.ts'
import { type Change, type Preview, previewChanges, withChange } from './changes.ts'
import { instantOfLocal } from '../parts/local-instant.ts'
import { movedDepartures } from './moved-departures.ts'

const departure = { date: '2026-11-24', blockId: '101' }
const need = (needSocPercent: number): Change => ({ kind: 'need', vehicleId: 'bus-1', departure, needSocPercent })

test('a newer thought about the same takes the place of the older', () => {
  const changes = withChange(withChange([need(90)], { kind: 'limit', nodeId: 'grid', limitW: 1 }), need(95))
  expect(changes).toEqual([{ kind: 'limit', nodeId: 'grid', limitW: 1 }, need(95)])
})

test('need and departure of one departure are asked for as one wish', () => {
  const changes: Change[] = [
    need(95),
    { kind: 'departure', vehicleId: 'bus-1', departure, departAt: '2026-11-24T03:00:00.000Z' },
    { kind: 'chargeNow', vehicleId: 'bus-1', on: true },
    { kind: 'assign', date: '2026-11-24', blockId: '102', vehicleId: 'bus-2', from: 'bus-1' },
  ]
  expect(previewChanges(changes)).toEqual({
    wishes: [
      { vehicleId: 'bus-1', departure, needSocPercent: 95, departAt: '2026-11-24T03:00:00.000Z' },
      { vehicleId: 'bus-1', departure: null, chargeNow: { untilSocPercent: null } },
    ],
    limits: [],
    vehiclesOutOfService: [],
    assignments: [{ date: '2026-11-24', blockId: '102', vehicleId: 'bus-2' }],
  })
})

test('of the departures only those that change are told, the worst first', () => {
  const left = (marginMinutes: number | null, shortWh = 0) => ({
    departAt: '2026-11-24T03:40:00.000Z',
    readyAt: null,
    marginMinutes,
    needSocPercent: 85,
    departSocPercent: 85,
    shortWh,
  })
  const row = (vehicleId: string, before: ReturnType<typeof left> | null, after: ReturnType<typeof left> | null) => ({
    vehicleId,
    leavesFor: departure,
    before,
    after,
  })
  const departures = [
    row('same', left(60), left(60)),
    row('less', left(60), left(20)),
    row('short', left(60), left(null, 4000)),
    row('gone', left(60), null),
  ]
  expect(movedDepartures({ departures } as unknown as Preview).map((one) => one.vehicleId)).toEqual([
    'short',
    'less',
    'gone',
  ])
})

test('a time of day is the nearest such instant at the site, over midnight too', () => {
  const format = createFormat('en-GB', 'Europe/Sofia')
  const near = Date.parse('2026-11-24T03:40:00Z')
  const iso = (text: string): string | undefined => {
    const found = instantOfLocal(text, near, format)
    return found === null ? undefined : new Date(found).toISOString()
  }
  expect(iso('05:10')).toBe('2026-11-24T03:10:00.000Z')
  expect(iso('23:50')).toBe('2026-11-23T21:50:00.000Z')
  expect(iso('25:00')).toBeUndefined()
})
