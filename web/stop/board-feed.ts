import type { StopBoard } from '../parts/api-types.ts'
import { readKept, writeKept } from './kept-board.ts'

/** `missing`: the server knows no such stop. */
export type FeedState = 'connecting' | 'live' | 'polling' | 'unreachable' | 'offline' | 'missing'

const POLL_MS = 10_000
/** The server speaks at least every 15 s. */
const SILENCE_MS = 40_000
const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 60_000
const KEEP_EVERY_MS = 15_000

/**
 * A stop's board, kept up to date by the stream of its stop; where no stream can be had (too many listeners, an old proxy) by asking every ten seconds. It starts
 * with what this browser kept from the last time, as old as that is.
 */
export function openBoardFeed(stopId: string, onChange: () => void) {
  const path = `/api/v1/stops/${encodeURIComponent(stopId)}/arrivals`
  const kept = readKept(stopId)
  let board: StopBoard | null = kept?.board ?? null
  let state: FeedState = navigator.onLine ? 'connecting' : 'offline'
  // Where the product's clock was at a moment of this page's life; what was kept lies before that life.
  let anchorProduct = kept === null ? Date.now() : Date.parse(kept.board.now) + kept.ageMs * kept.board.speed
  let anchorReal = performance.now()
  let heardReal = performance.now() - (kept?.ageMs ?? 0)
  let speed = kept?.board.speed ?? 1
  let keptReal = -Infinity
  let retryMs = FIRST_RETRY_MS
  let retryAt = Infinity
  let pollAt = Infinity
  let source: EventSource | undefined
  let polling = false

  function hear(now: string, next: FeedState): void {
    const at = Date.parse(now)
    heardReal = performance.now()
    anchorProduct = at
    anchorReal = heardReal
    state = next
  }

  function take(next: StopBoard, how: FeedState): void {
    board = next
    speed = next.speed
    hear(next.now, how)
    if (heardReal - keptReal >= KEEP_EVERY_MS) {
      keptReal = heardReal
      writeKept(stopId, next)
    }
    onChange()
  }

  function open(): void {
    source?.close()
    retryAt = Infinity
    const next = new EventSource(`${path}/stream`)
    source = next
    next.addEventListener('board', (event) => {
      retryMs = FIRST_RETRY_MS
      pollAt = Infinity
      take(JSON.parse(event.data) as StopBoard, 'live')
    })
    next.addEventListener('clock', (event) => {
      hear((JSON.parse(event.data) as { now: string }).now, 'live')
      onChange()
    })
    next.addEventListener('error', () => {
      if (next !== source) return
      if (!navigator.onLine) state = 'offline'
      // CLOSED: the browser has given up (an HTTP error); CONNECTING: it is at it by itself.
      if (next.readyState === EventSource.CLOSED) {
        retryAt = performance.now() + retryMs
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
      }
      if (pollAt === Infinity) pollAt = performance.now()
      onChange()
    })
  }

  /** Asks once. The browser itself sends the ETag of what it has, and an unchanged board comes without its body. */
  async function poll(): Promise<void> {
    polling = true
    try {
      const query = '?minutes=120&limit=40&departuresOnly=true'
      const [answer, info] = await Promise.all([
        fetch(path + query, { cache: 'no-cache' }),
        fetch('/api/v1/info', { cache: 'no-cache' }),
      ])
      if (answer.status === 404) state = 'missing'
      else if (!answer.ok || !info.ok) state = 'unreachable'
      else {
        const clock = (await info.json()) as { now: string; speed: number }
        take(
          { ...((await answer.json()) as Omit<StopBoard, 'now' | 'speed'>), now: clock.now, speed: clock.speed },
          'polling',
        )
      }
    } catch {
      // The network's own words say nothing to a passenger; that it failed is shown, with its age.
      state = navigator.onLine ? 'unreachable' : 'offline'
    }
    polling = false
    onChange()
  }

  const watch = setInterval(() => {
    const at = performance.now()
    const silent = at - heardReal >= SILENCE_MS
    if (silent && state === 'live') {
      state = navigator.onLine ? 'unreachable' : 'offline'
      pollAt = at
      open()
    }
    if (at >= retryAt) open()
    if (at >= pollAt && !polling) {
      pollAt = at + POLL_MS
      void poll()
    }
  }, 1_000)

  const wentOffline = (): void => {
    state = 'offline'
    onChange()
  }
  const cameOnline = (): void => {
    retryMs = FIRST_RETRY_MS
    open()
  }
  addEventListener('offline', wentOffline)
  addEventListener('online', cameOnline)
  open()

  return {
    board: (): StopBoard | null => board,
    state: (): FeedState => state,
    /** The product's clock, epoch ms. */
    now: (): number => anchorProduct + (performance.now() - anchorReal) * speed,
    /** Real milliseconds since the server was last heard. */
    silentMs: (): number => performance.now() - heardReal,
    /** When that was, by the product's clock, epoch ms. */
    heardAt: (): number => anchorProduct + (heardReal - anchorReal) * speed,
    close(): void {
      source?.close()
      clearInterval(watch)
      removeEventListener('offline', wentOffline)
      removeEventListener('online', cameOnline)
    },
  }
}
