import type { BlockCalls, BlockPlace, CallTrip } from './block-calls.ts'
import { scheduledAtMs } from './deviation.ts'
import { passesNear } from './trip-path.ts'

/** Where a vehicle says it is. */
export interface Fix {
  atMs: number
  latitude: number
  longitude: number
}

/** Where it was before; null: nobody knows. */
export type Earlier = (BlockPlace & { atMs: number; deviationMs: number }) | null

/** A position further from its line is a detour, another line or a broken receiver. GPS between houses is off by some tens of metres. */
const OFF_SHAPE_M = 60
/** Streets bend between stops. */
const OFF_STRAIGHT_M = 250
const SIGMA_M = 15
const SIGMA_STRAIGHT_M = 80
/** Going back by this much is noise. */
const BACKWARD_M = 60
const FASTEST_M_PER_S = 25
const IMPOSSIBLE_M_PER_S = 45
/** After this long without a position the vehicle may be anywhere on its block. */
const FORGOTTEN_MS = 30 * 60_000
/** A bus may be on a trip this long before it begins, and after it should have ended. */
const BEFORE_TRIP_MS = 20 * 60_000
const AFTER_TRIP_MS = 75 * 60_000
/** Worse than this (some five standard deviations in sum) fits no place of the block. */
const TOO_UNLIKELY = 30

/**
 * The likeliest place of a position on its vehicle's block, or null when it is off its route or so far out of time that it is doing something else. A
 * place is likely when it is near the line, when the vehicle can have come there since it was last seen, when it lies ahead of the last place,
 * and when the lateness that it means is near the one before: that tells the passes of a loop, and the two directions of a street, from each other.
 */
export function matchPosition(block: BlockCalls, fix: Fix, earlier: Earlier): BlockPlace | null {
  const known = earlier !== null && fix.atMs - earlier.atMs < FORGOTTEN_MS ? earlier : null
  let best: BlockPlace | null = null
  let least = TOO_UNLIKELY
  const firstTrip = earlier?.trip ?? 0
  for (let index = firstTrip; index < block.trips.length; index += 1) {
    const trip = block.trips[index]
    if (trip === undefined || trip.startMs - BEFORE_TRIP_MS > fix.atMs) break
    if (trip.path === null || (known?.trip !== index && trip.endMs + AFTER_TRIP_MS < fix.atMs)) continue
    const within = trip.path.straight ? OFF_STRAIGHT_M : OFF_SHAPE_M
    for (const { alongM, offM } of passesNear(trip.path, fix.latitude, fix.longitude, within)) {
      const place = { trip: index, alongM }
      const off = (offM / (trip.path.straight ? SIGMA_STRAIGHT_M : SIGMA_M)) ** 2 / 2
      // Between two equal places the one that asks for no change of trip.
      const later = 0.3 * (index - firstTrip)
      const cost = off + later + timeCost(block, trip, place, fix, known) + motionCost(block, place, fix, known)
      if (cost < least) {
        least = cost
        best = place
      }
    }
  }
  if (best === null || known === null || best.trip !== known.trip) return best
  return { trip: best.trip, alongM: Math.max(best.alongM, known.alongM) }
}

function timeCost(block: BlockCalls, trip: CallTrip, place: BlockPlace, fix: Fix, known: Earlier): number {
  const deviationMs = fix.atMs - scheduledAtMs(block, place, fix.atMs)
  const elapsed = known === null ? 0 : fix.atMs - known.atMs
  let cost: number
  if (known === null) cost = (deviationMs / (deviationMs > 0 ? 600_000 : 150_000)) ** 2
  else cost = ((deviationMs - known.deviationMs) / (60_000 + elapsed)) ** 2 / 2
  // It is seldom under way before its trip begins.
  const begun = trip.startMs - fix.atMs
  if (begun > 30_000 && place.alongM > (trip.path?.stopM[0] ?? 0) + BACKWARD_M) cost += (begun / 90_000) ** 2
  return cost
}

function motionCost(block: BlockCalls, place: BlockPlace, fix: Fix, known: Earlier): number {
  if (known === null) return 0
  const metres = metresBetween(block, known, place)
  if (metres < 0) return (metres / (BACKWARD_M / 2)) ** 2 / 2
  const speed = Math.max(0, metres - BACKWARD_M) / Math.max(1, (fix.atMs - known.atMs) / 1000)
  if (speed > IMPOSSIBLE_M_PER_S) return Infinity
  return speed > FASTEST_M_PER_S ? ((speed - FASTEST_M_PER_S) / 5) ** 2 : 0
}

/** Metres driven on the block's trips from one place to another. */
export function metresBetween(block: BlockCalls, from: BlockPlace, to: BlockPlace): number {
  if (to.trip < from.trip) return -metresBetween(block, to, from)
  let metres = to.alongM - from.alongM
  for (let trip = from.trip; trip < to.trip; trip += 1) {
    const path = block.trips[trip]?.path
    const next = block.trips[trip + 1]?.path
    // What lies beyond a trip's last stop on its shape is not driven.
    metres += (path?.stopM.at(-1) ?? 0) - (next?.stopM[0] ?? 0)
  }
  return metres
}
