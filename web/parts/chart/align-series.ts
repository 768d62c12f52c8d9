export type Samples = readonly (readonly [at: number, value: number | null])[]

/**
 * Samples taken at different instants (epoch ms) over one time axis. Where a series has no sample its value is `undefined`, which is drawn through; `null`
 * stays a gap.
 */
export function alignSeries(series: readonly Samples[]): {
  times: number[]
  values: (number | null | undefined)[][]
} {
  const times = [...new Set(series.flatMap((samples) => samples.map(([at]) => at)))].toSorted((a, b) => a - b)
  return {
    times,
    values: series.map((samples) => {
      const byTime = new Map(samples)
      return times.map((at) => byTime.get(at))
    }),
  }
}
