import type { LimitNode } from '../../../domain/fleet.ts'
import type { TreeNode } from './limit-tree.ts'

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
