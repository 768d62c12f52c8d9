import type { BlockCalls, BlockPlace, Call } from './block-calls.ts'
import { AT_STOP_M, scheduledAtMs } from './deviation.ts'
import { matchPosition, metresBetween, type Fix } from './match-position.ts'

/** What is known of a vehicle on its block. A plain object, so that it can be stored as JSON between two runs. */
export interface Track {
  trip: number
  alongM: number
  atMs: number
  deviationMs: number
  /** The last call that it has reached. */
  call: number
  /** null: it was first seen beyond it. */
  arrivedMs: number | null
  /** null: it is still there. */
  departedMs: number | null
  /** The times at `arrivedMs` and `departedMs` were seen closely enough to learn from. */
  sharp: boolean
  /** The last calls passed, oldest first: index, arrival, departure. */
  passed: [call: number, arrivedMs: number | null, departedMs: number][]
  /** ln of how its last stretches compare with what was expected of them; see `travel-times.ts`. */
  pace: number
}

/** A call that a vehicle has left, or the end of a trip that it has reached. */
export interface Passage {
  call: number
  arrivedMs: number | null
  departedMs: number | null
  /** From leaving the call before to reaching this one; null: one of them was not seen well. */
  travelMs: number | null
  /** From reaching this call to leaving it; null: not seen well, or it is an end of the trip. */
  dwellMs: number | null
  /** How long after its scheduled departure it left a stop where it had waited for it; null: it did not wait, or that was not seen well. */
  heldMs: number | null
}

/** Here so long before its departure, a bus waits for it. */
const WAITED_MS = 30_000
const PASSED_KEPT = 12
/** Two positions further apart in time do not say well when a stop between them was passed. */
const SHARP_MS = 65_000

/**
 * Takes in one position: where the vehicle is on its block now, and the stops it has passed since the last one, each at the time when the straight line
 * between two positions crosses the edge of the stop. null when the position is off the route or not newer: what was known then stays as it is, and grows old.
 */
export function track(block: BlockCalls, before: Track | null, fix: Fix): { track: Track; passages: Passage[] } | null {
  if (before !== null && fix.atMs <= before.atMs) return null
  const place = matchPosition(block, fix, before)
  if (place === null) return null
  const deviationMs = fix.atMs - scheduledAtMs(block, place, fix.atMs)
  if (before === null) return { track: begin(block, place, fix.atMs, deviationMs), passages: [] }

  const now: Track = { ...before, ...place, atMs: fix.atMs, deviationMs, passed: [...before.passed] }
  const passages: Passage[] = []
  const driven = metresBetween(block, before, place)
  const elapsed = fix.atMs - before.atMs
  /** When it crossed a point so many metres from the place before. */
  const crossedMs = (metres: number): number =>
    driven <= 0 ? fix.atMs : before.atMs + elapsed * Math.min(1, Math.max(0, metres / driven))
  const sharp = elapsed <= SHARP_MS

  for (;;) {
    const here = block.calls[now.call]
    if (here === undefined) break
    const fromBefore = metresBetween(block, before, placeOf(here))
    if (now.departedMs === null) {
      const next = block.calls[now.call + 1]
      // It has left an end of a trip when the next trip has taken it from its first stop.
      if (here.last) {
        if (next === undefined || place.trip < next.trip) break
        Object.assign(now, { call: now.call + 1, departedMs: null })
        continue
      }
      if (driven < fromBefore + AT_STOP_M) break
      leave(now, passages, here, Math.max(now.arrivedMs ?? 0, crossedMs(fromBefore + AT_STOP_M)), sharp)
      continue
    }
    const next = block.calls[now.call + 1]
    if (next === undefined || next.trip > place.trip) break
    const toNext = metresBetween(block, before, placeOf(next))
    // Stops closer to each other than two edges share the space between them.
    const gap = metresBetween(block, placeOf(here), placeOf(next))
    const edge = next.last ? Math.max(AT_STOP_M, Math.min(40, gap / 2)) : Math.min(AT_STOP_M, gap / 2)
    if (driven < toNext - edge) break
    reach(now, passages, next, Math.max(now.departedMs, crossedMs(toNext - edge)), sharp)
  }
  return { track: now, passages }
}

function begin(block: BlockCalls, place: BlockPlace, atMs: number, deviationMs: number): Track {
  const trip = block.trips[place.trip]
  let call = trip?.from ?? 0
  while (call + 1 < (trip?.to ?? 0) && (block.calls[call + 1]?.alongM ?? Infinity) <= place.alongM + AT_STOP_M)
    call += 1
  const atStop = place.alongM <= (block.calls[call]?.alongM ?? 0) + AT_STOP_M
  return {
    ...place,
    atMs,
    deviationMs,
    call,
    arrivedMs: atStop ? atMs : null,
    departedMs: atStop ? null : atMs,
    sharp: false,
    passed: [],
    pace: 0,
  }
}

function leave(now: Track, passages: Passage[], call: Call, atMs: number, sharp: boolean): void {
  now.departedMs = atMs
  const dwellMs = now.sharp && sharp && !call.first && now.arrivedMs !== null ? atMs - now.arrivedMs : null
  const waited = call.holds && sharp && now.arrivedMs !== null && now.arrivedMs <= call.departureMs - WAITED_MS
  const heldMs = waited ? atMs - call.departureMs : null
  const known = passages.at(-1)
  // Reached and left between the same two positions: one passage.
  if (known?.call === now.call) Object.assign(known, { departedMs: atMs, dwellMs: waited ? null : dwellMs, heldMs })
  else {
    const { arrivedMs } = now
    passages.push({
      call: now.call,
      arrivedMs,
      departedMs: atMs,
      travelMs: null,
      dwellMs: waited ? null : dwellMs,
      heldMs,
    })
  }
  now.passed = [
    ...now.passed.filter(([index]) => index !== now.call),
    [now.call, now.arrivedMs, atMs] as Track['passed'][number],
  ].slice(-PASSED_KEPT)
  now.sharp = sharp
}

function reach(now: Track, passages: Passage[], next: Call, atMs: number, sharp: boolean): void {
  const travelMs = now.sharp && sharp && now.departedMs !== null && !next.first ? atMs - now.departedMs : null
  now.call += 1
  now.arrivedMs = atMs
  now.departedMs = null
  now.sharp = sharp
  passages.push({ call: now.call, arrivedMs: atMs, departedMs: null, travelMs, dwellMs: null, heldMs: null })
  if (next.last) now.passed = [...now.passed, [now.call, atMs, atMs] as Track['passed'][number]].slice(-PASSED_KEPT)
}

function placeOf(call: Call): BlockPlace {
  return { trip: call.trip, alongM: call.alongM }
}
