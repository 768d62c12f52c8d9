import type { BlockCalls } from './block-calls.ts'
import type { Fix } from './match-position.ts'
import { withPace } from './pace.ts'
import { track, type Passage, type Track } from './track.ts'
import type { LearnedTimes } from './travel-times.ts'

/** Which of its blocks a vehicle is on, and where. */
export interface Followed {
  block: BlockCalls
  track: Track
}

/** A vehicle may be seen at the start of its work so long before. */
const EARLY_MS = 20 * 60_000
/** It may be on it so long after it should be home. */
const LATE_MS = 75 * 60_000

/**
 * Takes in positions, oldest first, of a vehicle with these blocks (ascending in time). It stays on the block that it was on until a later one fits and that one is
 * done, or fits no more; positions that fit none are left out, and what was known grows old.
 */
export function follow(
  blocks: readonly BlockCalls[],
  before: Followed | null,
  fixes: readonly Fix[],
  times: (block: BlockCalls) => LearnedTimes,
): { now: Followed | null; passages: { block: BlockCalls; passage: Passage }[] } {
  let now = before
  const passages: { block: BlockCalls; passage: Passage }[] = []
  for (const fix of fixes) {
    const current = now
    const found = candidates(blocks, current, fix.atMs)
      .map((block) => ({ block, seen: track(block, current?.block === block ? current.track : null, fix) }))
      .find((one) => one.seen !== null)
    if (found === undefined || found.seen === null) continue
    passages.push(...found.seen.passages.map((passage) => ({ block: found.block, passage })))
    now = {
      block: found.block,
      track: withPace(found.seen.track, found.seen.passages, found.block, times(found.block)),
    }
  }
  return { now, passages }
}

/** The blocks that a vehicle may be on at an instant, likeliest first. */
function* candidates(blocks: readonly BlockCalls[], now: Followed | null, atMs: number): Generator<BlockCalls> {
  const done = now !== null && now.track.call === now.block.calls.length - 1
  if (now !== null && !done) yield now.block
  const from = now === null ? 0 : blocks.indexOf(now.block) + 1
  for (const block of blocks.slice(from)) {
    const startMs = block.trips[0]?.startMs ?? Infinity
    const endMs = block.trips.at(-1)?.endMs ?? -Infinity
    if (startMs - EARLY_MS <= atMs && atMs <= endMs + LATE_MS) yield block
  }
  if (now !== null && done) yield now.block
}
