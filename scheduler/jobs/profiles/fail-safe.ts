import { nodePaths, shareFairly, sumOverTree, type Leaf, type TreeNode } from './limit-tree.ts'
import { leastPower, roundDownPower, type EvseRating } from './rate.ts'

/**
 * The parts of an oversubscribed node that its fail-safes may claim together, from the usual one down.
 *
 * Any charger may fall back to its fail-safe at any moment: its profile lapses, it reboots, a bus is plugged in while nobody can be
 * asked. So at every instant the sum over the EVSEs of max(fail-safe, profile) has to fit under every limit, and what the
 * fail-safes claim at EVSEs that charge less is lost to those that should charge more. Claiming all of it would turn the plan
 * into a fixed share for everyone; claiming none would leave an unreachable charger at zero. A vehicle that was plugged in before
 * the line was cut has hours of plan in its profile, so the fail-safe has to carry only those that come after. Where even the usual part
 * would keep a bus from its need, a smaller one is taken (see `planSafely`).
 */
export const FAIL_SAFE_PARTS = [0.3, 0.15, 0.05, 0] as const
export const USUAL_FAIL_SAFE_PART = FAIL_SAFE_PARTS[0]

export interface FailSafeEvse extends Leaf, EvseRating {}

/**
 * The permanent fallback power in W of each EVSE: fair shares over the limit tree, rounded down to what the EVSE can be told, 0 where even
 * its least power does not fit. Under every node the sum stays within the room: within `part` of it, or with the usual part what the
 * EVSEs' least powers need, if that is more. A node that all EVSEs at full power do not overload restrains nobody.
 */
export function failSafeShares(
  nodes: readonly TreeNode[],
  evses: readonly FailSafeEvse[],
  part: number = USUAL_FAIL_SAFE_PART,
): Map<string, number> {
  const sorted = evses.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const byKey = new Map(sorted.map((evse) => [evse.key, evse]))
  const paths = nodePaths(nodes, sorted)
  const most = sumOverTree(nodes, paths, (key) => byKey.get(key)?.maxPowerW ?? 0)
  const least = sumOverTree(nodes, paths, (key) => leastOf(byKey.get(key)))
  const budgets = nodes.map((node) => {
    const room = Math.max(0, node.roomW)
    if ((most.get(node.id) ?? 0) <= room) return { ...node, roomW: room }
    const leastW = part === USUAL_FAIL_SAFE_PART ? (least.get(node.id) ?? 0) : 0
    return { ...node, roomW: Math.min(room, Math.max(room * part, leastW)) }
  })

  const left = new Map(budgets.map((node) => [node.id, node.roomW]))
  const asks = sorted.map((evse) => {
    const path = paths.get(evse.key) ?? []
    const floorW = leastOf(evse)
    const fits = floorW > 0 && path.length > 0 && path.every((id) => (left.get(id) ?? 0) >= floorW)
    if (!fits) return { key: evse.key, nodeId: evse.nodeId, floorW: 0, wantW: 0 }
    for (const id of path) left.set(id, (left.get(id) ?? 0) - floorW)
    return { key: evse.key, nodeId: evse.nodeId, floorW, wantW: evse.maxPowerW }
  })
  const shares = shareFairly(budgets, asks)
  return new Map(sorted.map((evse) => [evse.key, roundDownPower(evse, shares.get(evse.key) ?? 0)]))
}

/** 0 for an EVSE that cannot charge at all. */
function leastOf(evse: FailSafeEvse | undefined): number {
  if (evse === undefined) return 0
  const least = leastPower(evse)
  return least <= evse.maxPowerW ? least : 0
}
