import { createContext } from 'svelte'
import type { Info, Me, Site } from '../parts/api-types.ts'
import type { Clock } from '../parts/clock.svelte.ts'
import type { Format } from '../parts/format.ts'
import type { Live } from '../parts/live.svelte.ts'
import type { Router } from '../parts/router.svelte.ts'
import type { Toasts } from '../parts/toasts.svelte.ts'

/** What every page of the staff needs and none should be handed one by one. */
export interface Staff {
  readonly info: Info
  readonly me: Me
  /** '' as long as there is no depot; only pages that go without one are shown then, and must follow when the first one comes. */
  readonly siteId: string
  /** The chosen site as it is now; undefined until the first snapshot has come. */
  readonly site: Site | undefined
  /** Figures and times of the site, in the reader's language. */
  readonly format: Format
  readonly clock: Clock
  readonly live: Live
  readonly toasts: Toasts
  readonly router: Router
  /** How long the server has been silent, in real ms. */
  readonly silentMs: number
  /** Whether what is shown is older than it looks. */
  readonly outOfTouch: boolean
  /** Whether this reader may call an operation of the API (its operationId); what they may not do is not offered. */
  may(operationId: string): boolean
}

export const [getStaff, setStaff] = createContext<Staff>()
