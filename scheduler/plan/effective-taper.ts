import type { TaperPoint } from '../../domain/battery.ts'

/** The taper curve from SoC 0 to 1 with the vehicle's own limit folded in, corners included where the two cross. */
export function effectiveTaper(taper: readonly (readonly [number, number])[] | undefined, maxKw: number): TaperPoint[] {
  const given = taper ?? [[0, maxKw] as const]
  const first = given[0]
  const last = given.at(-1)
  if (first === undefined || last === undefined) return [{ soc: 0, powerKw: maxKw }]
  const whole = [...given]
  if (first[0] > 0) whole.unshift([0, first[1]])
  if (last[0] < 1) whole.push([1, last[1]])
  const points: TaperPoint[] = []
  whole.forEach(([soc, powerKw], i) => {
    const before = whole[i - 1]
    if (before !== undefined && (before[1] - maxKw) * (powerKw - maxKw) < 0)
      points.push({
        soc: before[0] + ((soc - before[0]) * (maxKw - before[1])) / (powerKw - before[1]),
        powerKw: maxKw,
      })
    points.push({ soc, powerKw: Math.min(powerKw, maxKw) })
  })
  return points
}
