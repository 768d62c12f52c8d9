import type { HeldProfileRow } from '../../db/held-profiles.ts'
import type { ChargingEvse } from '../../db/planning-state.ts'
import { pointId, type LimitNode } from '../../domain/fleet.ts'
import type { ChargingPlan } from '../../domain/charging-plan.ts'
import type { PlanInstance } from '../plan/instance.ts'
import { planCharging } from '../plan/plan-charging.ts'
import type { LpSolver } from '../plan/solver.ts'
import { claimedPower } from './profiles/claims.ts'
import { FAIL_SAFE_PARTS, failSafeShares, USUAL_FAIL_SAFE_PART } from './profiles/fail-safe.ts'
import { largerReserve, lowerLimits, overReserve, reserveFor, type ReservingEvse } from './profiles/reserve.ts'
import { limitsUnderMostBaseLoad, roomOfNodes } from './profiles/room.ts'

/** Below this the profiles' own care (see `admitPower`) costs next to nothing. */
const TOLERATED_OVER_W = 1000
/** Solves for one part. */
const MOST_SOLVES = 2
const TOLERATED_SHORT_KWH = 1

export interface SafeSite {
  nodes: readonly LimitNode[]
  evses: readonly ChargingEvse[]
  held: readonly HeldProfileRow[]
}

export interface SafePlan {
  plan: ChargingPlan
  /** What was kept free at the grid connection in each slot, in W. */
  reservedW: number[]
  /** The part of the room that fail-safes may claim with this plan, one of `FAIL_SAFE_PARTS`. */
  failSafePart: number
}

/**
 * The plan for an instance that stays under every limit even when any of the site's EVSEs falls back to its fail-safe.
 *
 * Leaving on time comes first: when room for fail-safes would cost a vehicle energy that it needs, the next smaller of `FAIL_SAFE_PARTS` is taken, from
 * `startPart` down, until it costs none. What is left over after that is cut by `admitPower` when the profiles are written.
 */
export async function planSafely(
  expected: PlanInstance,
  site: SafeSite,
  solver: LpSolver,
  startPart: number = USUAL_FAIL_SAFE_PART,
): Promise<SafePlan> {
  const instance = limitsUnderMostBaseLoad(expected, site.nodes)
  let unreservedShortKwh: number | null = null
  for (const part of FAIL_SAFE_PARTS.filter((one) => one <= startPart)) {
    const safe = await planWithPart(instance, site, solver, part)
    const shortKwh = shortOf(safe.plan)
    if (shortKwh <= TOLERATED_SHORT_KWH || part === FAIL_SAFE_PARTS.at(-1)) return safe
    unreservedShortKwh ??= shortOf(await planCharging(instance, solver))
    if (shortKwh <= unreservedShortKwh + TOLERATED_SHORT_KWH) return safe
  }
  return planWithPart(instance, site, solver, 0)
}

/** The reserve depends on the plan, because an EVSE that charges more than its fail-safe needs none; so it is planned again with the reserve that the last plan would have needed. */
async function planWithPart(instance: PlanInstance, site: SafeSite, solver: LpSolver, part: number): Promise<SafePlan> {
  const evses = reservingEvses(instance, site, part)
  const stored = { ...instance, nodes: instance.nodes.map((node) => ({ ...node })) }
  let reserve = reserveFor(site.nodes, evses, stored, null)
  for (let solves = 1; ; solves += 1) {
    const plan = await planCharging({ ...instance, nodes: lowerLimits(stored, site.nodes, reserve) }, solver)
    const over = overReserve(site.nodes, evses, stored, plan)
    if (over <= TOLERATED_OVER_W || solves >= MOST_SOLVES) {
      const root = site.nodes.find((node) => node.parentId === null)
      return { plan, reservedW: (reserve.get(root?.nodeId ?? '') ?? []).map(Math.round), failSafePart: part }
    }
    reserve = largerReserve(reserve, reserveFor(site.nodes, evses, stored, plan))
  }
}

function shortOf(plan: ChargingPlan): number {
  return plan.visits.reduce((sum, visit) => sum + visit.shortKwh, 0)
}

function reservingEvses(instance: PlanInstance, { nodes, evses, held }: SafeSite, part: number): ReservingEvse[] {
  const leaves = evses.map((evse) => ({ ...evse, key: pointId(evse) }))
  const failSafes = failSafeShares(roomOfNodes(nodes), leaves, part)
  const startMs = Date.parse(instance.start)
  const slotMs = instance.slotMinutes * 60_000
  return leaves.map((evse) => {
    const failSafeW = failSafes.get(evse.key) ?? 0
    const own = held.filter((one) => pointId(one) === evse.key)
    const claiming = { ...evse, known: evse.firstSeenAt !== null, failSafeW, held: own }
    // A station that is there will do as it is told; one that is not keeps what it has.
    const keptW = Array.from({ length: instance.slots }, (_, slot) =>
      evse.connected
        ? failSafeW
        : claimedPower(claiming, new Date(startMs + slot * slotMs), new Date(startMs + (slot + 1) * slotMs)),
    )
    return { key: evse.key, nodeId: evse.nodeId, maxPowerW: evse.maxPowerW, keptW }
  })
}
