import type { LimitNode } from '../../../domain/fleet.ts'
import type { StoredInstance } from '../../../domain/stored-plan.ts'
import type { TreeNode } from './limit-tree.ts'

/**
 * The instance with every limit lowered by what its base load may rise above the mean that is planned with, so that plans keep to the room of `roomOfNodes` when
 * clouds come. `instance.nodes` are those of `nodes`.
 */
export function limitsUnderMostBaseLoad<Instance extends { nodes: StoredInstance['nodes']; slots: number }>(
  instance: Instance,
  nodes: readonly LimitNode[],
): Instance {
  const varying = instance.nodes.filter((node) => Array.isArray(node.baseLoadKw))
  if (varying.length === 0) return instance
  const mostKw = new Map(nodes.map((node) => [node.nodeId, node.baseLoadW / 1000]))
  const parents = new Map(instance.nodes.map((node) => [node.id, node.parent]))
  const riseKw = new Map(instance.nodes.map((node) => [node.id, Array.from({ length: instance.slots }, () => 0)]))
  for (const { id, baseLoadKw } of varying) {
    const rise = riseKw.get(id)?.map((_, slot) => Math.max(0, (mostKw.get(id) ?? 0) - perSlot(baseLoadKw, slot))) ?? []
    let above: string | null | undefined = id
    for (let steps = 0; above !== null && above !== undefined && steps <= nodes.length; steps += 1) {
      const before = riseKw.get(above) ?? []
      riseKw.set(
        above,
        before.map((kw, slot) => kw + (rise[slot] ?? 0)),
      )
      above = parents.get(above)
    }
  }
  return {
    ...instance,
    nodes: instance.nodes.map((node) => ({
      ...node,
      limitKw: (riseKw.get(node.id) ?? []).map((rise, slot) => Math.max(0, perSlot(node.limitKw, slot) - rise)),
    })),
  }
}

function perSlot(value: number | number[] | undefined, slot: number): number {
  return Array.isArray(value) ? (value[slot] ?? 0) : (value ?? 0)
}

/** The limit tree with what each node leaves to its EVSEs: its limit less its base load and that of every node below. */
export function roomOfNodes(nodes: readonly LimitNode[]): TreeNode[] {
  const parents = new Map(nodes.map((node) => [node.nodeId, node.parentId]))
  const base = new Map(nodes.map((node) => [node.nodeId, 0]))
  for (const node of nodes) {
    let above: string | null | undefined = node.nodeId
    for (let steps = 0; above !== null && above !== undefined && steps <= nodes.length; steps += 1) {
      base.set(above, (base.get(above) ?? 0) + node.baseLoadW)
      above = parents.get(above)
    }
  }
  return nodes.map((node) => ({
    id: node.nodeId,
    parentId: node.parentId,
    roomW: node.limitW - (base.get(node.nodeId) ?? 0),
  }))
}
