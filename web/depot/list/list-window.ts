/** The rows of one group that are drawn, by index, and the room that the others would take above and below, in px. */
export interface Slice {
  from: number
  to: number
  above: number
  below: number
}

interface View {
  /** How far the list is scrolled, and how much of it is seen, in px. */
  top: number
  height: number
  rowHeight: number
  headHeight: number
}

/** Rows beyond what is seen that are drawn all the same, so that scrolling does not run into nothing. */
const BEYOND_ROWS = 10

/** Of groups with so many rows each, under a head of their own, the rows that are in sight. All rows are of one height. */
export function listWindow(sizes: readonly number[], { top, height, rowHeight, headHeight }: View): Slice[] {
  let y = 0
  return sizes.map((size) => {
    const start = y + headHeight
    y = start + size * rowHeight
    const index = (px: number): number => Math.min(size, Math.max(0, Math.floor((px - start) / rowHeight)))
    const from = Math.max(0, index(top) - BEYOND_ROWS)
    const to = Math.min(size, index(top + height) + 1 + BEYOND_ROWS)
    // A group far off has no rows at all.
    if (start - BEYOND_ROWS * rowHeight > top + height) return { from: 0, to: 0, above: 0, below: size * rowHeight }
    if (y + BEYOND_ROWS * rowHeight < top) return { from: size, to: size, above: size * rowHeight, below: 0 }
    return { from, to, above: from * rowHeight, below: (size - to) * rowHeight }
  })
}
