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
  clock: Clock
  live: Live
  actions: Actions
  siteId: string
  /** Opens the panel about a vehicle or a charger. */
  show(subject: Subject): void
}

export const [getPage, setPage] = createContext<Page>()
