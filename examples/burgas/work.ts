import { at } from '../parts/csv-file.ts'
import { metresBetween, type Line, type Stop } from '../parts/line.ts'
import { tripsOf, type Deadhead, type Service, type Trip } from '../parts/work.ts'
import { depot } from './depot.ts'
import { lines } from './lines.ts'

/**
 * How a place in a line's turn is filled on a working day. `pair`: one bus until early afternoon, another until late evening. `long` and `short`: one bus that is at home
 * at midday, and comes home late or early in the evening.
 */
type Course = 'pair' | 'long' | 'short'

interface Turn {
  line: Line
  /** From one departure of a bus to its next in the other direction. */
  everyMinutes: number
  courses: readonly Course[]
  /** Courses that also run at weekends, as pairs. */
  weekend: readonly number[]
  /** Number of its first bus; the others follow. */
  firstBus: number
  /** Trips until the early bus of a pair is relieved, and of the late bus until it goes home. */
  halves: { early: number; late: number }
}

const FIRST_MINUTE = { weekday: at(5, 0), weekend: at(5, 50) }
/** Trips of a bus that is at home at midday: in the morning, and then until late or early in the evening. */
const MORNING_HALVES = 8
const AFTERNOON_HALVES = { long: 12, short: 8 }
/** Trips that are left out at midday. */
const MIDDAY_HALVES = 6

const FAST: readonly Course[] = ['pair', 'long', 'pair', 'short', 'pair', 'long', 'pair', 'short']
const turns: Turn[] = [
  {
    line: lines.b1,
    everyMinutes: 40,
    courses: FAST,
    weekend: [0, 2, 4, 6],
    firstBus: 43,
    halves: { early: 14, late: 13 },
  },
  {
    line: lines.b2,
    everyMinutes: 40,
    courses: FAST,
    weekend: [0, 2, 4, 6],
    firstBus: 1,
    halves: { early: 14, late: 13 },
  },
  {
    line: lines.line15,
    everyMinutes: 40,
    courses: ['pair', 'pair', 'pair', 'pair'],
    weekend: [0, 1, 2, 3],
    firstBus: 13,
    halves: { early: 12, late: 13 },
  },
  {
    line: lines.line12,
    everyMinutes: 36,
    courses: ['pair', 'long', 'pair', 'short', 'pair', 'long'],
    weekend: [0, 2, 4],
    firstBus: 21,
    halves: { early: 16, late: 14 },
  },
  {
    line: lines.line4,
    everyMinutes: 36,
    courses: ['pair', 'short', 'pair', 'short'],
    weekend: [0, 2],
    firstBus: 30,
    halves: { early: 14, late: 13 },
  },
  {
    line: lines.line17,
    everyMinutes: 36,
    courses: ['pair', 'pair'],
    weekend: [0],
    firstBus: 36,
    halves: { early: 12, late: 12 },
  },
]

export function busId(n: number): string {
  return `bus-${String(n).padStart(2, '0')}`
}

interface Block {
  trips: Trip[]
  assignment: { service: Service; block: string; vehicle: string }
}

/** Deadheads go a third further than the crow flies, at 24 km/h and two minutes more. */
function deadhead(stop: Stop | undefined): Deadhead {
  if (stop === undefined) throw new RangeError('a line without stops')
  const metres =
    Math.round((metresBetween([depot.latitude, depot.longitude], [stop.latitude, stop.longitude]) * 4) / 300) * 100
  return { stopId: stop.id, metres, minutes: Math.ceil(metres / 400) + 2 }
}

function blocksOf({ line, everyMinutes, courses, weekend, firstBus, halves }: Turn): Block[] {
  const headway = (2 * everyMinutes) / courses.length
  const deadheads = {
    begin: deadhead(line.out.stops[0]),
    endEven: deadhead(line.back.stops.at(-1)),
    endOdd: deadhead(line.out.stops.at(-1)),
  }
  const make = (service: Service, block: string, bus: number, firstStart: number, count: number): Block => ({
    trips: tripsOf({ service, block, line, firstStart, everyMinutes, halves: count, deadheads }),
    assignment: { service, block, vehicle: busId(bus) },
  })
  const pair = (service: Service, block: string, bus: number, first: number): Block[] => [
    make(service, block, bus, first, halves.early),
    make(service, `${block}L`, bus + 1, first + halves.early * everyMinutes, halves.late),
  ]
  let bus = firstBus
  return courses.flatMap((course, i) => {
    const first = FIRST_MINUTE.weekday + i * headway
    const name = `${line.routeId}-${i + 1}`
    const own = bus
    bus += course === 'pair' ? 2 : 1
    const onWeekend = weekend.includes(i)
      ? pair('weekend', `${line.routeId}-W${i + 1}`, own, FIRST_MINUTE.weekend + i * headway)
      : []
    if (course === 'pair') return [...pair('weekday', name, own, first), ...onWeekend]
    const again = first + (MORNING_HALVES + MIDDAY_HALVES) * everyMinutes
    return [
      make('weekday', name, own, first, MORNING_HALVES),
      make('weekday', `${name}P`, own, again, AFTERNOON_HALVES[course]),
      ...onWeekend,
    ]
  })
}

/** What every bus of the depot does on a working day and at a weekend. */
export const blocks: readonly Block[] = turns.flatMap(blocksOf)
