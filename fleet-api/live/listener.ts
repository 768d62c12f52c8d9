import type { LiveCursor } from './cursor.ts'
import { concerns, type LiveDocument } from './document.ts'
import { clockEvent, documentsEvent, encoded, RETRY } from './event-text.ts'

/** Bytes that may wait in a stream before its reader counts as slow. */
const QUEUE_BYTES = 262_144

/** One open stream. */
export interface Listener {
  stream: ReadableStream<Uint8Array>
  siteId: string | null
  /** Where it wants to resume, until it has had its first event. */
  resumeFrom: LiveCursor | null
  /** Everything, as an event that all readers of its site get. */
  snapshot(event: (siteId: string | null) => Uint8Array): void
  /** What changed. `event` is the same as an event for all readers of a site; whoever is slow gets one of its own later. */
  changes(
    cursor: LiveCursor,
    now: Date,
    documents: Iterable<LiveDocument>,
    event?: (siteId: string | null) => Uint8Array,
  ): void
  clock(cursor: LiveCursor, now: Date): void
  /** Whether its reader has not read for so many looks that it counts as gone. */
  stuckLooks(): number
  close(): void
}

/**
 * A stream for one reader. When the reader is slow, changes are not queued but put together: of each document only the newest waits,
 * so that what waits is never more than there is.
 */
export function createListener(
  siteId: string | null,
  resumeFrom: LiveCursor | null,
  onGone: (listener: Listener) => void,
): Listener {
  const waiting = new Map<string, LiveDocument>()
  let waitingCursor: LiveCursor | null = null
  let waitingNow = new Date(0)
  let looksStuck = 0
  let open = true
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined

  const write = (bytes: Uint8Array): void => controller?.enqueue(bytes)
  const ready = (): boolean => (controller?.desiredSize ?? 0) > 0
  const flush = (): void => {
    if (!open || waitingCursor === null || !ready()) return
    looksStuck = 0
    const text = documentsEvent('changes', waitingCursor, waitingNow, waiting.values())
    waiting.clear()
    waitingCursor = null
    write(encoded(text))
  }

  const listener: Listener = {
    siteId,
    resumeFrom,
    stream: new ReadableStream<Uint8Array>(
      {
        start(started) {
          controller = started
          write(encoded(RETRY))
        },
        pull: flush,
        cancel() {
          open = false
          onGone(listener)
        },
      },
      { highWaterMark: QUEUE_BYTES, size: (chunk) => chunk.byteLength },
    ),
    snapshot(event) {
      waiting.clear()
      waitingCursor = null
      if (open) write(event(siteId))
    },
    changes(cursor, now, documents, event) {
      const mine = [...documents].filter((document) => concerns(document, siteId))
      if (mine.length > 0 && event !== undefined && open && waitingCursor === null && ready()) {
        write(event(siteId))
        return
      }
      for (const document of mine) {
        waiting.set(document.key, document)
        waitingCursor = cursor
        waitingNow = now
      }
      if (waitingCursor === null) return
      // All that waits is as new as this.
      waitingCursor = cursor
      looksStuck += 1
      flush()
    },
    clock(cursor, now) {
      if (open && waitingCursor === null && ready()) write(encoded(clockEvent(cursor, now)))
    },
    stuckLooks: () => looksStuck,
    close() {
      if (!open) return
      open = false
      controller?.close()
    },
  }
  return listener
}
