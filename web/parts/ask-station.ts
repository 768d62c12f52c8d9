import { api, ask } from './api.ts'
import { m } from './messages.ts'

export type StationCommand =
  | { type: 'remoteStart'; evseId: number; idToken: string }
  | { type: 'remoteStop'; transactionId: string }
  | { type: 'reset'; kind: 'soft' | 'hard' }
  | { type: 'unlockConnector'; evseId: number; connectorId: number }
  | { type: 'trigger'; message: string; evseId?: number }
  | { type: 'changeAvailability'; evseId?: number; operative: boolean }

export interface StationAnswer {
  /** Whether the charger does it. */
  done: boolean
  /** The charger's own answer, or why it was never asked, as a sentence. */
  sentence: string
}

/** Asks a charger for something; `command` is the name of it in the sentence that comes back. Never throws. */
export async function askStation(stationId: string, command: string, body: StationCommand): Promise<StationAnswer> {
  const answer = await ask(api.POST('/api/v1/stations/{stationId}/commands', { params: { path: { stationId } }, body }))
  if (!answer.ok) {
    const reason = answer.status === 0 ? m.command_no_server() : answer.reason
    return { done: false, sentence: m.command_not_asked({ command, reason }) }
  }
  const said = answer.value
  if (said.outcome === 'refused') {
    const code = [said.errorCode, said.errorDescription].filter((one) => one !== '').join(', ')
    return { done: false, sentence: m.command_refused({ command, code }) }
  }
  const { status } = said
  return said.accepted
    ? { done: true, sentence: m.command_accepted({ command, status }) }
    : { done: false, sentence: m.command_not_accepted({ command, status }) }
}

/** Starts charging. A charger starts for a token, not for a vehicle: it is given the first that the vehicle carries. */
export async function askToCharge(stationId: string, evseId: number, vehicleId: string): Promise<StationAnswer> {
  const command = m.command_start()
  const tokens = await ask(api.GET('/api/v1/tokens', { params: { query: { vehicleId, limit: 1 } } }))
  if (!tokens.ok) return { done: false, sentence: m.command_not_asked({ command, reason: tokens.reason }) }
  const idToken = tokens.value.items[0]?.value
  if (idToken === undefined)
    return { done: false, sentence: m.command_not_asked({ command, reason: m.command_no_token() }) }
  return askStation(stationId, command, { type: 'remoteStart', evseId, idToken })
}
