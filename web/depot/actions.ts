import { type Answer, api, ask } from '../parts/api.ts'
import type { Alert, AlertAction } from '../parts/api-types.ts'
import type { Format } from '../parts/format.ts'
import type { Live } from '../parts/live.svelte.ts'
import type { Toasts } from '../parts/toasts.svelte.ts'
import type { Messages } from '../messages/en.ts'

const SNOOZE_MS = 60 * 60_000

export type StationCommand =
  | { type: 'remoteStart'; evseId: number; idToken: string }
  | { type: 'remoteStop'; transactionId: string }
  | { type: 'reset'; kind: 'soft' | 'hard' }
  | { type: 'unlockConnector'; evseId: number; connectorId: number }
  | { type: 'trigger'; message: string; evseId?: number }
  | { type: 'changeAvailability'; evseId?: number; operative: boolean }

interface Tools {
  t: Messages
  format: Format
  live: Live
  toasts: Toasts
  now(): number
}

export type Actions = ReturnType<typeof createActions>

/** What a person can do from the depot page. Each says what came of it, or why not; what hurts can be undone. */
export function createActions({ t, format, live, toasts, now }: Tools) {
  const fail = (answer: { status: number; reason: string }): void =>
    toasts.say(answer.status === 0 ? t.actions.unreachable : t.actions.failed(answer.reason), { tone: 'act' })

  async function attempt<Value>(asked: Promise<Answer<Value>>, done: (value: Value) => void): Promise<boolean> {
    const answer = await asked
    if (answer.ok) done(answer.value)
    else fail(answer)
    return answer.ok
  }

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
      toasts.say(t.actions.assigned(blockId, vehicleLabel(vehicleId)), {
        undo: () => void takeBack(date, blockId, previous.vehicleId),
      }),
    )

  const takeBack = (date: string, blockId: string, vehicleId: string | null): Promise<boolean> =>
    attempt(putAssignment(date, blockId, vehicleId), () =>
      toasts.say(
        vehicleId === null ? t.actions.unassigned(blockId) : t.actions.assigned(blockId, vehicleLabel(vehicleId)),
      ),
    )

  const patchStation = (stationId: string, body: { registration: 'accepted' | 'rejected' }) =>
    ask(api.PATCH('/api/v1/stations/{stationId}', { params: { path: { stationId } }, body }))

  const patchAlert = ({ alertId }: Alert, snoozedUntil: string | null) =>
    ask(api.PATCH('/api/v1/alerts/{alertId}', { params: { path: { alertId } }, body: { snoozedUntil } }))

  const setRegistration = (stationId: string, registration: 'accepted' | 'rejected'): Promise<boolean> =>
    attempt(patchStation(stationId, { registration }), () =>
      toasts.say(registration === 'accepted' ? t.actions.approved(stationLabel(stationId)) : t.actions.saved),
    )

  const replan = (siteId: string): Promise<boolean> =>
    attempt(ask(api.POST('/api/v1/plans', { body: { siteId } })), () => toasts.say(t.actions.replanned))

  async function snooze(alert: Alert): Promise<boolean> {
    const until = now() + SNOOZE_MS
    return attempt(patchAlert(alert, new Date(until).toISOString()), () => {
      live.putAlert({ ...alert, snoozedUntil: new Date(until).toISOString() })
      toasts.say(t.actions.snoozed(format.time(until)), { undo: () => void wake(alert) })
    })
  }

  const wake = (alert: Alert): Promise<boolean> =>
    attempt(patchAlert(alert, null), () => live.putAlert({ ...alert, snoozedUntil: null }))

  /** Asks a charger for something; resolves with its own answer, or with why it was never given one, as a sentence. */
  async function command(stationId: string, name: string, body: StationCommand): Promise<string> {
    const answer = await ask(
      api.POST('/api/v1/stations/{stationId}/commands', { params: { path: { stationId } }, body }),
    )
    const words = t.actions.answer
    if (!answer.ok) return words.notAsked(name, answer.status === 0 ? t.actions.noServer : answer.reason)
    const said = answer.value
    if (said.outcome === 'refused') return words.refused(name, said.errorCode, said.errorDescription)
    return said.accepted ? words.accepted(name, said.status) : words.notAccepted(name, said.status)
  }

  const changeVehicle = (vehicleId: string, change: { inService?: boolean; socPercent?: number }): Promise<boolean> =>
    attempt(ask(api.PATCH('/api/v1/vehicles/{vehicleId}', { params: { path: { vehicleId } }, body: change })), () =>
      toasts.say(t.actions.saved),
    )

  const alertActionName = (action: AlertAction): string => {
    switch (action.type) {
      case 'assignBlock':
        return t.alerts.assignBlock(vehicleLabel(action.vehicleId))
      case 'approveStation':
        return t.alerts.approveStation(stationLabel(action.stationId))
      case 'resetStation':
        return t.alerts.resetStation(stationLabel(action.stationId))
      case 'replan':
        return t.alerts.replan
    }
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
        toasts.say(await command(action.stationId, alertActionName(action), { type: 'reset', kind: 'soft' }))
        return
      case 'replan':
        await replan(action.siteId)
    }
  }

  return {
    assignBlock,
    setRegistration,
    replan,
    snooze,
    wake,
    command,
    changeVehicle,
    alertActionName,
    doAlertAction,
  }
}
