import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockCalls, type BlockCalls, type TimedTrip } from './block-calls.ts'
import { matchPosition } from './match-position.ts'
import { track, type Passage, type Track } from './track.ts'
import { tripPath, type Place } from './trip-path.ts'

const M = 1 / 111_195
const EAST = M / Math.cos((42 * Math.PI) / 180)

/** A place by metres north and east of the start. */
function place(north: number, east: number): Place {
  return [42 + north * M, 23 + east * EAST]
}

/** Trips over lines of places, a stop at each, so many seconds apart; `gap` seconds between two trips. */
function block(
  lines: readonly (readonly Place[])[],
  options: { legS: number; gapS: number; shape?: Place[] },
): BlockCalls {
  let atMs = 0
  const trips = lines.map((line, n): TimedTrip => {
    const stops = line.map((_, i) => {
      const ms = atMs + i * options.legS * 1000
      return { sequence: i + 1, stopId: `${n}-${i}`, arrivalMs: ms, departureMs: ms, timepoint: true }
    })
    const startMs = atMs
    const endMs = atMs + (line.length - 1) * options.legS * 1000
    atMs = endMs + options.gapS * 1000
    return {
      tripId: `trip-${n}`,
      startMs,
      endMs,
      startStopId: '',
      endStopId: '',
      stops,
      path: tripPath(options.shape ?? null, line),
    }
  })
  return blockCalls({ blockId: 'B', date: '2026-11-23', feedId: 'city', dayStartMs: 0, dayKind: 0 }, trips)
}

function run(calls: BlockCalls, fixes: readonly { atMs: number; latitude: number; longitude: number }[]) {
  let state: Track | null = null
  const passages: Passage[] = []
  const places: { trip: number; alongM: number }[] = []
  for (const fix of fixes) {
    const seen = track(calls, state, fix)
    if (seen === null) continue
    state = seen.track
    passages.push(...seen.passages)
    places.push({ trip: state.trip, alongM: state.alongM })
  }
  return { state, passages, places }
}

describe('a position on its block', () => {
  const straight = block([[place(0, 0), place(500, 0), place(1000, 0), place(1500, 0)]], { legS: 100, gapS: 0 })

  test('is found on the line beside which it lies, and off its route refused', () => {
    const [latitude, longitude] = place(750, 30)
    expect(matchPosition(straight, { atMs: 150_000, latitude, longitude }, null)).toMatchObject({ trip: 0 })
    expect(matchPosition(straight, { atMs: 150_000, latitude, longitude }, null)?.alongM).toBeCloseTo(750, 0)
    const off = place(750, 600)
    expect(matchPosition(straight, { atMs: 150_000, latitude: off[0], longitude: off[1] }, null)).toBeNull()
  })

  test('that is hours out of time is doing something else', () => {
    const [latitude, longitude] = place(750, 0)
    expect(matchPosition(straight, { atMs: 150_000 + 3 * 3_600_000, latitude, longitude }, null)).toBeNull()
  })

  test('never goes back for noise', () => {
    const there = place(750, 0)
    const back = place(730, 5)
    const { places } = run(straight, [
      { atMs: 150_000, latitude: there[0], longitude: there[1] },
      { atMs: 160_000, latitude: back[0], longitude: back[1] },
    ])
    expect(places.map((one) => Math.round(one.alongM))).toEqual([750, 750])
  })

  test('tells the way out from the way back on the same street by its time', () => {
    const out = [place(0, 0), place(500, 0), place(1000, 0)]
    const there = block([out, out.toReversed()], { legS: 100, gapS: 300 })
    const [latitude, longitude] = place(500, 0)
    expect(matchPosition(there, { atMs: 100_000, latitude, longitude }, null)).toMatchObject({ trip: 0 })
    expect(matchPosition(there, { atMs: 620_000, latitude, longitude }, null)).toMatchObject({ trip: 1 })
  })

  test('tells the two passes of a loop apart by its time', () => {
    // Out 1 km, round a square, and over the same street home.
    const stops = [
      place(0, 0),
      place(1000, 0),
      place(1000, 800),
      place(1800, 800),
      place(1800, 0),
      place(1000, 0),
      place(0, 0),
    ]
    const loop = block([stops], { legS: 120, gapS: 0 })
    const [latitude, longitude] = place(500, 0)
    expect(matchPosition(loop, { atMs: 60_000, latitude, longitude }, null)?.alongM).toBeCloseTo(500, -1)
    expect(matchPosition(loop, { atMs: 660_000, latitude, longitude }, null)?.alongM).toBeGreaterThan(4000)
  })
})

