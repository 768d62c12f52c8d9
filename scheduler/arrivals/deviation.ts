import type { BlockCalls, BlockPlace } from './block-calls.ts'

/**
 * When the timetable has the vehicle at a place: evenly between two stops, and at a stop any time from its arrival to its departure, of which the one
 * nearest to `atMs` counts. So a bus that waits for its departure is on time, also when it came to the start of a trip long before.
 */
export function scheduledAtMs(block: BlockCalls, place: BlockPlace, atMs: number): number {
  const trip = block.trips[place.trip]
  if (trip === undefined) return atMs
  const { calls } = block
  let i = trip.from
  while (i + 1 < trip.to && (calls[i + 1]?.alongM ?? Infinity) <= place.alongM) i += 1
  const here = calls[i]
  const next = calls[i + 1]
  if (here === undefined) return atMs
  const metres = place.alongM - here.alongM
  if (here.first && metres <= AT_STOP_M) return Math.min(atMs, here.departureMs)
  if (metres <= AT_STOP_M || next === undefined || next.trip !== here.trip) return within(atMs, here)
  if (next.alongM - place.alongM <= AT_STOP_M && next.alongM - here.alongM > 2 * AT_STOP_M) return within(atMs, next)
  const share = metres / Math.max(1, next.alongM - here.alongM)
  return here.departureMs + share * (next.arrivalMs - here.departureMs)
}

/** A bus this near a stop is at it. */
export const AT_STOP_M = 25

function within(atMs: number, call: { arrivalMs: number; departureMs: number }): number {
  return Math.min(call.departureMs, Math.max(call.arrivalMs, atMs))
}
