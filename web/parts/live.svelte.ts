import type { Alert, LiveChanges, Plan, Session, Site, Station, Vehicle } from './api-types.ts'

/** `stale`: the connection looks open, but nothing has come through it for longer than the server ever stays silent. */
export type Connection = 'connecting' | 'live' | 'reconnecting' | 'stale' | 'offline'

// The server speaks at least every 15 s.
const SILENCE_MS = 40_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 20_000

/**
 * The depot as the server sees it, kept up to date over one EventSource. The browser itself resumes a broken stream with
 * Last-Event-ID; a stream that the server has ended, or that has gone silent, is opened anew, ever less often, and starts
 * with a snapshot.
 */
export function openLive(siteId: string, onNow: (at: number) => void) {
  let sites = $state.raw(new Map<string, Site>())
  let stations = $state.raw(new Map<string, Station>())
  let vehicles = $state.raw(new Map<string, Vehicle>())
  let sessions = $state.raw(new Map<number, Session>())
  let alerts = $state.raw(new Map<number, Alert>())
  let plans = $state.raw(new Map<string, Plan>())
  let connection = $state<Connection>('connecting')
  let loaded = $state(false)
  let heardAt = $state(performance.now())
  let retryMs = FIRST_RETRY_MS
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let source: EventSource | undefined

  const hear = (at: string): void => {
    heardAt = performance.now()
    retryMs = FIRST_RETRY_MS
    connection = 'live'
    onNow(Date.parse(at))
  }

  const take = (changes: LiveChanges, whole: boolean): void => {
    sites = merged(sites, changes.sites, (one) => one.siteId, whole)
    stations = merged(stations, changes.stations, (one) => one.stationId, whole)
    vehicles = merged(vehicles, changes.vehicles, (one) => one.vehicleId, whole)
    sessions = without(
      merged(sessions, changes.sessions, (one) => one.sessionNumber, whole),
      (one) => one.endedAt !== null,
    )
    alerts = without(
      merged(alerts, changes.alerts, (one) => one.alertId, whole),
      (one) => one.clearedAt !== null,
    )
    plans = merged(plans, changes.plans, (one) => one.siteId, whole)
    if (whole) loaded = true
    hear(changes.now)
  }

  const open = (): void => {
    source?.close()
    const next = new EventSource(
      siteId === '' ? '/api/v1/events' : `/api/v1/events?siteId=${encodeURIComponent(siteId)}`,
    )
    source = next
    next.addEventListener('snapshot', (event) => take(JSON.parse(event.data) as LiveChanges, true))
    next.addEventListener('changes', (event) => take(JSON.parse(event.data) as LiveChanges, false))
    next.addEventListener('clock', (event) => hear((JSON.parse(event.data) as { now: string }).now))
    next.addEventListener('error', () => {
      connection = navigator.onLine ? 'reconnecting' : 'offline'
      // CLOSED: the browser has given up (an HTTP error); CONNECTING: it is at it by itself.
      if (next.readyState === EventSource.CLOSED) retry()
    })
  }

  const retry = (): void => {
    clearTimeout(retryTimer)
    retryTimer = setTimeout(open, retryMs)
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
  }

  const watch = setInterval(() => {
    if (connection !== 'live' || performance.now() - heardAt < SILENCE_MS) return
    connection = 'stale'
    open()
  }, 5_000)
  const wentOffline = (): void => {
    connection = 'offline'
  }
  const cameOnline = (): void => {
    connection = 'reconnecting'
    open()
  }
  addEventListener('offline', wentOffline)
  addEventListener('online', cameOnline)
  open()

  return {
    get sites() {
      return sites
    },
    get stations() {
      return stations
    },
    get vehicles() {
      return vehicles
    },
    get sessions() {
      return sessions
    },
    get alerts() {
      return alerts
    },
    get plans() {
      return plans
    },
    get connection() {
      return connection
    },
    /** Whether a snapshot has come. */
    get loaded() {
      return loaded
    },
    /** `performance.now()` of the last word from the server. */
    get heardAt() {
      return heardAt
    },
    /** Puts in an answer of the API at once, instead of waiting for the stream to bring it. */
    putAlert(alert: Alert): void {
      alerts = without(
        merged(alerts, [alert], (one) => one.alertId, false),
        (one) => one.clearedAt !== null,
      )
    },
    close(): void {
      source?.close()
      clearInterval(watch)
      clearTimeout(retryTimer)
      removeEventListener('offline', wentOffline)
      removeEventListener('online', cameOnline)
    },
  }
}

export type Live = ReturnType<typeof openLive>

function merged<Key, Item>(
  before: Map<Key, Item>,
  items: readonly Item[],
  keyOf: (item: Item) => Key,
  whole: boolean,
): Map<Key, Item> {
  if (!whole && items.length === 0) return before
  const after = whole ? new Map<Key, Item>() : new Map(before)
  for (const item of items) after.set(keyOf(item), item)
  return after
}

function without<Key, Item>(items: Map<Key, Item>, gone: (item: Item) => boolean): Map<Key, Item> {
  for (const [key, item] of items) if (gone(item)) items.delete(key)
  return items
}
