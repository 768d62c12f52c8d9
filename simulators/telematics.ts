import { blockKey, soc } from './bus.ts'
import type { Bus } from './bus.ts'
import type { WayTrip } from './block-path.ts'
import { COMMISSIONED_MS } from './commissioned.ts'
import type { Fault } from './faults.ts'
import { courseOf, positionAt } from './drive-course.ts'
import type { BusPosition, Course } from './drive-course.ts'
import { between, seededRandom } from './random.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const METRES_A_DAY = 190_000

/** One reading as `POST /api/v1/telemetry` takes it. */
export interface SimulatedReading {
  vehicleId: string
  at: string
  socPercent: number
  odometerM: number
  speedKmh: number
  latitude?: number
  longitude?: number
  headingDeg?: number
  outdoorTemperatureC: number
  batteryTemperatureC: number
  doorsOpen: boolean
  passengers?: number
}

interface Unit {
  /** The block that the course is of. */
  key: string | null
  course: Course | null
  /** How far the course has been driven: somebody who holds a bus up does not push it back. */
  reachedMs: number
  odometerM: number
  /** Where the odometer stood at the pull-out. */
  drivenM: number
  wasDriving: boolean
}

/** The units in the buses that tell where each one is and how it fares. They sleep while the bus stands in the depot. */
export class Telematics {
  readonly #seed: number
  readonly #startMs: number
  readonly #ways = new Map<string, readonly WayTrip[]>()
  readonly #units = new Map<string, Unit>()
  readonly #faults: () => readonly Fault[]

  /** `faults` may silence a unit. */
  constructor({ seed, startMs, faults }: { seed: number; startMs: number; faults(): readonly Fault[] }) {
    this.#seed = seed
    this.#startMs = startMs
    this.#faults = faults
  }

