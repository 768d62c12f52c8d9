import type { Block } from '../../domain/block.ts'

/** A stay of one vehicle at its depot, between two blocks, as expected now. */
export interface Stay {
  vehicleId: string
  arriveAt: Date
  /** When it must leave; `to` of the span when no block is known after the stay. */
  departAt: Date
  /** It stands at a plug now. */
  here: boolean
  /** Blocks driven since the stay before this one (or since `now`), in order; the first may be under way. */
  before: Block[]
  /** null: no work is known after it. */
  after: Block | null
}

/** What is known of a vehicle's whereabouts now. */
export interface Whereabouts {
  vehicleId: string
  /** true: at a plug. false: not at its plug. null: nobody knows. */
  pluggedIn: boolean | null
  /** How late it runs, as last told; null or 0: on time. */
  delaySeconds: number | null
}

/** A vehicle that should be here and is not is expected this much later. */
const OVERDUE_MS = 5 * 60_000
/** One that should have left and has not, leaves this much later. */
const LATE_LEAVING_MS = 5 * 60_000
/** Too short to plug in and charge anything. */
const SHORTEST_STAY_MS = 10 * 60_000

/**
 * Where a vehicle will stay, and when, from `now` to `to`. Blocks of one vehicle must not overlap. A stay goes on beyond `to` when its next block
 * starts later; pass blocks for a day more than the span so that its need is known.
 *
 * A late vehicle arrives later by its delay, and at the earliest in a few minutes once it is overdue. A vehicle at a plug while its block should be
 * running has either not left yet (first half of the block) or come home early (second half). Stays too short to charge are driven through.
 */
export function staysOf(vehicle: Whereabouts, blocks: readonly Block[], span: { now: Date; to: Date }): Stay[] {
  const now = span.now.getTime()
  const delayMs = Math.max(0, (vehicle.delaySeconds ?? 0) * 1000)
  const stays: Stay[] = []
  let arriveAt: number
  let here = false
  let before: Block[] = []

  const known = blocks.toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime())
  const future = known.filter((block) => block.startAt.getTime() > now)
  const last = known.findLast((block) => block.startAt.getTime() <= now) ?? null
  const running = last !== null && last.endAt.getTime() > now ? last : null

  if (vehicle.pluggedIn === true) {
    arriveAt = now
    here = true
    if (running !== null && isFirstHalf(running, now)) {
      stays.push({
        vehicleId: vehicle.vehicleId,
        arriveAt: span.now,
        departAt: new Date(now + LATE_LEAVING_MS),
        here: true,
        before: [],
        after: running,
      })
      before = [running]
      arriveAt = Math.max(running.endAt.getTime(), now + LATE_LEAVING_MS * 2)
      here = false
    }
  } else if (running !== null) {
    arriveAt = running.endAt.getTime() + delayMs
    before = [running]
  } else if (last !== null && last.endAt.getTime() + delayMs > now) {
    // Its block is over by the timetable, but it runs late.
    arriveAt = Math.max(last.endAt.getTime() + delayMs, now + OVERDUE_MS)
    before = [last]
  } else arriveAt = vehicle.pluggedIn === false ? now + OVERDUE_MS : now

  for (const next of [...future, null]) {
    const leaveAt = next === null ? Math.max(span.to.getTime(), arriveAt + SHORTEST_STAY_MS) : next.startAt.getTime()
    if (leaveAt - arriveAt >= SHORTEST_STAY_MS || (here && leaveAt > arriveAt)) {
      if (arriveAt >= span.to.getTime()) break
      stays.push({
        vehicleId: vehicle.vehicleId,
        arriveAt: new Date(arriveAt),
        departAt: new Date(leaveAt),
        here,
        before,
        after: next,
      })
      before = []
    }
    if (next === null) break
    before = [...before, next]
    arriveAt = Math.max(next.endAt.getTime(), arriveAt)
    here = false
  }
  return stays
}

function isFirstHalf(block: Block, now: number): boolean {
  return now - block.startAt.getTime() < (block.endAt.getTime() - block.startAt.getTime()) / 2
}
