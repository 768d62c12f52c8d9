import { api, ask } from './api.ts'
import type { Alert, AlertAction } from './api-types.ts'
import { askStation } from './ask-station.ts'
import type { Attempt } from './attempt.ts'
import type { Format } from './format.ts'
import type { Live } from './live.svelte.ts'
import { m } from './messages.ts'
import { namesOf } from './names.ts'
import type { Toasts } from './toasts.svelte.ts'

const SNOOZE_MS = 60 * 60_000

interface Tools {
  readonly format: Format
  live: Live
  toasts: Toasts
  attempt: Attempt
  now(): number
}

/** The operation of the API that an alert's button calls: who may not call it is not offered it. */
export const OPERATION_OF: Record<AlertAction['type'], string> = {
  assignBlock: 'assignBlock',
  approveStation: 'changeStation',
  resetStation: 'sendCommand',
  replan: 'replan',
}

/** What mends an alert, or puts it off. Each says what came of it, or why not; what hurts can be undone. */
export function createAlertActions(tools: Tools) {
  const { live, toasts, now, attempt } = tools
  const names = namesOf(live)

  const putAssignment = (date: string, blockId: string, vehicleId: string | null) =>
    ask(
      api.PUT('/api/v1/blocks/{date}/{blockId}/assignment', {
        params: { path: { date, blockId } },
        body: { vehicleId },
      }),
    )

  const assignBlock = (date: string, blockId: string, vehicleId: string): Promise<boolean> =>
    attempt(putAssignment(date, blockId, vehicleId), ({ previous }) =>
      toasts.say(m.depot_did_assign({ block: blockId, vehicle: names.vehicle(vehicleId) }), {
        undo: () => void takeBack(date, blockId, previous.vehicleId),
      }),
    )

  const takeBack = (date: string, blockId: string, vehicleId: string | null): Promise<boolean> =>
    attempt(putAssignment(date, blockId, vehicleId), () =>
      toasts.say(
        vehicleId === null
          ? m.depot_did_unassign({ block: blockId })
          : m.depot_did_assign({ block: blockId, vehicle: names.vehicle(vehicleId) }),
      ),
    )

  const patchStation = (stationId: string, body: { registration: 'accepted' | 'rejected' }) =>
    ask(api.PATCH('/api/v1/stations/{stationId}', { params: { path: { stationId } }, body }))

  const patchAlert = ({ alertId }: Alert, snoozedUntil: string | null) =>
    ask(api.PATCH('/api/v1/alerts/{alertId}', { params: { path: { alertId } }, body: { snoozedUntil } }))

  const setRegistration = (stationId: string, registration: 'accepted' | 'rejected'): Promise<boolean> =>
    attempt(patchStation(stationId, { registration }), () =>
      toasts.say(
        registration === 'accepted' ? m.depot_did_approve({ station: names.station(stationId) }) : m.act_saved(),
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

  const alertActionName = (action: AlertAction): string => {
    switch (action.type) {
      case 'assignBlock':
        return m.depot_alerts_assign_block({ vehicle: names.vehicle(action.vehicleId) })
      case 'approveStation':
        return m.depot_alerts_approve_station({ station: names.station(action.stationId) })
      case 'resetStation':
        return m.depot_alerts_reset_station({ station: names.station(action.stationId) })
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

  return { assignBlock, setRegistration, replan, snooze, wake, alertActionName, doAlertAction }
}
