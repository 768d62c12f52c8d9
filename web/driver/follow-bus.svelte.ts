import { api, ask } from '../parts/api.ts'
import type { Info } from '../parts/api-types.ts'
import { createClock } from '../parts/clock.svelte.ts'
import { openLive } from '../parts/live.svelte.ts'
import { baysOf, pollBus } from './enter.ts'
import { keepLastState, type LastState } from './last-state.ts'

const POLL_MS = 10_000
/** The stream is given this long to come, or to come back, before it is asked instead. */
const PATIENCE_MS = 4_000
const SILENT_TOO_LONG_MS = 40_000
/** Writing a phone's storage at each change would wear it and its battery. */
const KEEP_EVERY_MS = 3_000

/** The product's clock as it should stand now, ms, by this device's. */
const clockSince = (last: LastState): number => last.asOf + (Date.now() - last.heardAt) * last.speed

/**
 * One bus as it is now: live, or asked for every ten seconds where no stream comes through, or as it was when the line was cut. To be called while a component
 * is made. `last` is shown, with its age, until the server has told more.
 *
 * `ended` is told when the server knows the reader no more.
 */
export function followBus(
  vehicleId: string,
  { info, last }: { info?: Info; last?: LastState | undefined },
  ended: () => void,
) {
  const speed = info?.speed ?? last?.speed ?? 1
  const clock = createClock(
    speed,
    info === undefined && last !== undefined ? clockSince(last) : Date.parse(info?.now ?? ''),
  )
  let known = $state.raw<LastState | null>(last ?? null)
  let live = $state.raw<ReturnType<typeof openLive>>()
  let polledAt = $state(last === undefined ? performance.now() : -Infinity)
  let missing = $state(false)
  let keptAt = 0
  const openedAt = performance.now()

  function take(found: Pick<LastState, 'vehicle' | 'stations'>): void {
    const site = sites?.find((one) => one.siteId === found.vehicle.siteId) ?? known?.site
    if (site === undefined) return
    const state = { ...found, site, bays, asOf: clock.now, speed, heardAt: Date.now() }
    known = state
    missing = false
    if (Date.now() - keptAt < KEEP_EVERY_MS) return
    keptAt = Date.now()
    keepLastState(state)
  }

  let sites = info?.sites
  let bays = last?.bays ?? []

  async function poll(): Promise<void> {
    if (sites === undefined) {
      const answer = await ask(api.GET('/api/v1/info'))
      if (!answer.ok) return
      sites = answer.value.sites
      clock.anchor(Date.parse(answer.value.now))
    }
    const found = await pollBus(vehicleId)
    if (!found.ok) {
      if (found.status === 401 || found.status === 403) ended()
      if (found.status === 404) missing = true
      return
    }
    polledAt = performance.now()
    if (bays.length === 0) bays = await baysOf(found.vehicle.siteId)
    take(found)
    live ??= openLive(found.vehicle.siteId, clock.anchor)
  }

  $effect(() => {
    if (live === undefined || !live.loaded || live.connection !== 'live') return
    const vehicle = live.vehicles.get(vehicleId)
    if (vehicle === undefined) return
    void live.heardAt
    take({
      vehicle,
      stations: [...live.stations.values()].filter((station) => station.siteId === vehicle.siteId),
    })
  })

  const look = (): void => {
    if (!navigator.onLine || live?.connection === 'live') return
    if (live !== undefined && performance.now() - openedAt < PATIENCE_MS) return
    void poll()
  }
  const timer = setInterval(look, POLL_MS)
  addEventListener('online', look)
  void poll()

  // Counted anew with each tick of the page's clock.
  const silentMs = $derived.by(() => {
    void clock.now
    return performance.now() - Math.max(live?.heardAt ?? -Infinity, polledAt)
  })
  return {
    clock,
    get known(): LastState | null {
      return known
    },
    /** The bus is not in the fleet any more. */
    get missing(): boolean {
      return missing
    },
    get offline(): boolean {
      void clock.now
      return !navigator.onLine || live?.connection === 'offline'
    },
    /** Whether what is shown is older than it looks. */
    get outOfTouch(): boolean {
      return this.offline || silentMs > SILENT_TOO_LONG_MS
    },
    close(): void {
      clearInterval(timer)
      removeEventListener('online', look)
      clock.stop()
      live?.close()
    },
  }
}
