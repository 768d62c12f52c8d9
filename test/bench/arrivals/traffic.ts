import type { Place } from '../../../scheduler/arrivals/trip-path.ts'
import type { City, CityBlock } from './city.ts'
import { seeded, wandering, type Random } from './noise.ts'
import { congestion, crowd, streetKey, type CityLine, type Street } from './streets.ts'

/** What really happened to one bus on one day. */
export interface DrivenBlock {
  block: CityBlock
  /** By trip and stop. */
  actual: { arrivedMs: number; departedMs: number }[][]
  /** As the vehicle's computer reported them. */
  fixes: { atMs: number; latitude: number; longitude: number }[]
}

const HOUR_MS = 3_600_000
const STEP_MS = 300_000

/** What the streets of the city are like, day after day. The engine knows nothing of it but what its buses report. */
export function traffic(all: City, seed: number) {
  const { streets } = all
  let ofDay = 0
  return function drive(dayStartMs: number, weekend: boolean, day: number): DrivenBlock[] {
    const today = seeded(seed * 100_003 + day)
    ofDay = 0.6 * ofDay + today.normal(0.05)
    const weather = ofDay
    const whole = wandering(today, { sigma: 0.06, stepMs: STEP_MS, memoryMs: 45 * 60_000, steps: 300 })
    const local = new Map(
      [...streets.keys()].map((key) => [
        key,
        wandering(today, { sigma: 0.13, stepMs: STEP_MS, memoryMs: 25 * 60_000, steps: 300 }),
      ]),
    )
    const incidents = [...streets.keys()]
      .filter(() => today.chance(0.015))
      .map((key) => ({
        key,
        fromMs: today.uniform(6, 20) * HOUR_MS,
        forMs: today.uniform(15, 50) * 60_000,
        factor: today.uniform(2, 4),
      }))
    const secondsOn = (key: string, metres: number, atMs: number): number => {
      const street = streets.get(key)
      if (street === undefined) throw new Error(`no street ${key}`)
      const ms = atMs - dayStartMs
      const incident = incidents.find((one) => one.key === key && ms >= one.fromMs && ms < one.fromMs + one.forMs)
      const level = Math.exp(weather + whole(ms) + (local.get(key)?.(ms) ?? 0))
      return (metres / street.speed) * (1 + congestion(street, ms / HOUR_MS, weekend)) * level * (incident?.factor ?? 1)
    }
    return all.blocks
      .filter((block) => block.weekend === weekend)
      .map((block, i) => {
        const own = seeded(seed * 7_919 + day * 1009 + i)
        const moves: Move[] = []
        const actual = driveBlock(all, block, dayStartMs, weekend, { random: own, secondsOn, streets, moves })
        return { block, actual, fixes: report(moves, own) }
      })
  }
}

interface Move {
  fromMs: number
  toMs: number
  line: CityLine
  /** Metres along the line's shape. */
  fromM: number
  toM: number
}