test('a shape that passes a stop twice has each stop in its own place, ascending', () => {
  const shape = [place(0, 0), place(1000, 0), place(1000, 500), place(0, 500), place(0, 0), place(-1000, 0)]
  const path = tripPath(shape, [place(0, 0), place(1000, 250), place(0, 2), place(-1000, 0)])
  expect(path?.straight).toBe(false)
  expect(path?.stopM.map((metres) => Math.round(metres / 50) * 50)).toEqual([0, 1250, 3000, 4000])
})

test('a shape that does not pass the stops gives way to lines from stop to stop', () => {
  const path = tripPath([place(0, 5000), place(1000, 5000)], [place(0, 0), place(1000, 0)])
  expect(path).toMatchObject({ straight: true })
  expect(tripPath(null, [place(0, 0), null])).toBeNull()
})

test('however noisy the positions of a bus are, it goes forward only and passes every stop once, within half a minute of the truth', () => {
  fc.assert(
    fc.property(
      fc.record({
        speed: fc.double({ min: 4, max: 14, noNaN: true }),
        everyS: fc.integer({ min: 10, max: 30 }),
        dwellS: fc.integer({ min: 0, max: 60 }),
        noise: fc.array(fc.double({ min: -18, max: 18, noNaN: true }), { minLength: 64, maxLength: 64 }),
        offset: fc.integer({ min: 0, max: 20 }),
      }),
      ({ speed, everyS, dwellS, noise, offset }) => {
        const stops = Array.from({ length: 6 }, (_, i) => place(i * 600, (i % 2) * 200))
        const calls = block([stops], { legS: 80, gapS: 0 })
        const alongs = calls.calls.map((call) => call.alongM)
        // Where it truly is: at a stop for its dwell, then on.
        const truth: { arriveS: number; leaveS: number }[] = []
        let clock = 30
        for (const [i, metres] of alongs.entries()) {
          const driven = i === 0 ? 0 : (metres - (alongs[i - 1] ?? 0)) / speed
          truth.push({ arriveS: clock + driven, leaveS: clock + driven + dwellS })
          clock += driven + dwellS
        }
        const at = (s: number): Place => {
          const i = truth.findLastIndex((one) => one.arriveS <= s)
          const [here, next] = [stops[Math.max(0, i)], stops[i + 1]]
          const from = truth[i]
          const to = truth[i + 1]
          if (here === undefined || i < 0) return stops[0] ?? place(0, 0)
          if (next === undefined || from === undefined || to === undefined || s <= from.leaveS) return here
          const share = (s - from.leaveS) / (to.arriveS - from.leaveS)
          return [here[0] + share * (next[0] - here[0]), here[1] + share * (next[1] - here[1])]
        }
        const fixes = []
        for (let s = offset, n = 0; s < clock + 30; s += everyS, n += 2) {
          const [latitude, longitude] = at(s)
          const north = (noise[n % 64] ?? 0) * M
          fixes.push({
            atMs: s * 1000,
            latitude: latitude + north,
            longitude: longitude + (noise[(n + 1) % 64] ?? 0) * EAST,
          })
        }
        const { state, passages, places } = run(calls, fixes)
        for (const [i, one] of places.entries()) expect(one.alongM).toBeGreaterThanOrEqual(places[i - 1]?.alongM ?? 0)
        expect(state?.call).toBe(5)
        const arrivals = new Map(
          passages.flatMap((one) => (one.arrivedMs === null ? [] : [[one.call, one.arrivedMs / 1000] as const])),
        )
        for (let i = 1; i < 6; i += 1) {
          expect(Math.abs((arrivals.get(i) ?? Infinity) - (truth[i]?.arriveS ?? 0))).toBeLessThan(everyS + 20)
        }
        const left = passages.filter((one) => one.departedMs !== null).map((one) => one.call)
        expect(left).toEqual([...new Set(left)])
      },
    ),
    { numRuns: 150 },
  )
})
