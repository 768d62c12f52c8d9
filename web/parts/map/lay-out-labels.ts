export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** One text that looks for room; pixels from the map's corner. */
export interface LabelWish {
  id: string
  rank: number
  width: number
  height: number
  /** Where it may stand, the best first: its middle's height and where it begins or ends. */
  spots: readonly { name: string; left: number; top: number }[]
}

/** Room between two texts, so that they do not read as one. */
const GAP = 3

/**
 * Which text gets which of its spots: the highest rank first, none over another, over an obstacle that is not its own, or over the edge.
 * Who finds no room is left out.
 */
export function layOutLabels(
  wishes: readonly LabelWish[],
  obstacles: readonly (Box & { id: string })[],
  size: { width: number; height: number },
): Map<string, string> {
  const taken: (Box & { id: string })[] = [...obstacles]
  const placed = new Map<string, string>()
  for (const wish of wishes.toSorted((a, b) => b.rank - a.rank)) {
    const spot = wish.spots.find(({ left, top }) => {
      const box = { left, top, right: left + wish.width, bottom: top + wish.height }
      const inside = box.left >= 0 && box.top >= 0 && box.right <= size.width && box.bottom <= size.height
      return inside && !taken.some((other) => other.id !== wish.id && touches(box, other))
    })
    if (spot === undefined) continue
    placed.set(wish.id, spot.name)
    taken.push({
      // A text is in the way of all others, of its own kind too.
      id: '',
      left: spot.left,
      top: spot.top,
      right: spot.left + wish.width,
      bottom: spot.top + wish.height,
    })
  }
  return placed
}

function touches(a: Box, b: Box): boolean {
  return a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + GAP && b.top < a.bottom + GAP
}
