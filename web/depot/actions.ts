import { askStation } from '../parts/ask-station.ts'
import { m } from '../parts/messages.ts'
import { api, ask } from '../parts/api.ts'
import type { Alert, AlertAction } from '../parts/api-types.ts'
import type { Format } from '../parts/format.ts'
import type { Live } from '../parts/live.svelte.ts'
import { namesOf } from '../parts/names.ts'
import type { Toasts } from '../parts/toasts.svelte.ts'
import { createAttempt } from './attempt.ts'
import { createHandActions } from './hand-actions.ts'

const SNOOZE_MS = 60 * 60_000

interface Tools {
  format: Format
  live: Live
  toasts: Toasts
  now(): number
}

export type Actions = ReturnType<typeof createActions>

/** What a person can do from the depot page. Each says what came of it, or why not; what hurts can be undone. */
export function createActions(tools: Tools) {
  const { live, toasts, now } = tools
  const attempt = createAttempt(toasts)
  const hand = createHandActions({
    get format() {
      return tools.format
    },
    names: namesOf(live),
    toasts,
    attempt,
  })

  const vehicleLabel = (vehicleId: string): string => live.vehicles.get(vehicleId)?.label ?? vehicleId
  const stationLabel = (stationId: string): string => live.stations.get(stationId)?.label ?? stationId

  const putAssignment = (date: string, blockId: string, vehicleId: string | null) =>
    ask(
      api.PUT('/api/v1/blocks/{date}/{blockId}/assignment', {
        params: { path: { date, blockId } },
        body: { vehicleId },
      }),
    )

  const assignBlock = (date: string, blockId: string, vehicleId: string): Promise<boolean> =>
    attempt(putAssignment(date, blockId, vehicleId), ({ previous }) =>
      toasts.say(m.depot_did_assign({ block: blockId, vehicle: vehicleLabel(vehicleId) }), {
        undo: () => void takeBack(date, blockId, previous.vehicleId),
      }),
    )

  const takeBack = (date: string, blockId: string, vehicleId: string | null): Promise<boolean> =>
    attempt(putAssignment(date, blockId, vehicleId), () =>
      toasts.say(
        vehicleId === null
          ? m.depot_did_unassign({ block: blockId })
          : m.depot_did_assign({ block: blockId, vehicle: vehicleLabel(vehicleId) }),
      ),
    )

  const patchStation = (stationId: string, body: { registration: 'accepted' | 'rejected' }) =>
    ask(api.PATCH('/api/v1/stations/{stationId}', { params: { path: { stationId } }, body }))

  const patchAlert = ({ alertId }: Alert, snoozedUntil: string | null) =>
    ask(api.PATCH('/api/v1/alerts/{alertId}', { params: { path: { alertId } }, body: { snoozedUntil } }))

  const setRegistration = (stationId: string, registration: 'accepted' | 'rejected'): Promise<boolean> =>
    attempt(patchStation(stationId, { registration }), () =>
      toasts.say(
        registration === 'accepted' ? m.depot_did_approve({ station: stationLabel(stationId) }) : m.act_saved(),
      ),
    )

  const replan = (siteId: string): Promise<boolean> =>
    attempt(ask(api.POST('/api/v1/plans', { body: { siteId } })), () => toasts.say(m.depot_did_replan()))

  async function snooze(alert: Alert): Promise<boolean> {
    const until = now() + SNOOZE_MS
    return attempt(patchAlert(alert, new Date(until).toISOString()), () => {
      live.putAlert({ ...alert, snoozedUntil: new Date(until).toISOString() })
      toasts.say(m.depot_did_snooze({ time: tools.format.time(until) }), { undo: () => void wake(alert) })
    })
  }

  const wake = (alert: Alert): Promise<boolean> =>
    attempt(patchAlert(alert, null), () => live.putAlert({ ...alert, snoozedUntil: null }))

  const tellSoc = (vehicleId: string, socPercent: number): Promise<boolean> =>
    attempt(
      ask(api.PATCH('/api/v1/vehicles/{vehicleId}', { params: { path: { vehicleId } }, body: { socPercent } })),
      () =>
        toasts.say(m.depot_did_soc({ vehicle: vehicleLabel(vehicleId), percent: tools.format.percent(socPercent) })),
    )

  const alertActionName = (action: AlertAction): string => {
    switch (action.type) {
      case 'assignBlock':
        return m.depot_alerts_assign_block({ vehicle: vehicleLabel(action.vehicleId) })
      case 'approveStation':
        return m.depot_alerts_approve_station({ station: stationLabel(action.stationId) })
      case 'resetStation':
        return m.depot_alerts_reset_station({ station: stationLabel(action.stationId) })
      case 'replan':
        return m.depot_alerts_replan()
    }
  }

  async function reset(stationId: string, name: string): Promise<void> {
    const { done, sentence } = await askStation(stationId, name, { type: 'reset', kind: 'soft' })
    toasts.say(sentence, { tone: done ? 'plain' : 'act' })
  }

  async function doAlertAction(action: AlertAction): Promise<void> {
    switch (action.type) {
      case 'assignBlock':
        await assignBlock(action.date, action.blockId, action.vehicleId)
        return
      case 'approveStation':
        await setRegistration(action.stationId, 'accepted')
        return
      case 'resetStation':
        await reset(action.stationId, alertActionName(action))
        return
      case 'replan':
        await replan(action.siteId)
    }
  }

  return {
    ...hand,
    assignBlock,
    setRegistration,
    replan,
    snooze,
    wake,
    tellSoc,
    alertActionName,
    doAlertAction,
  }
}
