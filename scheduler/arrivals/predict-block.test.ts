import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockCalls, type BlockCalls, type TimedTrip } from './block-calls.ts'
import { firstOutOfReach } from './energy-end.ts'
import { forPassengers } from './for-passengers.ts'
import { learn, type Observation } from './learn.ts'
import { predictBlock, type Seen } from './predict-block.ts'
import { ANY_TIME, expectedTravel, pairKey, type LearnedTime } from './travel-times.ts'

const none = new Map<string, Map<number, LearnedTime>>()
const MINUTE = 60_000

/** Two-way trips of five stops three minutes apart, and a layover of some minutes. */
function block(trips: number, layoverMin: number): BlockCalls {
  const all = Array.from({ length: trips }, (_, n): TimedTrip => {
    const startMs = 8 * 60 * MINUTE + n * (12 + layoverMin) * MINUTE
    const stops = Array.from({ length: 5 }, (_, i) => {
      const ms = startMs + i * 3 * MINUTE
      return { sequence: i + 1, stopId: `S${n % 2 === 0 ? i : 4 - i}`, arrivalMs: ms, departureMs: ms, timepoint: true }
    })
    const ends = { startStopId: stops[0]?.stopId ?? '', endStopId: stops[4]?.stopId ?? '' }
    return { tripId: `t${n}`, startMs, endMs: startMs + 12 * MINUTE, ...ends, stops, path: null }
  })
  return blockCalls({ blockId: 'B', date: '2026-11-23', feedId: 'city', dayStartMs: 0, dayKind: 0 }, all)
}

