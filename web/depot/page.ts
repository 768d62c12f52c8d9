import { createContext } from 'svelte'
import type { Clock } from '../parts/clock.svelte.ts'
import type { Format } from '../parts/format.ts'
import type { Live } from '../parts/live.svelte.ts'
import type { Actions } from './actions.ts'

export type Subject =
  | { kind: 'vehicle'; vehicleId: string }
  | { kind: 'station'; stationId: string; evseId: number | null }

/** What every part of the depot page needs and none should be handed one by one. */
export interface Page {
  format: Format
  /** The time at the depot (epoch ms), to the minute, as all here is told: with hundreds of vehicles it is dear to draw anew each second. */
  clock: Pick<Clock, 'now'>
  live: Live
  actions: Actions
  siteId: string
  /** Opens the panel about a vehicle or a charger. */
  show(subject: Subject): void
}

export const [getPage, setPage] = createContext<Page>()
