import { arrivalMs, nextBlock, soc } from './bus.ts'
import type { Bus } from './bus.ts'
import type { World } from './city-world.ts'
import type { FaultRequest } from './faults.ts'
import { seededRandom } from './random.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** What goes wrong by itself, so that there is something to see: called every simulated minute, it answers with the faults to begin now. */
export type Script = (world: World) => FaultRequest[]

export const NO_INCIDENTS: Script = () => []

/**
 * A day's troubles: soon after the start, and again every evening, one bus comes home and is left without a cable for an hour
 * (if none is due at the start, somebody takes the cable out of one that has come home);
 * an hour and a half in, and then daily, one bus runs 25 minutes late; every night one charger loses its line for 40 minutes.
 * Which ones, the seed decides.
 */
export function demoScript(options: { seed: number; startMs: number; timeZone: string }): Script {
  const { seed, startMs, timeZone } = options
  const random = seededRandom(seed, 'incidents')
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' })
  const done = new Map<string, number>()
  const due = (name: string, nowMs: number): boolean =>
    nowMs - (done.get(name) ?? Number.NEGATIVE_INFINITY) > 20 * HOUR_MS

  return (world) => {
    const nowMs = world.atMs
    const sinceStartMs = nowMs - startMs
    const hour = Number(clock.format(nowMs))
    const found: FaultRequest[] = []

    if (due('unplugged', nowMs) && sinceStartMs >= 5 * MINUTE_MS && (sinceStartMs < HOUR_MS || hour >= 19)) {
      const bus =
        pick(comingHome(world, nowMs), random) ??
        (sinceStartMs >= 8 * MINUTE_MS && sinceStartMs < HOUR_MS ? emptiestAtPlug(world, nowMs) : undefined)
      if (bus !== undefined) {
        done.set('unplugged', nowMs)
        found.push({ kind: 'notPluggedIn', vehicleId: bus.spec.vehicleId, minutes: 60 })
      }
    }
    if (due('late', nowMs) && sinceStartMs >= 90 * MINUTE_MS) {
      const bus = pick(
        world.buses.filter((one) => remainingMs(one, nowMs) > 45 * MINUTE_MS),
        random,
      )
      if (bus !== undefined) {
        done.set('late', nowMs)
        found.push({ kind: 'lateBus', vehicleId: bus.spec.vehicleId, minutes: 25 })
      }
    }
    if (due('line', nowMs) && hour === 1) {
      const charger = pick(
        world.chargers.filter((one) => one.outlets.some((outlet) => outlet.transaction !== null)),
        random,
      )
      if (charger !== undefined) {
        done.set('line', nowMs)
        found.push({ kind: 'cutLine', stationId: charger.options.stationId, minutes: 40 })
      }
    }
    return found
  }
}

function remainingMs(bus: Bus, nowMs: number): number {
  if (bus.driving === null) return 0
  const { block, drive, departedMs } = bus.driving
  return arrivalMs(bus, block, drive, departedMs) - nowMs
}

/** Buses that pull in within half an hour and then stay for three hours at least: an hour without the cable does no harm yet. */
function comingHome(world: World, nowMs: number): Bus[] {
  return world.buses.filter((bus) => {
    const left = remainingMs(bus, nowMs)
    if (left <= 0 || left > 30 * MINUTE_MS || bus.spec.plug === null) return false
    const after = bus.blocks.find((block) => block.startMs >= (bus.driving?.block.endMs ?? 0))
    return after === undefined || after.startMs - nowMs > 3 * HOUR_MS
  })
}

/** The one at a plug with the least charge: of those that have come home from work, if there are any. */
function emptiestAtPlug(world: World, nowMs: number): Bus | undefined {
  const staying = world.buses
    .filter((bus) => bus.plugged && (nextBlock(bus, nowMs)?.startMs ?? Number.POSITIVE_INFINITY) - nowMs > 2 * HOUR_MS)
    .toSorted((a, b) => soc(a) - soc(b))
  return staying.find((bus) => bus.lastBlockKey !== null) ?? staying[0]
}

function pick<Item>(items: readonly Item[], random: () => number): Item | undefined {
  return items[Math.floor(random() * items.length)]
}
