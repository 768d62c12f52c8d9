interface Reading {
  /** Epoch ms. */
  at: number
  value: number
}

/** A gap longer than this is drawn as one: what was not measured is not known. */
const LONGEST_LINK_MS = 30 * 60_000
const HOUR_MS = 3_600_000

/** The way of an SVG path through readings in order of time, broken where nothing was measured. 0 is at the bottom. */
export function historyPath(
  readings: readonly Reading[],
  { from, until, most, width, height }: { from: number; until: number; most: number; width: number; height: number },
): string {
  let last: number | null = null
  return readings
    .map(({ at, value }) => {
      const x = ((at - from) / (until - from)) * width
      const y = height - 2 - (value / most) * (height - 4)
      const joined = last !== null && at - last <= LONGEST_LINK_MS
      last = at
      // A reading with no neighbour is a dot: a line of no length with round ends would not be seen, so it has some.
      return joined ? `L${x.toFixed(1)} ${y.toFixed(1)}` : `M${x.toFixed(1)} ${y.toFixed(1)}h.5`
    })
    .join('')
}

/** The mean of each hour (UTC hours) in which anything was measured. */
export function hourlyMeans(readings: readonly Reading[]): { at: number; mean: number }[] {
  const hours = Map.groupBy(readings, ({ at }) => Math.floor(at / HOUR_MS) * HOUR_MS)
  return [...hours].map(([at, those]) => ({ at, mean: those.reduce((sum, one) => sum + one.value, 0) / those.length }))
}
