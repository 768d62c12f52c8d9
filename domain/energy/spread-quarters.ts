import { SLOT_MS } from '../slots.ts'

/** Energy of one quarter hour, whole Wh. */
export interface QuarterEnergy {
  startMs: number
  energyWh: number
}

/**
 * Spreads energy evenly over the quarter hours from one instant to a later one, whole Wh, rounded at the edges: the parts add up to `energyWh` exactly. What
 * flowed in no time at all is in the quarter of that instant. O(quarters).
 */
export function spreadOverQuarters(fromMs: number, toMs: number, energyWh: number): QuarterEnergy[] {
  const first = Math.floor(fromMs / SLOT_MS) * SLOT_MS
  if (toMs <= fromMs) return energyWh === 0 ? [] : [{ startMs: first, energyWh }]
  const quarters: QuarterEnergy[] = []
  let before = 0
  for (let startMs = first; startMs < toMs; startMs += SLOT_MS) {
    const share = Math.min(1, (startMs + SLOT_MS - fromMs) / (toMs - fromMs))
    const until = Math.round(energyWh * share)
    quarters.push({ startMs, energyWh: until - before })
    before = until
  }
  return quarters
}

/** The same quarter hours once each, ascending. */
export function addUpQuarters(parts: readonly QuarterEnergy[]): QuarterEnergy[] {
  const sums = new Map<number, number>()
  for (const { startMs, energyWh } of parts) sums.set(startMs, (sums.get(startMs) ?? 0) + energyWh)
  return [...sums].map(([startMs, energyWh]) => ({ startMs, energyWh })).sort((a, b) => a.startMs - b.startMs)
}