function driveBlock(
  all: City,
  block: CityBlock,
  dayStartMs: number,
  weekend: boolean,
  world: {
    random: Random
    secondsOn: (key: string, metres: number, atMs: number) => number
    streets: ReadonlyMap<string, Street>
    moves: Move[]
  },
): DrivenBlock['actual'] {
  const { random, moves } = world
  let atMs = dayStartMs + (block.trips[0]?.startS ?? 0) * 1000 - 4 * 60_000
  // Drivers differ, and so does one driver's hour: lateness begets lateness from stop to stop.
  const driver = random.normal(0.05)
  let mood = 0
  return block.trips.map((trip) => {
    const line = all.lines[trip.line]
    if (line === undefined) return []
    const stops: DrivenBlock['actual'][number] = []
    let metres = 0
    const readyMs = atMs + random.uniform(45, 150) * 1000
    const hasty = random.chance(0.06) ? random.uniform(10, 50) * 1000 : 0
    const leave = dayStartMs + trip.startS * 1000 + random.lognormal(14, 0.8) * 1000 - hasty
    const firstMs = Math.max(readyMs, leave)
    moves.push({ fromMs: atMs, toMs: firstMs, line, fromM: 0, toM: 0 })
    stops.push({ arrivedMs: atMs, departedMs: firstMs })
    atMs = firstMs
    for (let i = 1; i < line.stops.length; i += 1) {
      const key = streetKey(line, i)
      const gap = line.gapsM[i - 1] ?? 0
      mood = 0.7 * mood + random.normal(0.09)
      const driveMs = world.secondsOn(key, gap, atMs) * Math.exp(driver + mood + random.normal(0.08)) * 1000
      const street = world.streets.get(key)
      const redMs =
        street !== undefined && street.signal > 0 && random.chance(0.5) ? random.uniform(0, street.signal) * 1000 : 0
      const signalM = metres + 0.7 * gap
      moves.push({ fromMs: atMs, toMs: atMs + 0.7 * driveMs, line, fromM: metres, toM: signalM })
      moves.push({
        fromMs: atMs + 0.7 * driveMs,
        toMs: atMs + 0.7 * driveMs + redMs,
        line,
        fromM: signalM,
        toM: signalM,
      })
      moves.push({
        fromMs: atMs + 0.7 * driveMs + redMs,
        toMs: atMs + driveMs + redMs,
        line,
        fromM: signalM,
        toM: metres + gap,
      })
      metres += gap
      const arrivedMs = atMs + driveMs + redMs
      let departedMs = arrivedMs
      if (i < line.stops.length - 1) {
        const hour = (arrivedMs - dayStartMs) / HOUR_MS
        departedMs += random.chance(0.12)
          ? 0
          : random.lognormal((street?.boarding ?? 10) * crowd(hour, weekend), 0.55) * 1000
        if (i === line.timepoint && random.chance(0.85)) {
          departedMs = Math.max(departedMs, dayStartMs + (trip.stopS[i] ?? 0) * 1000 + random.lognormal(6, 0.6) * 1000)
        }
      }
      moves.push({ fromMs: arrivedMs, toMs: departedMs, line, fromM: metres, toM: metres })
      stops.push({ arrivedMs, departedMs })
      atMs = departedMs
    }
    return stops
  })
}

/** A position every 10 to 30 seconds, off by some metres that wander, now and then by far more, and now and then none for minutes. */
function report(moves: readonly Move[], random: Random): DrivenBlock['fixes'] {
  const fixes: DrivenBlock['fixes'] = []
  const every = random.uniform(10, 30) * 1000
  let atMs = (moves[0]?.fromMs ?? 0) + random.uniform(0, every)
  let silentUntil = 0
  let east = 0
  let north = 0
  for (const move of moves) {
    for (; atMs < move.toMs; atMs += every + random.uniform(-1500, 1500)) {
      if (atMs < move.fromMs) continue
      if (random.chance(0.0012)) silentUntil = atMs + random.uniform(60, 360) * 1000
      if (atMs < silentUntil) continue
      east = 0.7 * east + random.normal(5)
      north = 0.7 * north + random.normal(5)
      const wild = random.chance(0.004) ? random.uniform(80, 400) : 0
      const share = (atMs - move.fromMs) / Math.max(1, move.toMs - move.fromMs)
      const [latitude, longitude] = placeAt(move.line.shape, move.fromM + share * (move.toM - move.fromM))
      fixes.push({
        atMs: Math.round(atMs),
        latitude: latitude + (north + wild) / 111_195,
        longitude: longitude + east / 82_600,
      })
    }
  }
  return fixes
}

function placeAt(shape: readonly Place[], metres: number): Place {
  let left = metres
  for (let i = 1; i < shape.length; i += 1) {
    const a = shape[i - 1] ?? [0, 0]
    const b = shape[i] ?? [0, 0]
    const length = Math.hypot(b[0] - a[0], (b[1] - a[1]) * Math.cos(42.02 * (Math.PI / 180))) * 111_195
    if (left <= length) {
      const share = length === 0 ? 0 : left / length
      return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
    }
    left -= length
  }
  return shape.at(-1) ?? [0, 0]
}
