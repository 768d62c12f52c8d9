import type { Line } from './line.ts'

export type Service = 'weekday' | 'weekend'

/** A drive without passengers, between the depot and a stop where the work begins or ends. */
export interface Deadhead {
  stopId: string
  metres: number
  minutes: number
}

/** One trip of a block; `start` in minutes after midnight of the service day. */
export type Trip = { id: string; service: Service; block: string; start: number } & (
  | { kind: 'revenue'; line: Line; direction: 0 | 1 }
  | { kind: 'pull-out' | 'pull-in'; deadhead: Deadhead }
)

export interface BlockSketch {
  service: Service
  block: string
  line: Line
  /** When the first trip leaves; the bus pulls out so much earlier. */
  firstStart: number
  /** From one departure to the next in the other direction. */
  everyMinutes: number
  /** How many trips there are: out, back, out, … */
  halves: number
  /** From the depot to the first stop, and home from the last stop, after an even or an odd number of trips. */
  deadheads: { begin: Deadhead; endEven: Deadhead; endOdd: Deadhead }
}

/** The trips of a block, from pull-out to pull-in. */
export function tripsOf({ service, block, line, firstStart, everyMinutes, halves, deadheads }: BlockSketch): Trip[] {
  const revenue = Array.from({ length: halves }, (_, half): Trip => ({
    service,
    block,
    id: `${block}-${String(half + 1).padStart(2, '0')}`,
    kind: 'revenue',
    line,
    direction: half % 2 === 0 ? 0 : 1,
    start: firstStart + half * everyMinutes,
  }))
  const { begin, endEven, endOdd } = deadheads
  const lastEnd = firstStart + (halves - 1) * everyMinutes + line.tripMinutes
  return [
    { service, block, id: `${block}-out`, kind: 'pull-out', deadhead: begin, start: firstStart - begin.minutes },
    ...revenue,
    {
      service,
      block,
      id: `${block}-in`,
      kind: 'pull-in',
      deadhead: halves % 2 === 0 ? endEven : endOdd,
      start: lastEnd,
    },
  ]
}
