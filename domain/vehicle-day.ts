import type { Block } from './block.ts'
import type { PlannedStay } from './plan-view.ts'

export type VehicleState = 'charging' | 'pluggedIn' | 'parked' | 'onTheLine' | 'late' | 'outOfService' | 'unknown'

/** What is known of a vehicle now. */
export interface VehicleNow {
  inService: boolean
  delaySeconds: number | null
  /** The plug that it stands at; null: at none that we know. */
  plug: { pluggedIn: boolean | null; powerW: number | null; powerAt: Date | null } | null
  /** End of its last charging session, or the start of one that goes on. */
  lastAtPlugAt: Date | null
}

export interface VehicleDay {
  state: VehicleState
  block: {
    blockId: string
    date: string
    startAt: Date
    endAt: Date
    routes: string[]
    expectedSocPercent: number | null
  } | null
  next: {
    blockId: string
    date: string
    pullOutAt: Date
    pullInAt: Date
    routes: string[]
    distanceM: number
    needSocPercent: number | null
    plannedSocPercent: number | null
    readyAt: Date | null
    shortWh: number | null
  } | null
}

/** A reading older than this says nothing about now. */
export const READING_MS = 5 * 60_000
/** A vehicle that is still at its plug this long after pull-out is late to leave; after that its block is taken as begun. */
const PULL_OUT_GRACE_MS = 60 * 60_000
/** After this a vehicle that nobody has seen come back is not late but lost sight of. */
const LATE_MS = 60 * 60_000
const LOOK_BACK_MS = 12 * 60 * 60_000

/** What a vehicle is doing and does next. `blocks` are its own, ascending, from 12 hours back; `stays` are the current plan's, ascending. */
export function vehicleDay(
  vehicle: VehicleNow,
  blocks: readonly Block[],
  stays: readonly PlannedStay[],
  now: Date,
): VehicleDay {
  const nowMs = now.getTime()
  const delayMs = Math.max(0, vehicle.delaySeconds ?? 0) * 1000
  const atPlug = vehicle.plug !== null && vehicle.plug.pluggedIn !== false
  const notLeft = (block: Block): boolean => atPlug && nowMs - block.startAt.getTime() < PULL_OUT_GRACE_MS
  const current =
    blocks.findLast(
      (block) => block.startAt.getTime() <= nowMs && nowMs < block.endAt.getTime() + delayMs && !notLeft(block),
    ) ?? null
  const next =
    blocks.find(
      (block) =>
        block !== current && (block.startAt.getTime() > nowMs || (block.endAt.getTime() > nowMs && notLeft(block))),
    ) ?? null
  const stay =
    next === null
      ? undefined
      : stays.find((one) => one.leavesFor?.blockId === next.blockId && one.leavesFor.date === next.date)
  return {
    state: stateOf(vehicle, blocks, current, now),
    block: current && {
      blockId: current.blockId,
      date: current.date,
      startAt: current.startAt,
      endAt: current.endAt,
      routes: current.routes,
      expectedSocPercent: stays.find((one) => one.arriveAt > now)?.arriveSocPercent ?? null,
    },
    next: next && {
      blockId: next.blockId,
      date: next.date,
      pullOutAt: next.startAt,
      pullInAt: next.endAt,
      routes: next.routes,
      distanceM: next.distanceM,
      needSocPercent: stay?.needSocPercent ?? null,
      plannedSocPercent: stay?.departSocPercent ?? null,
      readyAt: stay?.readyAt ?? null,
      shortWh: stay?.shortWh ?? null,
    },
  }
}

function stateOf(vehicle: VehicleNow, blocks: readonly Block[], current: Block | null, now: Date): VehicleState {
  const { plug } = vehicle
  if (!vehicle.inService) return 'outOfService'
  if (plug !== null && plug.pluggedIn !== false) {
    const fresh = plug.powerAt !== null && now.getTime() - plug.powerAt.getTime() < READING_MS
    return fresh && plug.powerW !== null && plug.powerW > 0 ? 'charging' : 'pluggedIn'
  }
  if (plug !== null) return 'parked'
  const last = blocks.findLast((block) => block.startAt.getTime() <= now.getTime())
  if (last === undefined) return 'parked'
  if (now < last.endAt) return 'onTheLine'
  if (vehicle.lastAtPlugAt !== null && vehicle.lastAtPlugAt >= last.endAt) return 'parked'
  const sinceEnd = now.getTime() - last.endAt.getTime()
  const dueMs = current === null ? Math.max(0, vehicle.delaySeconds ?? 0) * 1000 : sinceEnd
  if (sinceEnd < dueMs + LATE_MS) return 'late'
  return sinceEnd < LOOK_BACK_MS ? 'unknown' : 'parked'
}
