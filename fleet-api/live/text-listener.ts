import { RETRY } from './event-text.ts'

/** Bytes that may wait in a stream before its reader counts as slow. */
const QUEUE_BYTES = 65_536
const encoder = new TextEncoder()

/** One open stream whose every event replaces the one before: a slow reader gets only the newest. */
export interface TextListener {
  stream: ReadableStream<Uint8Array>
  /** Puts an event in, ready as text. */
  send(event: string): void
  /** Says that the stream is alive, unless something waits already. */
  clock(event: string): void
  /** Events since its reader last read; it counts as gone when there are many. */
  unread(): number
  close(): void
}

export function createTextListener(onGone: (listener: TextListener) => void): TextListener {
  let waiting: string | null = null
  let unread = 0
  let open = true
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined

  const write = (text: string): void => controller?.enqueue(encoder.encode(text))
  const ready = (): boolean => open && (controller?.desiredSize ?? 0) > 0
  const flush = (): void => {
    if (waiting === null || !ready()) return
    const text = waiting
    waiting = null
    unread = 0
    write(text)
  }
  const listener: TextListener = {
    stream: new ReadableStream<Uint8Array>(
      {
        start(started) {
          controller = started
          write(RETRY)
        },
        pull: flush,
        cancel() {
          open = false
          onGone(listener)
        },
      },
      { highWaterMark: QUEUE_BYTES, size: (chunk) => chunk.byteLength },
    ),
    send(event) {
      waiting = event
      unread += 1
      flush()
    },
    clock(event) {
      if (waiting === null && ready()) write(event)
      else unread += 1
    },
    unread: () => unread,
    close() {
      if (!open) return
      open = false
      controller?.close()
    },
  }
  return listener
}
