import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outsideQuarters } from './outside-quarters.ts'
import { sessionQuarters, type SessionRegister } from './session-quarters.ts'

const MINUTE = 60_000
const at = (minute: number, registerWh: number) => ({ atMs: minute * MINUTE, registerWh })
const sumOf = (quarters: readonly { energyWh: number }[]) => quarters.reduce((sum, one) => sum + one.energyWh, 0)

function session(
  start: [number, number | null],
  samples: [number, number][],
  stop: [number, number | null] | null = null,
): SessionRegister {
  return {
    start: { atMs: start[0] * MINUTE, registerWh: start[1] },
    stop: stop === null ? null : { atMs: stop[0] * MINUTE, registerWh: stop[1] },
    samples: samples.map(([minute, wh]) => at(minute, wh)),
  }
}

describe('a session by the quarter hour', () => {
  test('what flows over an edge is split by time', () => {
    expect(sessionQuarters(session([10, 1000], [[20, 2000]]))?.quarters).toEqual([
      { startMs: 0, energyWh: 500 },
      { startMs: 15 * MINUTE, energyWh: 500 },
    ])
  })

  test('is the difference of the registers at stop and start, whatever the last sample was', () => {
    const found = sessionQuarters(session([0, 1000], [[10, 9000]], [14, 9500]))
    expect(found).toMatchObject({ energyWh: 8500, resets: 0, breaks: 0, quarters: [{ startMs: 0, energyWh: 8500 }] })
  })

  test('a register that begins anew counts from zero', () => {
    const found = sessionQuarters(
      session(
        [0, 9000],
        [
          [15, 9500],
          [30, 300],
        ],
        [40, 700],
      ),
    )
    expect(found).toMatchObject({ energyWh: 1200, resets: 1 })
    expect(found?.quarters.map((one) => one.energyWh)).toEqual([500, 300, 400])
  })

  test('a register that begins anew and overtakes its old self is not taken for one that never did', () => {
    const found = sessionQuarters(
      session(
        [0, 100],
        [
          [30, 5000],
          [60, 4000],
        ],
        [65, 9000],
      ),
    )
    expect(found?.energyWh).toBe(4900 + 4000 + 5000)
  })

  test('samples that count per session do not spoil a start and a stop that count for ever', () => {
    const found = sessionQuarters(
      session(
        [0, 5_000_000],
        [
          [1, 0],
          [15, 25_000],
          [30, 50_000],
        ],
        [30.5, 5_050_100],
      ),
    )
    expect(found?.energyWh).toBe(50_100)
    expect(found?.quarters.map((one) => one.energyWh)).toEqual([25_000, 25_000, 100])
  })

  test('rounding takes nothing from the sum and makes no quarter negative', () => {
    const found = sessionQuarters(
      session(
        [0, 1000],
        [
          [10, 3000],
          [14, 2990],
          [16, 2991],
        ],
        [31, 2995],
      ),
    )
    expect(found?.energyWh).toBe(1995)
    expect(found?.quarters.every((one) => one.energyWh >= 0)).toBe(true)
  })

  test('a zero or a wrong digit between readings that go on is left out', () => {
    const good: [number, number][] = [
      [5, 5_001_000],
      [10, 5_002_000],
      [20, 5_004_000],
    ]
    const clean = sessionQuarters(session([0, 5_000_000], good, [30, 5_006_000]))
    for (const wrong of [0, 900_000_000_000]) {
      const spoilt = sessionQuarters(session([0, 5_000_000], [...good, [15, wrong]], [30, 5_006_000]))
      expect(spoilt).toEqual(clean)
    }
  })

  test('another meter from the middle on tells of no energy at the change', () => {
    const found = sessionQuarters(
      session(
        [0, 1000],
        [
          [10, 3000],
          [20, 80_000_000],
          [30, 80_001_000],
        ],
        null,
      ),
    )
    expect(found).toMatchObject({ energyWh: 3000, breaks: 1 })
  })

  test('samples from before the start and after the stop are not the session’s', () => {
    const found = sessionQuarters(
      session(
        [10, 1000],
        [
          [5, 400],
          [20, 2000],
          [40, 7000],
        ],
        [30, 3000],
      ),
    )
    expect(found).toMatchObject({ energyWh: 2000, first: at(10, 1000), last: at(30, 3000) })
  })

  test('one reading alone says nothing, and none at all is no session of energy', () => {
    expect(sessionQuarters(session([0, 1000], []))).toMatchObject({ energyWh: null, quarters: [] })
    expect(sessionQuarters(session([0, null], [], [10, 900]))).toMatchObject({ energyWh: null })
    expect(sessionQuarters(session([0, null], []))).toBeNull()
  })

  test('a session that lasts no time keeps its energy', () => {
    expect(sessionQuarters(session([20, 1000], [], [20, 1400]))?.quarters).toEqual([
      { startMs: 15 * MINUTE, energyWh: 400 },
    ])
  })
})

