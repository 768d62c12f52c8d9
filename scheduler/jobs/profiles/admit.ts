import { nodePaths, shareFairly, sumOverTree, type Leaf, type TreeNode } from './limit-tree.ts'

export interface AdmitEvse extends Leaf {
  /** Per slot: what the EVSE may draw already, whatever happens: the most of its fail-safe and of every profile that the station may hold. */
  claimW: readonly number[]
  /** Per slot: what it is meant to draw. */
  wantW: readonly number[]
}

/** A node with its room in each slot. */
export interface AdmitNode {
  id: string
  parentId: string | null
  roomW: readonly number[]
}

export interface Admission {
  /** Per EVSE and slot. */
  powerW: Map<string, number[]>
  /** Somewhere the worst case would have gone, or goes already, over a limit. */
  contested: boolean
}

/**
 * What each EVSE may be told, per slot: what it wants, cut where it would lift the worst case over a limit.
 *
 * The worst case is that every station follows whatever is largest for it: its fail-safe, an older profile, or this one. So
 * Σ max(claim, result) stays within every node's room wherever Σ claim does, in any order of delivery and with any
 * of the messages lost. Lowering is always allowed; raising waits until others have confirmed that they went down, and is then
 * allowed by the next call. Contested room is shared fairly.
 */
export function admitPower(nodes: readonly AdmitNode[], evses: readonly AdmitEvse[], slots: number): Admission {
  const paths = nodePaths(nodes, evses)
  const byKey = new Map(evses.map((evse) => [evse.key, evse]))
  let contested = false
  const admitted = new Map(evses.map((evse) => [evse.key, [...evse.wantW]]))
  for (let slot = 0; slot < slots; slot += 1) {
    const claimOf = (key: string): number => byKey.get(key)?.claimW[slot] ?? 0
    const wantOf = (key: string): number => byKey.get(key)?.wantW[slot] ?? 0
    const worst = sumOverTree(nodes, paths, (key) => Math.max(claimOf(key), wantOf(key)))
    if (nodes.every((node) => (worst.get(node.id) ?? 0) <= (node.roomW[slot] ?? 0))) continue
    contested = true
    const claimed = sumOverTree(nodes, paths, claimOf)
    const free: TreeNode[] = nodes.map((node) => ({
      id: node.id,
      parentId: node.parentId,
      roomW: Math.max(0, (node.roomW[slot] ?? 0) - (claimed.get(node.id) ?? 0)),
    }))
    const raises = evses
      .filter((evse) => wantOf(evse.key) > claimOf(evse.key))
      .map(({ key, nodeId }) => ({ key, nodeId, floorW: 0, wantW: wantOf(key) - claimOf(key) }))
    const shares = shareFairly(free, raises)
    for (const evse of raises) {
      const powers = admitted.get(evse.key)
      if (powers !== undefined) powers[slot] = claimOf(evse.key) + (shares.get(evse.key) ?? 0)
    }
  }
  return { powerW: admitted, contested }
}
