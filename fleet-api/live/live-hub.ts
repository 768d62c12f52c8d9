import type { Db } from '../../db/database.ts'
import { followChanges } from '../../db/follow-changes.ts'
import { changesSince, type Change } from '../../db/live-changes.ts'
import type { PlanReader } from '../../db/views/plan-reader.ts'
import type { VehicleReader } from '../../db/views/vehicle-reader.ts'
import { minuteOf } from '../../domain/instant.ts'
import type { Log, Now } from '../../domain/ports.ts'
import { parseCursor, type LiveCursor } from './cursor.ts'
import { concerns, type LiveDocument } from './document.ts'
import { sharedEvent } from './event-text.ts'
import { createListener, type Listener } from './listener.ts'
import { createDocumentReader, markStale, nothingStale } from './live-documents.ts'
import { createLiveStore } from './live-store.ts'

/** The live stream of this process. It looks at the database only while somebody listens, once for all. */
export interface LiveHub {
  /** A stream of Server-Sent Events, or `full` when as many as can be served are open. */
  listen(request: { siteId: string | null; lastEventId: string | null }): ReadableStream<Uint8Array> | 'full'
}

export interface LiveHubOptions {
  db: Db
  plans: PlanReader
  vehicles: VehicleReader
  now: Now
  log: Log
  livePollMs?: number
}

const MOST_LISTENERS = 1000
const CLOCK_MS = 15_000
const LIFE_MS = 3_600_000
/** A reader that has not read for this long while much waits for it is gone. */
const STUCK_MS = 120_000
/** Site documents carry every bay: while only their power moves, this many looks come together. */
const SITE_LOOKS = 3
/** Who was away for longer is told everything. */
const RESUME_MINUTES = 60

export function createLiveHub({ db, plans, vehicles, now, log, livePollMs = 400 }: LiveHubOptions): LiveHub {
  const listeners = new Map<Listener, { ageMs: number }>()
  const newcomers = new Set<Listener>()
  const reader = createDocumentReader(db, { plans, vehicles })
  let running = false
  let wake: () => void = () => {}

  return {
    listen({ siteId, lastEventId }) {
      if (listeners.size + newcomers.size >= MOST_LISTENERS) return 'full'
      const listener = createListener(siteId, parseCursor(lastEventId), (gone) => {
        listeners.delete(gone)
        newcomers.delete(gone)
        wake()
      })
      newcomers.add(listener)
      wake()
      if (!running) {
        running = true
        void run()
      }
      return listener.stream
    },
  }

  /** Looks until nobody listens any longer. When a look fails everybody is sent away: they come back with where they were. */
  async function run(): Promise<void> {
    try {
      await look()
    } catch (error) {
      if (listeners.size + newcomers.size > 0) log.error({ err: error }, 'the live stream failed')
      for (const listener of [...listeners.keys(), ...newcomers]) listener.close()
      listeners.clear()
      newcomers.clear()
    }
    running = false
    if (newcomers.size > 0) {
      running = true
      void run()
    }
  }

  async function look(): Promise<void> {
    const store = createLiveStore()
    const follower = await followChanges(db)
    const run = crypto.randomUUID().slice(0, 8)
    let cursor: LiveCursor = { horizon: follower.horizon, minute: minuteOf(now()), run, look: 0 }
    store.put(await reader.everything(now()), 0, cursor.minute)
    let sitesDue = new Set<string>()
    let sinceClockMs = 0

    for (let look = 1; listeners.size + newcomers.size > 0; look += 1) {
      const at = now()
      const news = await follower.look()
      const { horizon } = follower
      const minute = Math.max(cursor.minute, minuteOf(at))
      const imported = news.some((change) => change.kind === 'import')

      if (imported) {
        store.clear()
        store.put(await reader.everything(at), look, minute)
        cursor = { horizon, minute, run, look }
        const event = sharedEvent('snapshot', cursor, at, store.snapshot)
        for (const listener of listeners.keys()) listener.snapshot(event)
      } else {
        const changed = await apply(news, minute > cursor.minute, look % SITE_LOOKS === 0)
        cursor = { horizon, minute, run, look }
        if (changed.length > 0) tellAll(at, changed)
        store.forgetOver(minute - RESUME_MINUTES)
      }
      await admit(at)
      tend(at)
      await rest()

      async function apply(news: readonly Change[], minuteTurned: boolean, sitesToo: boolean): Promise<LiveDocument[]> {
        if (news.length === 0 && !minuteTurned && sitesDue.size === 0) return []
        const stale = nothingStale()
        markStale(stale, news)
        if (minuteTurned) {
          for (const document of store.all()) {
            if (document.list === 'sites') stale.sites.add(document.key.slice('sites '.length))
            if (document.timed) stale.stations.add(document.key.slice('stations '.length))
          }
        }
        const urgent =
          minuteTurned ||
          news.some((change) => change.kind === 'site' || change.kind === 'node' || change.kind === 'bay')
        sitesDue = sitesDue.union(stale.sites)
        stale.sites = urgent || sitesToo ? sitesDue : new Set()
        if (stale.sites.size > 0) sitesDue = new Set()
        return store.put([...(await reader.read(stale, at)), ...(await reader.vehicles(at))], look, minute)
      }
    }

    function tellAll(at: Date, changed: readonly LiveDocument[]): void {
      const event = sharedEvent('changes', cursor, at, (siteId) => changed.filter((one) => concerns(one, siteId)))
      for (const listener of listeners.keys()) listener.changes(cursor, at, changed, event)
    }

    /** Gives newcomers what they need to be where everyone is. */
    async function admit(at: Date): Promise<void> {
      const snapshot = sharedEvent('snapshot', cursor, at, store.snapshot)
      for (const listener of newcomers) {
        const from = listener.resumeFrom
        if (from?.run === cursor.run) listener.changes(cursor, at, store.changedAfter(from.look))
        else if (from === null || from.horizon > cursor.horizon || cursor.minute - from.minute > RESUME_MINUTES)
          listener.snapshot(snapshot)
        else {
          const missed = await missedSince(from, at)
          if (missed === null) listener.snapshot(snapshot)
          else listener.changes(cursor, at, missed)
        }
        newcomers.delete(listener)
        listeners.set(listener, { ageMs: 0 })
      }
    }

    /** What changed while this process was not looking; null when that cannot be told. What only time or another thing's change can alter is told whole. */
    async function missedSince(from: LiveCursor, at: Date): Promise<LiveDocument[] | null> {
      const changes = await changesSince(db, from.horizon)
      if (changes.some((change) => change.kind === 'import')) return null
      const stale = nothingStale()
      markStale(stale, changes)
      const over = await reader.read({ ...nothingStale(), sessions: stale.sessions, alerts: stale.alerts }, at)
      const current = [...store.all()].filter((document) => {
        if (document.list === 'sites' || document.list === 'vehicles' || document.timed) return true
        const id = document.key.slice(document.list.length + 1)
        return (
          (document.list === 'stations' && stale.stations.has(id)) || (document.list === 'plans' && stale.plans.has(id))
        )
      })
      return [...current, ...over]
    }

    function tend(at: Date): void {
      sinceClockMs += livePollMs
      const clockDue = sinceClockMs >= CLOCK_MS
      if (clockDue) sinceClockMs = 0
      for (const [listener, life] of listeners) {
        life.ageMs += livePollMs
        if (clockDue) listener.clock(cursor, at)
        if (life.ageMs < LIFE_MS && listener.stuckLooks() * livePollMs < STUCK_MS) continue
        listener.close()
        listeners.delete(listener)
      }
    }
  }

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, livePollMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
