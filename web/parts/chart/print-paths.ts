import { type ChartSeries, type Span, spanOf } from './series.ts'

/** Drawing area of the printed chart, in its own units. */
export const PRINT = { width: 700, height: 200, left: 44, bottom: 22, top: 8 }

export interface PrintScale {
  x: (at: number) => number
  y: (value: number) => number
  marks: number[]
}

export function printScale(
  times: readonly number[],
  series: readonly ChartSeries[],
  { from, to }: Span = spanOf(times),
): PrintScale {
  const known = series.flatMap((one) => one.values.filter((value) => value !== null && value !== undefined))
  const low = Math.min(
    0,
    known.reduce((least, value) => Math.min(least, value), 0),
  )
  const high = known.reduce((most, value) => Math.max(most, value), 0) || 1
  const top = high + (high - low) * 0.04
  const floor = PRINT.height - PRINT.bottom
  const step = roundStep((top - low) / 4)
  const first = Math.ceil(low / step)
  return {
    x: (at) => PRINT.left + ((at - from) / (to - from || 1)) * (PRINT.width - PRINT.left),
    y: (value) => floor - ((value - low) / (top - low)) * (floor - PRINT.top),
    marks: Array.from({ length: Math.floor(top / step) - first + 1 }, (_, i) => (first + i) * step),
  }
}

/** 1, 2 or 5 times a power of ten, at least `rough`. */
export function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 5].find((one) => one * power >= rough * 0.999) ?? 10) * power
}

/** The line of a series; a gap where a value is unknown. Areas come back to the floor. */
export function seriesPath(times: readonly number[], one: ChartSeries, { x, y }: PrintScale, closed: boolean): string {
  const steps = one.draw === 'step' || one.draw === 'stepArea'
  const floor = y(0).toFixed(1)
  let path = ''
  let open = false
  let lastX = ''
  for (const [index, at] of times.entries()) {
    const value = one.values[index]
    // No sample at this time: the line goes on to the next one.
    if (value === undefined) continue
    if (value === null) {
      if (open && closed) path += `V${floor}Z`
      open = false
      continue
    }
    const px = x(at).toFixed(1)
    const py = y(value).toFixed(1)
    if (!open) path += closed ? `M${px} ${floor}V${py}` : `M${px} ${py}`
    else path += steps ? `H${px}V${py}` : `L${px} ${py}`
    open = true
    lastX = px
  }
  return open && closed && lastX !== '' ? `${path}V${floor}Z` : path
}
