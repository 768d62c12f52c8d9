/** Latencies in buckets that grow by a twentieth: percentiles to 5 % in constant memory, however many are added. */
export interface Latencies {
  add(milliseconds: number): void
  readonly count: number
  /** `share` 0 to 1; 0 when nothing was added. */
  percentile(share: number): number
}

const GROWTH = 1.05
const SMALLEST_MS = 0.05
const BUCKETS = 320

export function latencies(): Latencies {
  const buckets = new Uint32Array(BUCKETS)
  let count = 0
  return {
    get count() {
      return count
    },
    add(milliseconds) {
      const index = Math.ceil(Math.log(Math.max(milliseconds, SMALLEST_MS) / SMALLEST_MS) / Math.log(GROWTH))
      const bucket = Math.min(BUCKETS - 1, index)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
      count += 1
    },
    percentile(share) {
      if (count === 0) return 0
      let left = Math.ceil(count * share)
      for (let i = 0; i < BUCKETS; i += 1) {
        left -= buckets[i] ?? 0
        if (left <= 0) return SMALLEST_MS * GROWTH ** i
      }
      return SMALLEST_MS * GROWTH ** (BUCKETS - 1)
    },
  }
}
