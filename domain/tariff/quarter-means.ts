import { SLOT_MS } from '../slots.ts'

/** A value that holds over a span of time. `startAt` inclusive, `endAt` exclusive. */
export interface ValueSpan {
  startAt: Date
  endAt: Date
  value: number
}

/**
 * Values on the grid of quarter hours: one from `start` for each of `slots`, null where unknown. A value of an hour stands in each of its quarters; values
 * shorter than a quarter count by the time that each holds; a quarter that is known in part only is unknown. Rounded to whole numbers.
 */
export function quarterMeans(spans: readonly ValueSpan[], start: Date, slots: number): (number | null)[] {
  const sums = Array.from({ length: slots }, () => 0)
  const covered = Array.from({ length: slots }, () => 0)
  for (const { startAt, endAt, value } of spans) {
    const from = (startAt.getTime() - start.getTime()) / SLOT_MS
    const to = (endAt.getTime() - start.getTime()) / SLOT_MS
    for (let slot = Math.max(0, Math.floor(from)); slot < Math.min(slots, to); slot += 1) {
      const share = Math.min(slot + 1, to) - Math.max(slot, from)
      if (share <= 0) continue
      sums[slot] = (sums[slot] ?? 0) + value * share
      covered[slot] = (covered[slot] ?? 0) + share
    }
  }
  return sums.map((sum, slot) => ((covered[slot] ?? 0) >= 1 - 1e-9 ? Math.round(sum / (covered[slot] ?? 1)) : null))
}
