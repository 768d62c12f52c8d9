/** Samples of one span of the state of charge. */
export interface PowerBucket {
  /** Where the span begins. */
  socPercent: number
  samples: number
  /** Not the very greatest, which may be a meter's slip, but what 98 of 100 samples stay below. */
  highPowerW: number
}

/** Fewer samples show a moment, not what the battery takes. */
const LEAST_SAMPLES = 5
export const BUCKET_PERCENT = 5

/**
 * The most that a battery was seen to draw, and at each state of charge: the upper envelope of what chargers measured. What the plan or the charger held back is not seen,
 * so the battery takes at least this.
 */
export function seenPower(buckets: readonly PowerBucket[]): {
  maxPowerW: number | null
  /** Middle of the span and power at the charger, ascending; null: too few samples. */
  taper: [number, number][] | null
  samples: number
} {
  const told = buckets
    .filter((bucket) => bucket.samples >= LEAST_SAMPLES)
    .toSorted((a, b) => a.socPercent - b.socPercent)
  return {
    maxPowerW: told.length === 0 ? null : Math.max(...told.map((bucket) => bucket.highPowerW)),
    taper:
      told.length < 2
        ? null
        : told.map((bucket) => [
            Math.min(100, bucket.socPercent + BUCKET_PERCENT / 2),
            Math.round(bucket.highPowerW) / 1000,
          ]),
    samples: buckets.reduce((sum, bucket) => sum + bucket.samples, 0),
  }
}
