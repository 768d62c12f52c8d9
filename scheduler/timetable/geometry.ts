import { greatCircleM, METRES_PER_DEGREE } from '../../domain/great-circle.ts'

const RADIANS = Math.PI / 180

/** A line with the metres from its start at each point. */
export type MeasuredLine = [latitude: number, longitude: number, metres: number][]

export function measureLine(points: readonly (readonly [number, number])[]): MeasuredLine {
  let metres = 0
  let before: readonly [number, number] | undefined
  return points.map((point) => {
    if (before !== undefined) metres += greatCircleM(before[0], before[1], point[0], point[1])
    before = point
    return [point[0], point[1], metres]
  })
}

export function lineLengthM(line: MeasuredLine): number {
  return line.at(-1)?.[2] ?? 0
}

/**
 * Metres of `line` between the places where it passes two points. A line may pass a point more than once (a loop, or out and back the same
 * street): then the first pass of the one and the last pass of the other count.
 */
export function lengthBetweenM(
  line: MeasuredLine,
  from: readonly [number, number],
  to: readonly [number, number],
): number {
  return Math.max(0, place(line, to, 'last') - place(line, from, 'first'))
}

function place(line: MeasuredLine, point: readonly [number, number], which: 'first' | 'last'): number {
  const passes: { metres: number; off: number }[] = []
  const scale = Math.cos(point[0] * RADIANS)
  for (let i = 1; i < line.length; i += 1) {
    const a = line[i - 1]
    const b = line[i]
    if (a === undefined || b === undefined) continue
    const bx = (b[1] - a[1]) * scale
    const by = b[0] - a[0]
    const px = (point[1] - a[1]) * scale
    const py = point[0] - a[0]
    const squared = bx * bx + by * by
    const share = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * bx + py * by) / squared))
    const off = Math.hypot(px - share * bx, py - share * by) * METRES_PER_DEGREE
    passes.push({ metres: a[2] + share * (b[2] - a[2]), off })
  }
  const nearest = Math.min(...passes.map((pass) => pass.off))
  const near = passes.filter((pass) => pass.off <= nearest * 1.5 + 30)
  return (which === 'first' ? near[0] : near.at(-1))?.metres ?? 0
}
