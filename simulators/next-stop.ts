import type { ChargerParts } from './charger-parts.ts'
import { outletLimit } from './outlet-limit.ts'

/** Between two looks at the physics. */
const LONGEST_STEP_MS = 30_000

/** How far the station can be computed in one step, at most to `nowMs`: until then nothing changes by the clock alone. */
export function nextStop({ station, power, sampling }: ChargerParts, nowMs: number): number {
  const { atMs } = station
  let nextMs = Math.min(nowMs, atMs + LONGEST_STEP_MS, sampling.nextAlignedMs)
  if (power.onFromMs > atMs) nextMs = Math.min(nextMs, power.onFromMs)
  for (const outlet of station.outlets) {
    nextMs = Math.min(nextMs, outlet.nextSampleMs)
    if (outlet.transaction !== null) nextMs = Math.min(nextMs, outletLimit(station, outlet).untilMs)
    const energisedMs = outlet.evse.energisedFromMs ?? 0
    if (energisedMs > atMs) nextMs = Math.min(nextMs, energisedMs)
  }
  return Math.max(nextMs, atMs + 1)
}
