import { expect, test } from 'vitest'
import type { Arrival, StopBoard } from '../parts/api-types.ts'
import { boardRows, freshnessOf } from './rows.ts'

const NOW = Date.parse('2026-11-24T10:00:00Z')
const iso = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString()

function arrival(tripId: string, change: Partial<Arrival> = {}): Arrival {
  return {
    stopId: '1201',
    stopCode: '1201',
    tripId,
    date: '2026-11-24',
    blockId: 'B',
    lineId: '12',
    route: '12',
    routeColor: null,
    headsign: 'Плажа',
    headsignLatin: 'Plazha',
    directionId: 0,
    vehicleLabel: null,
    scheduledAt: iso(5),
    predictedAt: iso(5),
    minutes: 5,
    status: 'onTime',
    basis: 'learned',
    uncertaintySeconds: 30,
    asOf: iso(0),
    old: false,
    departed: false,
    arrivalOnly: false,
    notice: null,
    ...change,
  }
}

function board(...items: Arrival[]): StopBoard {
  const stop = { feedId: 'f', stopId: '1201', code: '1201', name: 'Грамада', latitude: 42, longitude: 23 } as const
  return {
    now: iso(0),
    speed: 1,
    stop: { ...stop, kind: 'stop', parentId: null },
    nameLatin: 'Gramada',
    timeZone: 'Europe/Sofia',
    live: 'live',
    items,
    next: null,
    endsHere: false,
    attribution: { publisher: null, licence: null, url: null, text: null },
  }
}

test('minutes count down by the clock, and say now at the end', () => {
  const late = board(arrival('a', { scheduledAt: iso(2), predictedAt: iso(7.5), status: 'late' }))
  expect(boardRows(late, NOW, 'fresh')[0]).toMatchObject({ minutes: 7, moved: true, differenceMinutes: 5, live: true })
  expect(boardRows(late, NOW + 7 * 60_000, 'fresh')[0]?.minutes).toBe(0)
})

test('what is far, or known from the timetable alone, is a clock time', () => {
  const rows = boardRows(
    board(
      arrival('far', { scheduledAt: iso(31), predictedAt: iso(31.2) }),
      arrival('scheduled', { predictedAt: null, status: 'scheduled' }),
    ),
    NOW,
    'fresh',
  )
  expect(rows.map(({ minutes, live }) => [minutes, live])).toEqual([
    [null, false],
    [null, true],
  ])
})

test('when nothing is heard, minutes give way to clock times, and after ten minutes to the timetable', () => {
  const one = board(arrival('a', { scheduledAt: iso(12), predictedAt: iso(20), status: 'late' }))
  expect([0, 89_000, 90_000, 600_000].map(freshnessOf)).toEqual(['fresh', 'fresh', 'stale', 'gone'])
  expect(boardRows(one, NOW, 'stale')[0]).toMatchObject({ minutes: null, at: NOW + 20 * 60_000, status: 'late' })
  expect(boardRows(one, NOW, 'gone')[0]).toMatchObject({ minutes: null, at: NOW + 12 * 60_000, status: 'scheduled' })
})

test('a bus whose time has passed leaves a silent board by itself', () => {
  const one = board(arrival('a', { scheduledAt: iso(1), predictedAt: iso(1) }))
  expect(boardRows(one, NOW + 100_000, 'fresh')).toHaveLength(1)
  expect(boardRows(one, NOW + 100_000, 'stale')).toEqual([])
})

test('what is cancelled stays cancelled, with its reason, and what left early is told as gone until its time', () => {
  const texts = { header: '', text: '', spoken: '' }
  const rows = boardRows(
    board(
      arrival('gone', { scheduledAt: iso(2), predictedAt: iso(-1), departed: true, status: 'early' }),
      arrival('off', {
        predictedAt: null,
        status: 'cancelled',
        notice: {
          kind: 'cancelled',
          reason: 'energy',
          ...texts,
          translations: { en: texts, bg: texts, uk: texts },
        },
      }),
    ),
    NOW,
    'gone',
  )
  expect(rows[1]).toMatchObject({ status: 'cancelled', energy: true, minutes: null })
  expect(
    boardRows(board(arrival('gone', { scheduledAt: iso(2), predictedAt: iso(-1), departed: true })), NOW, 'fresh')[0],
  ).toMatchObject({ status: 'departed', minutes: null, at: NOW + 2 * 60_000 })
})
