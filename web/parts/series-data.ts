const HOUR_MS = 3_600_000
const STEPS_H = [1, 2, 3, 6, 12, 24]

type Points = readonly (readonly [number, number | null])[]

/**
 * Several series over one time axis, in seconds, as uPlot wants them: where a series has no point its value is `undefined`, which is drawn through; `null` stays a gap.
 */
export function alignSeries(series: readonly Points[]): (number | null | undefined)[][] {
  const times = [...new Set(series.flatMap((points) => points.map(([at]) => at)))].toSorted((a, b) => a - b)
  return [
    times.map((at) => at / 1000),
    ...series.map((points) => {
      const byTime = new Map(points.map(([at, value]) => [at, value]))
      return times.map((at) => (byTime.has(at) ? byTime.get(at) : undefined))
    }),
  ]
}

/** Whole local hours or midnights between two instants (epoch ms), at most about `most` of them. `hourOf` tells the local hour. */
export function timeSplits(from: number, to: number, most: number, hourOf: (at: number) => number): number[] {
  const hours = (to - from) / HOUR_MS
  const step = STEPS_H.find((one) => hours / one <= most) ?? 24
  const splits: number[] = []
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at <= to; at += HOUR_MS)
    if (hourOf(at) % step === 0) splits.push(at)
  const every = Math.ceil(splits.length / most)
  return splits.filter((_, i) => i % every === 0)
}
