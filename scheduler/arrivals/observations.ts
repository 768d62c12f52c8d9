import type { BlockCalls } from './block-calls.ts'
import type { Observation } from './learn.ts'
import type { Passage } from './track.ts'

/** What there is to learn from passed stops. */
export function observationsOf(block: BlockCalls, passages: readonly Passage[]): Observation[] {
  const { date, dayStartMs, dayKind } = block
  const common = { date, dayStartMs, dayKind }
  return passages.flatMap((passage): Observation[] => {
    const call = block.calls[passage.call]
    const before = block.calls[passage.call - 1]
    const found: Observation[] = []
    if (call === undefined) return found
    if (passage.heldMs !== null && passage.departedMs !== null) {
      const travelS = Math.round(passage.heldMs / 1000)
      found.push({
        ...common,
        fromStopId: call.stopId,
        toStopId: call.stopId,
        atMs: passage.departedMs,
        travelS,
        dwellS: null,
      })
    }
    const atMs = passage.arrivedMs ?? passage.departedMs
    const own = before !== undefined && before.trip === call.trip && before.stopId !== call.stopId
    if (own && atMs !== null && (passage.travelMs !== null || passage.dwellMs !== null)) {
      found.push({
        ...common,
        fromStopId: before.stopId,
        toStopId: call.stopId,
        atMs: atMs - (passage.travelMs ?? 0),
        travelS: passage.travelMs === null ? null : Math.max(1, Math.round(passage.travelMs / 1000)),
        dwellS: passage.dwellMs === null ? null : Math.round(passage.dwellMs / 1000),
      })
    }
    return found
  })
}
