import { cursorText, type LiveCursor } from './cursor.ts'
import { LISTS, type LiveDocument } from './document.ts'

/** One Server-Sent Event with documents: `LiveChanges` as JSON, its lists put together from texts that are ready. */
export function documentsEvent(
  event: 'snapshot' | 'changes',
  cursor: LiveCursor,
  now: Date,
  documents: Iterable<LiveDocument>,
): string {
  const lists = Map.groupBy(documents, (document) => document.list)
  const members = LISTS.map(
    (list) => `"${list}":[${(lists.get(list) ?? []).map((document) => document.text).join(',')}]`,
  )
  return `id: ${cursorText(cursor)}\nevent: ${event}\ndata: {"now":"${now.toISOString()}",${members.join(',')}}\n\n`
}

/** What time it is, and that the stream is alive. */
export function clockEvent(cursor: LiveCursor, now: Date): string {
  return `id: ${cursorText(cursor)}\nevent: clock\ndata: {"now":"${now.toISOString()}"}\n\n`
}

/** How long a reader waits before it comes back. */
export const RETRY = 'retry: 2000\n\n'

const encoder = new TextEncoder()

export function encoded(text: string): Uint8Array {
  return encoder.encode(text)
}

/** An event that goes to many readers: written once for each site that they look at (null: all of them), because to write it takes far longer than to hand it on. */
export function sharedEvent(
  event: 'snapshot' | 'changes',
  cursor: LiveCursor,
  now: Date,
  documentsOf: (siteId: string | null) => Iterable<LiveDocument>,
): (siteId: string | null) => Uint8Array {
  const written = new Map<string | null, Uint8Array>()
  return (siteId) => {
    let bytes = written.get(siteId)
    if (bytes === undefined) {
      bytes = encoded(documentsEvent(event, cursor, now, documentsOf(siteId)))
      written.set(siteId, bytes)
    }
    return bytes
  }
}
