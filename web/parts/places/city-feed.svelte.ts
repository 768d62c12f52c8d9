import { onMount } from 'svelte'
import { api, ask } from '../api.ts'
import type { Info, Place } from '../api-types.ts'
import { createClock, type Clock } from '../clock.svelte.ts'
import { createFormat, type Format } from '../format.ts'
import { locale } from '../language.ts'
import { fetchBuses, type RoadBus } from './road-buses.ts'
import { fetchPlaces } from './fetch-places.ts'
import type { Heard, PlaceKind } from './place-state.ts'

export type ShownKind = PlaceKind | 'bus'

const EVERY_MS = 15_000
/** A hurried city is asked more often: a quarter of an hour of it is over soon. */
const HURRIED_MS = 4_000
/** After this long without an answer the server's word on what is old no longer holds. */
const FRESH_MS = 45_000

/**
 * What the city tells everybody, asked again and again while the page is seen: this installation, the time zone, places by kind and the buses on
 * the road. Only the kinds of `wanted` are asked for. For use in a component.
 */
export function openCityFeed(wanted: () => readonly ShownKind[]) {
  let info = $state.raw<Info | null>(null)
  let clock = $state.raw<Clock | null>(null)
  let format = $state.raw<Format | null>(null)
  let places = $state.raw<ReadonlyMap<PlaceKind, readonly Place[]>>(new Map())
  let buses = $state.raw<readonly RoadBus[] | null>(null)
  let failure = $state.raw<string | null>(null)
  let heardAt = $state(performance.now())
  let silentMs = $state(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function start(): Promise<void> {
    const [asked, feeds] = await Promise.all([ask(api.GET('/api/v1/info')), ask(api.GET('/api/v1/feeds'))])
    if (!asked.ok) failure = asked.reason
    if (!asked.ok || info !== null) return
    info = asked.value
    clock = createClock(info.speed, Date.parse(info.now))
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    format = createFormat(locale, feeds.ok ? (feeds.value.items[0]?.timeZone ?? own) : own)
  }

  async function load(): Promise<void> {
    clearTimeout(timer)
    if (info === null) await start()
    else {
      const now = await ask(api.GET('/api/v1/info'))
      if (now.ok) clock?.anchor(Date.parse(now.value.now))
    }
    if (info !== null) await Promise.all(wanted().map(loadKind))
    timer = setTimeout(() => void load(), (info?.speed ?? 1) > 1 ? HURRIED_MS : EVERY_MS)
  }

  async function loadKind(kind: ShownKind): Promise<void> {
    // Stops stay where they are.
    if (kind === 'stop' && places.has('stop')) return
    const answer = kind === 'bus' ? await fetchBuses() : await fetchPlaces(kind)
    if (!answer.ok) {
      failure = answer.reason
      return
    }
    failure = null
    heardAt = performance.now()
    silentMs = 0
    if (kind === 'bus') buses = answer.value as readonly RoadBus[]
    else places = new Map(places).set(kind, answer.value as readonly Place[])
  }

  onMount(() => {
    void load()
    const watch = setInterval(() => {
      silentMs = performance.now() - heardAt
    }, 1_000)
    const seen = (): void => {
      if (document.visibilityState === 'visible') void load()
    }
    document.addEventListener('visibilitychange', seen)
    addEventListener('online', seen)
    return () => {
      clearTimeout(timer)
      clearInterval(watch)
      document.removeEventListener('visibilitychange', seen)
      removeEventListener('online', seen)
      clock?.stop()
    }
  })

  return {
    get info() {
      return info
    },
    get format() {
      return format
    },
    get places() {
      return places
    },
    /** null: not asked yet. */
    get buses() {
      return buses
    },
    /** Why the last question was not answered; null: it was. */
    get failure() {
      return failure
    },
    /** Real milliseconds since the last answer. */
    get silentMs() {
      return silentMs
    },
    get heard(): Heard {
      return { now: clock?.now ?? Date.now(), fresh: silentMs < FRESH_MS }
    },
    refresh: (): void => void load(),
  }
}
