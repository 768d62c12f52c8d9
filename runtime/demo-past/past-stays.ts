import type { Block } from '../../domain/block.ts'
import { between } from './dice.ts'

const MINUTE_MS = 60_000
const SHORTEST_MS = 40 * MINUTE_MS

/** A vehicle at its plug, between one block and the next. */
export interface PastStay {
  vehicleId: string
  plugMs: number
  unplugMs: number
  /** What comes next. */
  next: Block
}

/** The stays between a vehicle's blocks (ascending): the cable some minutes after it came, out some minutes before it goes. */
export function staysOf(vehicleId: string, blocks: readonly Block[]): PastStay[] {
  return blocks.flatMap((block, i) => {
    const next = blocks[i + 1]
    if (next === undefined) return []
    const key = `${block.date} ${block.blockId}`
    const plugMs = wholeMinute(block.endAt.getTime() + between(4, 13, vehicleId, key, 'plug') * MINUTE_MS)
    const unplugMs = wholeMinute(next.startAt.getTime() - between(5, 14, vehicleId, key, 'unplug') * MINUTE_MS)
    return unplugMs - plugMs < SHORTEST_MS ? [] : [{ vehicleId, plugMs, unplugMs, next }]
  })
}

const wholeMinute = (ms: number): number => Math.round(ms / MINUTE_MS) * MINUTE_MS