  /** Blocks whose way is still to be read: what the buses drive now. */
  unknownWays(buses: readonly Bus[]): { key: string; blockId: string; date: string }[] {
    return buses.flatMap(({ driving }) => {
      if (driving === null || this.#ways.has(blockKey(driving.block))) return []
      return { key: blockKey(driving.block), blockId: driving.block.blockId, date: driving.block.date }
    })
  }

  /** Takes over the way of a block; those of blocks that nobody of `buses` drives any more are forgotten. */
  setWay(key: string, way: readonly WayTrip[], buses: readonly Bus[]): void {
    const driven = new Set(buses.flatMap(({ driving }) => (driving === null ? [] : [blockKey(driving.block)])))
    for (const known of this.#ways.keys()) if (!driven.has(known)) this.#ways.delete(known)
    this.#ways.set(key, way)
  }

  /** How late a bus is where it is now; null when its way is not known, or its unit is silent. */
  lateMs(bus: Bus, nowMs: number): number | null {
    const position = this.#position(bus, nowMs)
    return position === null || this.#silent().has(bus.spec.vehicleId) ? null : position.lateMs
  }

  /** What the units tell now: of each bus on the road, and a last time of each that has just come in. */
  read(buses: readonly Bus[], { nowMs, temperatureC }: { nowMs: number; temperatureC: number }): SimulatedReading[] {
    const silent = this.#silent()
    return buses.flatMap((bus) => {
      const unit = this.#unit(bus)
      const position = this.#position(bus, nowMs)
      const ends = bus.driving === null && unit.wasDriving
      unit.wasDriving = bus.driving !== null
      if (bus.driving === null && !ends) return []
      const drivenM = position?.drivenM ?? unit.drivenM
      unit.odometerM += Math.max(0, drivenM - unit.drivenM)
      unit.drivenM = drivenM
      if (silent.has(bus.spec.vehicleId)) return []
      const passengers = position === null ? null : this.#passengers(bus, position, nowMs)
      return {
        vehicleId: bus.spec.vehicleId,
        at: new Date(nowMs).toISOString(),
        socPercent: round(soc(bus), 1),
        odometerM: Math.round(unit.odometerM),
        speedKmh: round(position?.speedKmh ?? 0, 1),
        ...(position === null
          ? {}
          : {
              latitude: round(position.latitude, 6),
              longitude: round(position.longitude, 6),
              headingDeg: Math.round(position.headingDeg) % 360,
            }),
        outdoorTemperatureC: temperatureC,
        // Kept warm by its own work, and cooled when it is hot outside.
        batteryTemperatureC: round(Math.min(34, 17 + 0.4 * temperatureC + (bus.driving === null ? 0 : 3)), 1),
        doorsOpen: position?.doorsOpen ?? false,
        ...(passengers === null ? {} : { passengers }),
      }
    })
  }

  #silent(): Set<string> {
    return new Set(
      this.#faults().flatMap(({ request }) => (request.kind === 'telemetrySilent' ? [request.vehicleId] : [])),
    )
  }

  #unit(bus: Bus): Unit {
    const { vehicleId } = bus.spec
    let unit = this.#units.get(vehicleId)
    if (unit === undefined) {
      const days = Math.max(0, this.#startMs - COMMISSIONED_MS) / DAY_MS
      const odometerM = Math.round(
        days * METRES_A_DAY * between(seededRandom(this.#seed, vehicleId, 'odometer'), 0.9, 1.1),
      )
      unit = { key: null, course: null, reachedMs: Number.NEGATIVE_INFINITY, odometerM, drivenM: 0, wasDriving: false }
      this.#units.set(vehicleId, unit)
    }
    return unit
  }

  #position(bus: Bus, nowMs: number): BusPosition | null {
    const unit = this.#unit(bus)
    const { driving } = bus
    if (driving === null) {
      // The last place of the block that has just ended.
      const last = unit.course === null ? null : positionAt(unit.course, Number.MAX_SAFE_INTEGER, 0)
      return last === null ? null : { ...last, lateMs: 0, speedKmh: 0 }
    }
    const key = blockKey(driving.block)
    if (unit.key !== key || unit.course === null) {
      const way = this.#ways.get(key)
      if (unit.key !== key) Object.assign(unit, { key, course: null, reachedMs: Number.NEGATIVE_INFINITY, drivenM: 0 })
      if (way === undefined) return null
      const { block, drive, departedMs } = driving
      const lateStartMs = Math.max(0, departedMs - block.startMs) * (2 / 3)
      const arriveMs = block.endMs + Math.max(drive.lateMs, lateStartMs)
      unit.course = courseOf(way, { departedMs, arriveMs, keys: [this.#seed, bus.spec.vehicleId, key] })
      // Met in the middle of its block: what it has driven so far is on the odometer already.
      const here = unit.course === null ? null : positionAt(unit.course, nowMs, bus.extraLateMs)
      unit.drivenM = here?.drivenM ?? 0
    }
    if (unit.course === null) return null
    unit.reachedMs = Math.max(unit.reachedMs, nowMs - bus.extraLateMs)
    const heldMs = nowMs - unit.reachedMs
    const position = positionAt(unit.course, nowMs, heldMs)
    return position === null || unit.reachedMs <= nowMs - bus.extraLateMs ? position : { ...position, speedKmh: 0 }
  }

  /** Few at both ends of a trip, many in the middle and at the hours of work and school. */
  #passengers(bus: Bus, { tripShare }: BusPosition, nowMs: number): number {
    if (tripShare === null) return 0
    const hour = new Date(nowMs + 2 * HOUR_MS).getUTCHours()
    const places = bus.spec.passengerPlaces ?? 40
    const busy = places * ((hour >= 7 && hour < 9) || (hour >= 16 && hour < 19) ? 0.8 : 0.35)
    const random = seededRandom(this.#seed, bus.spec.vehicleId, Math.floor(nowMs / (40 * 60_000)))
    return Math.round(busy * between(random, 0.5, 1.2) * Math.sin(Math.PI * tripShare))
  }
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits
  return Math.round(value * factor) / factor
}
