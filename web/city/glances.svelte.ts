import { onMount } from 'svelte'
import { api, ask } from '../parts/api.ts'
import type { CityGlance, Feed, Info, Place, SisterCity } from '../parts/api-types.ts'
import { createClock, type Clock } from '../parts/clock.svelte.ts'
import { createFormat, type Format } from '../parts/format.ts'
import { locale } from '../parts/language.ts'

const EVERY_MS = 15_000
const HURRIED_MS = 5_000

/** This city and its sisters at a glance, asked again and again while the page is seen. For use in a component. */
export function openGlances() {
  let info = $state.raw<Info | null>(null)
  let glance = $state.raw<CityGlance | null>(null)
  let sisters = $state.raw<readonly SisterCity[]>([])
  let feeds = $state.raw<readonly Feed[] | null>(null)
  let buildings = $state.raw<readonly Place[]>([])
  let clock = $state.raw<Clock | null>(null)
  let format = $state.raw<Format | null>(null)
  let failure = $state.raw<string | null>(null)
  let heardAt = $state(performance.now())
  let silentMs = $state(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    clearTimeout(timer)
    const [about, own, others, timetables, houses] = await Promise.all([
      ask(api.GET('/api/v1/info')),
      ask(api.GET('/api/v1/city')),
      ask(api.GET('/api/v1/sister-cities')),
      feeds === null ? ask(api.GET('/api/v1/feeds')) : null,
      ask(api.GET('/api/v1/places', { params: { query: { kind: 'building', limit: 100 } } })),
    ])
    const failed = [about, own, others, timetables, houses].find((answer) => answer !== null && !answer.ok)
    failure = failed === undefined || failed === null || failed.ok ? null : failed.reason
    if (timetables?.ok === true) feeds = timetables.value.items
    if (houses.ok) buildings = houses.value.items as Place[]
    if (others.ok) sisters = others.value.items
    if (about.ok && own.ok) {
      info = about.value
      clock ??= createClock(about.value.speed, Date.parse(about.value.now))
      clock.anchor(Date.parse(about.value.now))
      format ??= createFormat(locale, own.value.timeZone)
      glance = own.value
      heardAt = performance.now()
      silentMs = 0
    }
    timer = setTimeout(() => void load(), (info?.speed ?? 1) > 1 ? HURRIED_MS : EVERY_MS)
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
    get glance() {
      return glance
    },
    get sisters() {
      return sisters
    },
    get feeds() {
      return feeds
    },
    get buildings() {
      return buildings
    },
    get format() {
      return format
    },
    get failure() {
      return failure
    },
    get silentMs() {
      return silentMs
    },
    get now(): number {
      return clock?.now ?? Date.now()
    },
    refresh: (): void => void load(),
  }
}
