import { predictionTimes } from '../../db/block-predictions.ts'
import type { Db } from '../../db/database.ts'
import type { Log, Now } from '../../domain/ports.ts'
import { readStopArrivals } from '../feeds/stop-arrivals.ts'
import { createTextListener, type TextListener } from './text-listener.ts'

/** Live boards of this process. It looks at the database only while somebody listens, once for all who look at the same stop. */
export interface StopHub {
  /** A stream of Server-Sent Events, or `full` when as many as can be served are open, in all, for this address, or of different stops. */
  listen(request: { stopId: string; address: string }): ReadableStream<Uint8Array> | 'full'
}

interface StopHubOptions {
  db: Db
  now: Now
  log: Log
  clock: { speed: number }
  livePollMs?: number
}

/** What a board shows: departures of the next two hours. */
export const BOARD = { minutes: 120, limit: 40, departuresOnly: true, language: 'en' } as const

const MOST_LISTENERS = 1_000
/** All screens of a city may stand behind one address. */
const MOST_OF_AN_ADDRESS = 200
const MOST_STOPS = 500
const CLOCK_MS = 15_000
const LIFE_MS = 3_600_000
/** A board is read anew this often whatever happens: time alone changes it, and so may a new timetable. */
const FRESH_MS = 15_000
const MOST_UNREAD = 20

interface Watched {
  listeners: Map<TextListener, { ageMs: number; told: boolean; address: string }>
  /** What was told last. */
  content: string
  /** Blocks that its departures belong to, with when they were last looked at. */
  blocks: Map<string, number | undefined>
  sinceReadMs: number
}

export function createStopHub({ db, now, log, clock, livePollMs = 400 }: StopHubOptions): StopHub {
  const watched = new Map<string, Watched>()
  const addresses = new Map<string, number>()
  let total = 0
  let running = false
  let wake: () => void = () => {}

  return {
    listen({ stopId, address }) {
      const ofAddress = addresses.get(address) ?? 0
      const known = watched.get(stopId)
      if (total >= MOST_LISTENERS || ofAddress >= MOST_OF_AN_ADDRESS) return 'full'
      if (known === undefined && watched.size >= MOST_STOPS) return 'full'
      const one = known ?? { listeners: new Map(), content: '', blocks: new Map(), sinceReadMs: Infinity }
      watched.set(stopId, one)
      const listener = createTextListener((gone) => remove(stopId, gone))
      one.listeners.set(listener, { ageMs: 0, told: false, address })
      addresses.set(address, ofAddress + 1)
      total += 1
      wake()
      if (!running) {
        running = true
        void run()
      }
      return listener.stream
    },
  }

  function remove(stopId: string, listener: TextListener): void {
    const one = watched.get(stopId)
    const life = one?.listeners.get(listener)
    if (one === undefined || life === undefined) return
    one.listeners.delete(listener)
    if (one.listeners.size === 0) watched.delete(stopId)
    total -= 1
    const left = (addresses.get(life.address) ?? 1) - 1
    if (left === 0) addresses.delete(life.address)
    else addresses.set(life.address, left)
    wake()
  }

  /** Looks until nobody listens any longer. When a look fails everybody is sent away: they come back by themselves. */
  async function run(): Promise<void> {
    let sinceClockMs = 0
    try {
      while (watched.size > 0) {
        const times = await predictionTimes(db)
        for (const [stopId, one] of watched) await look(stopId, one, times)
        sinceClockMs += livePollMs
        tend(sinceClockMs >= CLOCK_MS)
        if (sinceClockMs >= CLOCK_MS) sinceClockMs = 0
        await rest()
      }
    } catch (error) {
      log.error({ err: error }, 'the live boards failed')
      for (const [stopId, one] of watched)
        for (const listener of one.listeners.keys()) {
          listener.close()
          remove(stopId, listener)
        }
    }
    running = false
  }

  async function look(stopId: string, one: Watched, times: ReadonlyMap<string, number>): Promise<void> {
    one.sinceReadMs += livePollMs
    const newcomers = one.listeners.values().some((life) => !life.told)
    const due =
      newcomers || one.sinceReadMs >= FRESH_MS || one.blocks.entries().some(([key, at]) => times.get(key) !== at)
    if (due) await read(stopId, one, times)
  }

  /** Reads a board, and tells it to newcomers, and to all when it differs. */
  async function read(stopId: string, one: Watched, times: ReadonlyMap<string, number>): Promise<void> {
    const at = now()
    const board = await readStopArrivals(db, stopId, BOARD, { now: at, speed: clock.speed })
    if (board === undefined) {
      for (const listener of one.listeners.keys()) {
        listener.close()
        remove(stopId, listener)
      }
      return
    }
    one.sinceReadMs = 0
    one.blocks = new Map(
      board.items.flatMap(({ date, blockId }) => {
        const key = `${date} ${blockId}`
        return blockId === null ? [] : [[key, times.get(key)] as const]
      }),
    )
    // Whole minutes follow from the times, and every screen counts them down by itself.
    const content = JSON.stringify(board, (key, value: unknown) => (key === 'minutes' ? undefined : value))
    const differs = content !== one.content
    one.content = content
    const event = `event: board\ndata: ${JSON.stringify({ now: at, speed: clock.speed, ...board })}\n\n`
    for (const [listener, life] of one.listeners) {
      if (life.told && !differs) continue
      life.told = true
      listener.send(event)
    }
  }

  function tend(clockDue: boolean): void {
    const clockEvent = `event: clock\ndata: {"now":"${now().toISOString()}"}\n\n`
    for (const [stopId, one] of watched)
      for (const [listener, life] of one.listeners) {
        life.ageMs += livePollMs
        if (clockDue) listener.clock(clockEvent)
        if (life.ageMs < LIFE_MS && listener.unread() < MOST_UNREAD) continue
        listener.close()
        remove(stopId, listener)
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
