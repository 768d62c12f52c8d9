import { createAlertActions } from '../parts/alert-actions.ts'
import { api, ask } from '../parts/api.ts'
import { createAttempt } from '../parts/attempt.ts'
import type { Format } from '../parts/format.ts'
import type { Live } from '../parts/live.svelte.ts'
import { m } from '../parts/messages.ts'
import { namesOf } from '../parts/names.ts'
import type { Toasts } from '../parts/toasts.svelte.ts'
import { createHandActions } from './hand-actions.ts'

interface Tools {
  readonly format: Format
  live: Live
  toasts: Toasts
  now(): number
}

export type Actions = ReturnType<typeof createActions>

/** What a person can do from the depot page. Each says what came of it, or why not; what hurts can be undone. */
export function createActions(tools: Tools) {
  const { live, toasts, now } = tools
  const attempt = createAttempt(toasts)
  const names = namesOf(live)
  const alert = createAlertActions({
    get format() {
      return tools.format
    },
    live,
    toasts,
    attempt,
    now,
  })
  const hand = createHandActions({
    get format() {
      return tools.format
    },
    names,
    toasts,
    attempt,
  })

  const tellSoc = (vehicleId: string, socPercent: number): Promise<boolean> =>
    attempt(
      ask(api.PATCH('/api/v1/vehicles/{vehicleId}', { params: { path: { vehicleId } }, body: { socPercent } })),
      () =>
        toasts.say(m.depot_did_soc({ vehicle: names.vehicle(vehicleId), percent: tools.format.percent(socPercent) })),
    )

  return { ...alert, ...hand, tellSoc }
}