describe('a forecast of a block', () => {
  test('goes forward in time from call to call, never before now ahead of the bus, with uncertainty that grows, whatever was seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 15 }),
        fc.integer({ min: 0, max: 90 * 60 }),
        fc.integer({ min: -900, max: 3600 }),
        fc.integer({ min: 0, max: 1700 }),
        (trips, layoverMin, seenS, deviationS, ageS) => {
          const calls = block(trips, layoverMin)
          const atMs = 8 * 60 * MINUTE + seenS * 1000
          const nowMs = atMs + ageS * 1000
          const seen: Seen = { kind: 'told', atMs, deviationMs: deviationS * 1000 }
          const forecast = predictBlock(calls, seen, none, nowMs)
          for (const shown of [forecast.calls, forPassengers(calls, forecast.calls, nowMs)]) {
            let latest = -Infinity
            let sd = 0
            for (const [i, call] of shown.entries()) {
              expect(call.arrivalMs).toBeGreaterThanOrEqual(latest)
              expect(call.departureMs).toBeGreaterThanOrEqual(call.arrivalMs)
              expect(call.sdMs).toBeGreaterThanOrEqual(sd)
              if (!call.passed) {
                expect(call.arrivalMs).toBeGreaterThanOrEqual(nowMs)
                // Nobody leaves the start of a trip before its time.
                if (calls.calls[i]?.first)
                  expect(call.departureMs).toBeGreaterThanOrEqual(calls.calls[i]?.departureMs ?? 0)
              }
              latest = call.departureMs
              sd = call.sdMs
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('that nobody has seen is the timetable, marked as such', () => {
    const forecast = predictBlock(block(2, 5), null, none, 8 * 60 * MINUTE)
    expect(forecast).toMatchObject({ basis: 'schedule', deviationMs: null, observedMs: null })
    expect(forecast.calls.every((call) => call.basis === 'schedule')).toBe(true)
  })

  test('whose vehicle comes late from other work begins when it is free', () => {
    const calls = block(1, 5)
    const startMs = 8 * 60 * MINUTE
    const seen: Seen = { kind: 'busy', atMs: startMs - 10 * MINUTE, untilMs: startMs + 9 * MINUTE }
    const forecast = predictBlock(calls, seen, none, startMs - 10 * MINUTE)
    expect(forecast).toMatchObject({ basis: 'live', deviationMs: 10 * MINUTE })
    expect(forecast.calls[0]?.departureMs).toBe(startMs + 10 * MINUTE)
    const free: Seen = { kind: 'busy', atMs: startMs - 10 * MINUTE, untilMs: startMs - 5 * MINUTE }
    expect(predictBlock(calls, free, none, startMs - 10 * MINUTE).basis).toBe('schedule')
  })

  test('lateness beyond the layover goes over to the next trip, less the layover', () => {
    const calls = block(2, 5)
    const atMs = 8 * 60 * MINUTE + 20 * MINUTE
    const forecast = predictBlock(calls, { kind: 'told', atMs, deviationMs: 11 * MINUTE }, none, atMs)
    const arrives = forecast.calls[4]?.arrivalMs ?? 0
    const leaves = forecast.calls[5]?.departureMs ?? 0
    expect(leaves - arrives).toBe(MINUTE)
    expect(leaves - (calls.calls[5]?.departureMs ?? 0)).toBeGreaterThan(5 * MINUTE)
  })
})

describe('learned travel times', () => {
  const day = 86_400_000
  const seen = (dayNumber: number, hour: number, travelS: number): Observation => ({
    fromStopId: 'A',
    toStopId: 'B',
    date: new Date(dayNumber * day + 12 * 3_600_000).toISOString().slice(0, 10),
    dayStartMs: dayNumber * day,
    dayKind: 0,
    atMs: dayNumber * day + hour * 3_600_000,
    travelS,
    dwellS: null,
  })
  const all = (observations: readonly Observation[]): Map<string, Map<number, LearnedTime>> => {
    const times = new Map<string, Map<number, LearnedTime>>()
    for (const one of observations) {
      for (const [pair, rows] of learn(times, [one])) times.set(pair, new Map([...(times.get(pair) ?? []), ...rows]))
    }
    return times
  }

  test('are the average from the first observation on', () => {
    const row = all([seen(1, 8.2, 100), seen(1, 8.6, 140), seen(2, 8.4, 120)])
      .get(pairKey('A', 'B'))
      ?.get(8)
    expect(row).toMatchObject({ n: 3, days: 2 })
    expect(row?.meanS).toBeCloseTo(120, 6)
  })

  test('follow a change of the street within days once they are filtered, sooner than the average', () => {
    const before = Array.from({ length: 15 }, (_, d) => seen(d, 8.5, 100 + (d % 3) * 4))
    const after = Array.from({ length: 10 }, (_, d) => seen(15 + d, 8.5, 160 + (d % 3) * 4))
    const row = all([...before, ...after])
      .get(pairKey('A', 'B'))
      ?.get(8)
    expect(row?.filteredS ?? 0).toBeGreaterThan(row?.meanS ?? Infinity)
    expect(row?.filteredVariance ?? 0).toBeGreaterThan(0)
  })

  test('in one batch are the same as one after the other', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 9 }),
            fc.double({ min: 6, max: 22, noNaN: true }),
            fc.integer({ min: 20, max: 400 }),
          ),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        (raw) => {
          const observations = raw.map(([d, hour, s]) => seen(d, hour, s)).sort((a, b) => a.atMs - b.atMs)
          expect(learn(none, observations)).toEqual(all(observations))
        },
      ),
    )
  })

  test('differ by the hour, and where nothing is known the timetable counts and says so', () => {
    const times = all(Array.from({ length: 10 }, (_, d) => [seen(d, 8.5, 300), seen(d, 12.5, 100)]).flat())
    const ask = (hour: number) =>
      expectedTravel(times, pairKey('A', 'B'), { dayKind: 0, dayStartMs: 0, atMs: hour * 3_600_000 }, 77, null)
    expect(ask(8.5).seconds).toBeGreaterThan(260)
    expect(ask(12.5).seconds).toBeLessThan(140)
    expect(ask(8.5).learned).toBe(true)
    expect(times.get(pairKey('A', 'B'))?.has(ANY_TIME)).toBe(true)
    expect(expectedTravel(times, pairKey('B', 'C'), { dayKind: 0, dayStartMs: 0, atMs: 0 }, 77, null)).toMatchObject({
      seconds: 77,
      learned: false,
    })
  })
})

describe('the first trip out of reach', () => {
  const trips = Array.from({ length: 4 }, (_, i) => ({
    tripId: `t${i}`,
    revenue: true,
    energyKwh: 10,
    homeKwh: i === 3 ? 0 : 2,
  }))
  const state = (usableKwh: number, before: string | null = null) => ({ usableKwh, usableSdKwh: 1, before })

  test('is none with energy for all, and the one whose end and way home it does not reach', () => {
    expect(firstOutOfReach(trips, state(50))).toBeNull()
    expect(firstOutOfReach(trips, state(27))).toBe(2)
    expect(firstOutOfReach(trips, state(5))).toBe(0)
  })

  test('changes back only when there is energy to spare', () => {
    expect(firstOutOfReach(trips, state(40))).toBeNull()
    expect(firstOutOfReach(trips, state(40, 't3'))).toBe(3)
    expect(firstOutOfReach(trips, state(45, 't3'))).toBeNull()
  })

  test('is never a trip without passengers', () => {
    expect(firstOutOfReach([{ tripId: 'home', revenue: false, energyKwh: 10, homeKwh: 0 }], state(1))).toBeNull()
  })

  test('with more energy it is never an earlier one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (usable, more) => {
          const less = firstOutOfReach(trips, state(usable)) ?? Infinity
          expect(firstOutOfReach(trips, state(usable + more)) ?? Infinity).toBeGreaterThanOrEqual(less)
        },
      ),
    )
  })
})
