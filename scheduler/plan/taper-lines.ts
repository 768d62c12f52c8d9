import type { TaperPoint } from '../../domain/battery.ts'

/** `kW ≤ atZeroKw − perHour × kWh in the battery`. */
export interface TaperLine {
  atZeroKw: number
  /** Negative where the curve rises. */
  perHour: number
}

export interface TaperLines {
  /** Together never above the curve: a plan under them can be charged. */
  safe: TaperLine[]
  /** Together never below the curve: nothing that can be charged is above them. */
  generous: TaperLine[]
  /** The curve bends the wrong way somewhere, so that `safe` lies below it. */
  lowered: boolean
}

/**
 * A taper curve as straight lines that a linear program can hold. A concave curve is the minimum of its lines, and `safe` equals `generous`.
 * Any other is approximated by a concave one from below (that loses little area) and by its hull from above.
 */
export function taperLines(taper: readonly TaperPoint[], capacityKwh: number): TaperLines {
  const below = loweredToConcave(taper)
  const lowered = below.some((point, i) => point.powerKw < (taper[i]?.powerKw ?? 0) - 1e-9)
  const safe = linesThrough(below, capacityKwh)
  return { safe, generous: lowered ? linesThrough(upperHull(taper), capacityKwh) : safe, lowered }
}

function linesThrough(points: readonly TaperPoint[], capacityKwh: number): TaperLine[] {
  const lines: TaperLine[] = []
  points.forEach((after, i) => {
    const before = points[i - 1]
    if (before === undefined || after.soc - before.soc < 1e-12) return
    const perHour = (before.powerKw - after.powerKw) / ((after.soc - before.soc) * capacityKwh)
    const last = lines.at(-1)
    if (last !== undefined && Math.abs(last.perHour - perHour) < 1e-9) return
    lines.push({ atZeroKw: before.powerKw + perHour * before.soc * capacityKwh, perHour })
  })
  return lines
}

/**
 * The concave curve below `taper` that loses the least area among a few: each keeps one corner and, going away from it, never lets the slope
 * turn upwards again. A flat line at the lowest power is always among them.
 */
function loweredToConcave(taper: readonly TaperPoint[]): TaperPoint[] {
  const lowest = Math.min(...taper.map((point) => point.powerKw))
  let best = taper.map(({ soc }) => ({ soc, powerKw: lowest }))
  let bestArea = areaUnder(best)
  taper.forEach((_, pivot) => {
    for (const firstSide of ['left', 'right'] as const) {
      const candidate = concaveThrough(taper, pivot, firstSide)
      const area = areaUnder(candidate)
      if (area <= bestArea || candidate.some((point) => point.powerKw < 0)) continue
      best = candidate
      bestArea = area
    }
  })
  return best
}

/** `firstSide` keeps its slope at the corner; the other side bends to it. */
function concaveThrough(taper: readonly TaperPoint[], pivot: number, firstSide: 'left' | 'right'): TaperPoint[] {
  const points = taper.map((point) => ({ ...point }))
  const slope = (segment: number): number => {
    const before = taper[segment]
    const after = taper[segment + 1]
    return before === undefined || after === undefined
      ? NaN
      : (after.powerKw - before.powerKw) / (after.soc - before.soc)
  }
  const toRight = (steepest: number): void => {
    let most = steepest
    for (let i = pivot + 1; i < points.length; i += 1) {
      most = Math.min(most, slope(i - 1))
      const point = points[i]
      const before = points[i - 1]
      if (point !== undefined && before !== undefined) point.powerKw = before.powerKw + most * (point.soc - before.soc)
    }
  }
  const toLeft = (flattest: number): void => {
    let least = flattest
    for (let i = pivot - 1; i >= 0; i -= 1) {
      least = Math.max(least, slope(i))
      const point = points[i]
      const after = points[i + 1]
      if (point !== undefined && after !== undefined) point.powerKw = after.powerKw - least * (after.soc - point.soc)
    }
  }
  const left = pivot === 0 ? Infinity : slope(pivot - 1)
  const right = pivot === taper.length - 1 ? -Infinity : slope(pivot)
  toRight(firstSide === 'left' ? left : Infinity)
  toLeft(firstSide === 'right' ? right : -Infinity)
  return points
}

function areaUnder(points: readonly TaperPoint[]): number {
  return points.reduce((sum, point, i) => {
    const before = points[i - 1]
    return before === undefined ? 0 : sum + ((point.powerKw + before.powerKw) / 2) * (point.soc - before.soc)
  }, 0)
}

function upperHull(taper: readonly TaperPoint[]): TaperPoint[] {
  const hull: TaperPoint[] = []
  for (const point of taper) {
    for (;;) {
      const last = hull.at(-1)
      const beforeLast = hull.at(-2)
      if (last === undefined || beforeLast === undefined || last.powerKw > onLine(beforeLast, point, last.soc)) break
      hull.pop()
    }
    hull.push(point)
  }
  return hull
}

function onLine(a: TaperPoint, b: TaperPoint, soc: number): number {
  return b.soc === a.soc ? a.powerKw : a.powerKw + ((b.powerKw - a.powerKw) * (soc - a.soc)) / (b.soc - a.soc)
}
