import type { LimitNode } from '../../../domain/fleet.ts'
import type { StoredInstance, StoredResult } from '../../../domain/stored-plan.ts'
import { nodePaths, sumOverTree, type Leaf } from './limit-tree.ts'
import { roomOfNodes } from './room.ts'

export interface ReservingEvse extends Leaf {
  maxPowerW: number
  /** Per slot: what it may draw whatever is planned: its fail-safe, or what a station that is cut off still holds. */
  keptW: readonly number[]
}

/** Node id → W in each slot. */
export type Reserve = Map<string, number[]>

/**
 * What has to stay free at each node because EVSEs may draw more than the plan gives them: Σ max(0, kept − planned). Before there is a plan (`result` null)
 * only for EVSEs that nobody is planned to stand at. Nothing at a node that all its EVSEs at full power do not overload.
 */
export function reserveFor(
  nodes: readonly LimitNode[],
  evses: readonly ReservingEvse[],
  instance: StoredInstance,
  result: StoredResult | null,
): Reserve {
  const tree = roomOfNodes(nodes)
  const paths = nodePaths(tree, evses)
  const planned = result === null ? null : plannedPower(instance, result)
  const busy = busySlots(instance)
  const reserve: Reserve = new Map(nodes.map((node) => [node.nodeId, []]))
  const byKey = new Map(evses.map((evse) => [evse.key, evse]))
  const most = sumOverTree(tree, paths, (key) => byKey.get(key)?.maxPowerW ?? 0)
  const spacious = new Set(tree.filter((node) => (most.get(node.id) ?? 0) <= node.roomW).map((node) => node.id))
  for (let slot = 0; slot < instance.slots; slot += 1) {
    const sums = sumOverTree(tree, paths, (key) => {
      const keptW = byKey.get(key)?.keptW[slot] ?? 0
      if (planned === null) return busy.get(key)?.[slot] === true ? 0 : keptW
      return Math.max(0, keptW - (planned.get(key)?.[slot] ?? 0))
    })
    for (const node of nodes) {
      reserve.get(node.nodeId)?.push(spacious.has(node.nodeId) ? 0 : (sums.get(node.nodeId) ?? 0))
    }
  }
  return reserve
}

/** The instance with every limit lowered by what is reserved; never below the base load, nor above the limit. */
export function lowerLimits(
  instance: StoredInstance,
  nodes: readonly LimitNode[],
  reserve: Reserve,
): StoredInstance['nodes'] {
  const room = new Map(roomOfNodes(nodes).map((node) => [node.id, node.roomW]))
  return instance.nodes.map((node) => {
    const kept = reserve.get(node.id) ?? []
    if (!kept.some((watts) => watts > 0)) return node
    const free = Math.max(0, room.get(node.id) ?? 0)
    const limitKw = Array.from({ length: instance.slots }, (_, slot) => {
      const limit = typeof node.limitKw === 'number' ? node.limitKw : (node.limitKw[slot] ?? 0)
      return Math.max(0, limit - Math.min(kept[slot] ?? 0, free) / 1000)
    })
    return { ...node, limitKw }
  })
}

/** The most in W by which `plan + what may be drawn beside it` goes over any node in any slot; 0 when it fits. */
export function overReserve(
  nodes: readonly LimitNode[],
  evses: readonly ReservingEvse[],
  instance: StoredInstance,
  result: StoredResult,
): number {
  const tree = roomOfNodes(nodes)
  const paths = nodePaths(tree, evses)
  const planned = plannedPower(instance, result)
  const byKey = new Map(evses.map((evse) => [evse.key, evse]))
  let over = 0
  for (let slot = 0; slot < instance.slots; slot += 1) {
    const sums = sumOverTree(tree, paths, (key) =>
      Math.max(byKey.get(key)?.keptW[slot] ?? 0, planned.get(key)?.[slot] ?? 0),
    )
    for (const node of tree) over = Math.max(over, (sums.get(node.id) ?? 0) - Math.max(0, node.roomW))
  }
  return over
}

/** The larger of two reserves, slot by slot. */
export function largerReserve(a: Reserve, b: Reserve): Reserve {
  return new Map([...a].map(([id, slots]) => [id, slots.map((watts, slot) => Math.max(watts, b.get(id)?.[slot] ?? 0))]))
}

function plannedPower(instance: StoredInstance, result: StoredResult): Map<string, number[]> {
  const planned = new Map<string, number[]>()
  for (const visit of result.visits) {
    const sums = planned.get(visit.point) ?? Array.from({ length: instance.slots }, () => 0)
    visit.kw.forEach((kw, slot) => {
      sums[slot] = (sums[slot] ?? 0) + kw * 1000
    })
    planned.set(visit.point, sums)
  }
  return planned
}

/** Point → whether some vehicle stands there in each slot, in whole or in part. */
function busySlots(instance: StoredInstance): Map<string, boolean[]> {
  const startMs = Date.parse(instance.start)
  const slotMs = instance.slotMinutes * 60_000
  const busy = new Map<string, boolean[]>()
  for (const visit of instance.vehicles.flatMap((vehicle) => vehicle.visits)) {
    if (visit.point === null) continue
    const slots = busy.get(visit.point) ?? Array.from({ length: instance.slots }, () => false)
    const first = Math.max(0, Math.floor((Date.parse(visit.arrive) - startMs) / slotMs))
    const last = Math.min(instance.slots, Math.ceil((Date.parse(visit.depart) - startMs) / slotMs))
    for (let slot = first; slot < last; slot += 1) slots[slot] = true
    busy.set(visit.point, slots)
  }
  return busy
}
