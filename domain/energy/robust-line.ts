/** `y = x × (slope + perZ × (z − referenceZ))`. z null: unknown. */
export interface LinePoint {
  x: number
  y: number
  z: number | null
}

export interface RobustLine {
  /** At `referenceZ`. */
  slope: number
  /** null: not told apart. */
  perZ: number | null
  referenceZ: number
  /** Of the slope: 95 % confidence to either side. */
  halfWidth: number
  /** Typical distance of a point from the line, as a share of its y (1.48 × the median of the absolute residuals). */
  spread: number
  /** Indexes of the points that the line rests on. */
  used: number[]
  outliers: number
}

/** Points further than this many typical distances from the line are left out. */
const OUTLIER_AT = 4
/** Quantised readings can agree by chance; closer than this nobody measures. */
const LEAST_SPREAD = 0.002
const HUBER = 1.345
const ROUNDS = 30

/**
 * A robust line through the origin: starts from the median of the ratios weighted by x, leaves out what lies far off, then Huber's M-estimator by
 * reweighted least squares. z gets its part only where at least `leastZ` points know it and it spans `leastSpanZ`; the slope is then given at `wantedZ`,
 * or at the nearest z that was seen. null with fewer than 3 points.
 */
export function robustLine(
  points: readonly LinePoint[],
  wantedZ: number,
  need: { leastZ: number; leastSpanZ: number },
): RobustLine | null {
  if (points.length < 3) return null
  const withZ = points.flatMap((point) => (point.z === null ? [] : [point.z]))
  const low = Math.min(...withZ)
  const high = Math.max(...withZ)
  const zTells = withZ.length >= need.leastZ && withZ.length >= points.length * 0.8 && high - low >= need.leastSpanZ
  const referenceZ = zTells ? Math.min(high, Math.max(low, wantedZ)) : wantedZ
  const zOf = (point: LinePoint): number => (zTells && point.z !== null ? point.z - referenceZ : 0)

  let line = { slope: weightedMedian(points.map(({ x, y }) => ({ value: y / x, weight: x }))), perZ: 0 }
  if (zTells) line = startWithZ(points, zOf, line.slope)
  const residual = ({ x, y, ...rest }: LinePoint): number =>
    y / (x * (line.slope + line.perZ * zOf({ x, y, ...rest }))) - 1
  let spread = Math.max(LEAST_SPREAD, 1.4826 * median(points.map((point) => Math.abs(residual(point)))))
  const used = points.flatMap((point, index) => (Math.abs(residual(point)) <= OUTLIER_AT * spread ? [index] : []))
  const kept = used.flatMap((index) => points[index] ?? [])
  if (kept.length < 3) return null

  let normal = sums([], [], zOf)
  for (let round = 0; round < ROUNDS; round += 1) {
    const weights = kept.map((point) => Math.min(1, (HUBER * spread) / Math.max(1e-12, Math.abs(residual(point)))))
    normal = sums(kept, weights, zOf)
    const before = line.slope
    line = solve(normal, zTells)
    spread = Math.max(LEAST_SPREAD, 1.4826 * median(kept.map((point) => Math.abs(residual(point)))))
    if (Math.abs(line.slope - before) < 1e-9 * before) break
  }
  const parameters = zTells ? 2 : 1
  const freedom = Math.max(1, kept.length - parameters)
  const largest = Math.max(...kept.map((point) => point.x ** 2))
  const variance =
    kept.reduce((sum, point) => sum + (point.x ** 2 / largest) * (residual(point) * line.slope) ** 2, 0) / freedom
  const determinant = zTells ? normal.xx * normal.zz - normal.xz ** 2 : normal.xx
  const inverse = zTells ? normal.zz / determinant : 1 / determinant
  // Student's t at 97.5 %, to a percent from 3 degrees of freedom on.
  const t = 1.96 + 2.4 / freedom + 3.5 / freedom ** 2
  return {
    slope: line.slope,
    perZ: zTells ? line.perZ : null,
    referenceZ,
    halfWidth: t * Math.sqrt(variance * inverse),
    spread,
    used,
    outliers: points.length - kept.length,
  }
}

/** Sums of weighted least squares in y/x = slope + perZ × z: each point weighs as its x, because a reading's error is the same for a small x and a large one. */
function sums(points: readonly LinePoint[], weights: readonly number[], zOf: (point: LinePoint) => number) {
  const total = { xx: 0, xz: 0, zz: 0, xy: 0, zy: 0 }
  for (const [index, point] of points.entries()) {
    const weight = (weights[index] ?? 0) * point.x ** 2
    const z = zOf(point)
    const ratio = point.y / point.x
    total.xx += weight
    total.xz += weight * z
    total.zz += weight * z * z
    total.xy += weight * ratio
    total.zy += weight * z * ratio
  }
  const largest = Math.max(1e-12, ...points.map((point) => point.x ** 2))
  return {
    xx: total.xx / largest,
    xz: total.xz / largest,
    zz: total.zz / largest,
    xy: total.xy / largest,
    zy: total.zy / largest,
  }
}

function solve(normal: ReturnType<typeof sums>, zTells: boolean): { slope: number; perZ: number } {
  const determinant = normal.xx * normal.zz - normal.xz ** 2
  if (!zTells || determinant < 1e-9 * normal.xx * normal.zz) return { slope: normal.xy / normal.xx, perZ: 0 }
  return {
    slope: (normal.xy * normal.zz - normal.zy * normal.xz) / determinant,
    perZ: (normal.zy * normal.xx - normal.xy * normal.xz) / determinant,
  }
}

/** Theil and Sen's median of the slopes between pairs, in y/x over z; pairs close in z say nothing. */
function startWithZ(points: readonly LinePoint[], zOf: (point: LinePoint) => number, fallback: number) {
  const ratios = points.map((point) => ({ ratio: point.y / point.x, z: zOf(point), x: point.x }))
  const slopes: { value: number; weight: number }[] = []
  for (const [index, a] of ratios.entries()) {
    for (const b of ratios.slice(index + 1)) {
      const apart = Math.abs(a.z - b.z)
      if (apart >= 2) slopes.push({ value: (a.ratio - b.ratio) / (a.z - b.z), weight: apart * Math.min(a.x, b.x) })
    }
  }
  if (slopes.length === 0) return { slope: fallback, perZ: 0 }
  const perZ = weightedMedian(slopes)
  const slope = weightedMedian(ratios.map((one) => ({ value: one.ratio - perZ * one.z, weight: one.x })))
  return { slope, perZ }
}

function weightedMedian(values: readonly { value: number; weight: number }[]): number {
  const sorted = values.toSorted((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, one) => sum + one.weight, 0) / 2
  let below = 0
  for (const one of sorted) {
    below += one.weight
    if (below >= half) return one.value
  }
  return 0
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}