describe('outside any session', () => {
  test('counts from the last reading of a session to the first of the next, over the readings between', () => {
    const spans = [
      { first: at(0, 0), last: at(20, 5000) },
      { first: at(50, 5040), last: at(60, 9000) },
    ]
    expect(outsideQuarters([at(10, 2000), at(35, 5030)], spans)).toEqual([
      { startMs: 15 * MINUTE, energyWh: 20 },
      { startMs: 30 * MINUTE, energyWh: 17 },
      { startMs: 45 * MINUTE, energyWh: 3 },
    ])
  })

  test('a register that counts from each plug-in tells of nothing between', () => {
    const spans = [
      { first: at(0, 0), last: at(20, 5000) },
      { first: at(50, 0), last: at(60, 4000) },
    ]
    expect(sumOf(outsideQuarters([], spans))).toBe(0)
  })

  test('a year without a reading gives no quarter', () => {
    expect(outsideQuarters([at(0, 0), at(500 * 24 * 60, 1000)], [])).toEqual([])
  })
})

/** A meter that only rises, read at random instants, and where sessions begin and end on it. */
const meter = fc
  .record({
    steps: fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 90 * MINUTE }),
        fc.integer({ min: 0, max: 50_000 }),
        fc.integer({ min: 0, max: 5 }),
      ),
      { minLength: 3, maxLength: 60 },
    ),
    from: fc.integer({ min: 0, max: 10_000_000 }),
  })
  .map(({ steps, from }) => {
    const readings: { atMs: number; registerWh: number }[] = []
    const cuts: number[] = []
    let atMs = 1_000_000
    let registerWh = from
    for (const [i, [wait, energyWh, kind]] of steps.entries()) {
      atMs += wait
      registerWh += energyWh
      readings.push({ atMs, registerWh })
      if (kind === 0) cuts.push(i)
    }
    return { readings, cuts }
  })

test('sessions and what is outside them add up to the rise of the register to the watt-hour', () => {
  fc.assert(
    fc.property(meter, ({ readings, cuts }) => {
      const sessions: NonNullable<ReturnType<typeof sessionQuarters>>[] = []
      const outside: { atMs: number; registerWh: number }[] = []
      let next = 0
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        const [begin, end] = [cuts[i] ?? 0, cuts[i + 1] ?? 0]
        outside.push(...readings.slice(next, begin))
        const [start, stop] = [readings[begin], readings[end]]
        if (start === undefined || stop === undefined) continue
        const found = sessionQuarters({ start, stop, samples: readings.slice(begin, end + 1).toReversed() })
        expect(found?.energyWh).toBe(stop.registerWh - start.registerWh)
        expect(sumOf(found?.quarters ?? [])).toBe(found?.energyWh)
        for (const quarter of found?.quarters ?? []) expect(quarter.energyWh).toBeGreaterThanOrEqual(0)
        if (found !== null) sessions.push(found)
        next = end + 1
      }
      outside.push(...readings.slice(next))
      const between = outsideQuarters(outside, sessions)
      const total = sumOf(between) + sessions.reduce((sum, one) => sum + (one.energyWh ?? 0), 0)
      expect(total).toBe((readings.at(-1)?.registerWh ?? 0) - (readings[0]?.registerWh ?? 0))
    }),
    { numRuns: 500 },
  )
})

test('a wrong digit anywhere among the samples changes nothing', () => {
  fc.assert(
    fc.property(meter, fc.nat(), fc.constantFrom(0, 900_000_000_000), ({ readings }, pick, wrong) => {
      const [start, stop] = [readings[0], readings.at(-1)]
      fc.pre(start !== undefined && stop !== undefined && readings.length >= 5 && start.registerWh > 100_000)
      if (start === undefined || stop === undefined) return
      const samples = readings.slice(1, -1)
      const before = readings[1 + (pick % (readings.length - 3))]
      const after = readings[2 + (pick % (readings.length - 3))]
      if (before === undefined || after === undefined || after.atMs - before.atMs < 2) return
      const clean = sessionQuarters({ start, stop, samples })
      const spoilt = [...samples, { atMs: before.atMs + 1, registerWh: wrong }]
      // A zero after which the register could have got here by charging is a restart, and no outlier.
      fc.pre(wrong > 0 || after.registerWh > (5_000_000 * (after.atMs - before.atMs + 60_000)) / 3_600_000)
      expect(sessionQuarters({ start, stop, samples: spoilt })).toEqual(clean)
    }),
    { numRuns: 500 },
  )
})
