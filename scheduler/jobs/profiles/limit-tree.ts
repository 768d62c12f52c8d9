/** One node of a site's limit tree, with what is left for its EVSEs: the limit less the base load of itself and of every node below. */
export interface TreeNode {
  id: string
  /** null: the grid connection. */
  parentId: string | null
  roomW: number
}

/** Something that draws power: an EVSE. */
export interface Leaf {
  key: string
  /** null, or a node that does not exist: it counts at the root. */
  nodeId: string | null
}

/** The nodes from each leaf up to the root, the leaf's own first. A leaf without a known node hangs from the root; a circle is cut. */
export function nodePaths(
  nodes: readonly Pick<TreeNode, 'id' | 'parentId'>[],
  leaves: readonly Leaf[],
): Map<string, string[]> {
  const parents = new Map(nodes.map((node) => [node.id, node.parentId]))
  const roots = nodes.filter((node) => node.parentId === null).map((node) => node.id)
  const paths = new Map<string, string[]>()
  for (const leaf of leaves) {
    const path: string[] = []
    let above: string | null | undefined = leaf.nodeId !== null && parents.has(leaf.nodeId) ? leaf.nodeId : roots[0]
    while (above !== null && above !== undefined && !path.includes(above)) {
      path.push(above)
      above = parents.get(above)
    }
    paths.set(leaf.key, path)
  }
  return paths
}

/** What the leaves below each node draw together. */
export function sumOverTree(
  nodes: readonly Pick<TreeNode, 'id'>[],
  paths: ReadonlyMap<string, readonly string[]>,
  powerW: (key: string) => number,
): Map<string, number> {
  const sums = new Map(nodes.map((node) => [node.id, 0]))
  for (const [key, path] of paths) {
    const own = powerW(key)
    for (const id of path) sums.set(id, (sums.get(id) ?? 0) + own)
  }
  return sums
}

export interface ShareAsk extends Leaf {
  /** It gets this much in any case; the caller has made sure that these fit. */
  floorW: number
  /** It never gets more. */
  wantW: number
}

const NEGLIGIBLE_W = 1e-6

/**
 * Shares the room of the tree max-min fairly: every leaf rises at the same level from its floor until it has what it wants or a node
 * above it is full. No node gets more than its room as long as the floors fit. O(rounds × leaves × depth), with at most one round
 * for each different want or floor and one for each node.
 */
export function shareFairly(nodes: readonly TreeNode[], asks: readonly ShareAsk[]): Map<string, number> {
  const paths = nodePaths(nodes, asks)
  const floors = sumOverTree(nodes, paths, floorOf(asks))
  const room = new Map(nodes.map((node) => [node.id, node.roomW - (floors.get(node.id) ?? 0)]))
  const shares = new Map(asks.map((ask) => [ask.key, ask.floorW]))
  let open = asks.filter((ask) => ask.wantW > ask.floorW)
  let level = open.length === 0 ? 0 : Math.min(...open.map((ask) => ask.floorW))
  while (open.length > 0) {
    open = open.filter((ask) => (paths.get(ask.key) ?? []).every((id) => (room.get(id) ?? 0) > NEGLIGIBLE_W))
    if (open.length === 0) break
    const rising = open.filter((ask) => ask.floorW <= level + NEGLIGIBLE_W)
    const waiting = open.filter((ask) => ask.floorW > level + NEGLIGIBLE_W)
    const counts = new Map<string, number>()
    for (const ask of rising) for (const id of paths.get(ask.key) ?? []) counts.set(id, (counts.get(id) ?? 0) + 1)
    const step = Math.min(
      ...rising.map((ask) => ask.wantW - level),
      ...waiting.map((ask) => ask.floorW - level),
      ...[...counts].map(([id, count]) => (room.get(id) ?? 0) / count),
    )
    level += step
    for (const ask of rising) shares.set(ask.key, Math.min(ask.wantW, level))
    for (const [id, count] of counts) room.set(id, (room.get(id) ?? 0) - step * count)
    open = open.filter((ask) => ask.wantW > level + NEGLIGIBLE_W)
  }
  return shares
}

function floorOf(asks: readonly ShareAsk[]): (key: string) => number {
  const floors = new Map(asks.map((ask) => [ask.key, ask.floorW]))
  return (key) => floors.get(key) ?? 0
}
