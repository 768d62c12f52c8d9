interface Piece<T> {
  result: Promise<T>
  /** Infinity while it is being done. */
  untilMs: number
}

/** Work that takes less than this is done anew for every asker. */
const SLOW_MS = 200

/**
 * Lets askers share one piece of costly work: those that ask for the same while it is being done wait for it, and what took long to make (200 ms) is
 * handed out for `keptMs` real milliseconds more. Failed work is not kept. With 0 for `keptMs` nothing is shared.
 */
export function createSharedWork<T>(
  keptMs: number,
  clockMs: () => number = () => performance.now(),
): (key: string, make: () => Promise<T>) => Promise<T> {
  const pieces = new Map<string, Piece<T>>()
  return (key, make) => {
    if (keptMs <= 0) return make()
    const nowMs = clockMs()
    for (const [other, { untilMs }] of pieces) if (untilMs <= nowMs) pieces.delete(other)
    const known = pieces.get(key)
    if (known !== undefined) return known.result
    const piece: Piece<T> = { result: work(key, make, nowMs), untilMs: Infinity }
    pieces.set(key, piece)
    return piece.result
  }

  async function work(key: string, make: () => Promise<T>, begunMs: number): Promise<T> {
    let untilMs = 0
    try {
      const made = await make()
      const doneMs = clockMs()
      if (doneMs - begunMs >= SLOW_MS) untilMs = doneMs + keptMs
      return made
    } finally {
      const piece = pieces.get(key)
      if (piece !== undefined && untilMs > 0) piece.untilMs = untilMs
      else pieces.delete(key)
    }
  }
}
