import type { StopBoard } from '../parts/api-types.ts'

const PREFIX = 'zaryad.board.'
/** Screens show one stop for years, phones many: the oldest go. */
const MOST_KEPT = 12

interface Kept {
  savedAt: number
  board: StopBoard
}

/** What this browser kept of a stop's board, and how many milliseconds ago; null: nothing. */
export function readKept(stopId: string): { board: StopBoard; ageMs: number } | null {
  const kept = parse(read(PREFIX + stopId))
  if (kept === null) return null
  // A clock that was put back makes it no younger than it can be.
  return { board: kept.board, ageMs: Math.max(0, Date.now() - kept.savedAt) }
}

export function writeKept(stopId: string, board: StopBoard): void {
  try {
    localStorage.setItem(PREFIX + stopId, JSON.stringify({ savedAt: Date.now(), board } satisfies Kept))
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
    if (keys.length <= MOST_KEPT) return
    const age = (key: string): number => parse(read(key))?.savedAt ?? 0
    for (const key of keys.toSorted((a, b) => age(a) - age(b)).slice(0, keys.length - MOST_KEPT))
      localStorage.removeItem(key)
  } catch {
    // Storage may be forbidden or full; the board then starts empty the next time.
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function parse(text: string | null): Kept | null {
  if (text === null) return null
  try {
    const kept = JSON.parse(text) as Partial<Kept>
    // An earlier version of the page may have kept another shape.
    return typeof kept.savedAt === 'number' && Array.isArray(kept.board?.items) && typeof kept.board.speed === 'number'
      ? (kept as Kept)
      : null
  } catch {
    return null
  }
}
