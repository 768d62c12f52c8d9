import { api, ask } from '../parts/api.ts'
import type { components, paths } from '../generated/api.d.ts'
import { m } from '../parts/messages.ts'

type Outcome = components['schemas']['CommandOutcome']
export type CommandBody =
  paths['/api/v1/stations/{stationId}/commands']['post']['requestBody']['content']['application/json']
export type Payload =
  paths['/api/v1/stations/{stationId}/call']['post']['requestBody']['content']['application/json']['payload']

/** What came of asking a charger for something. */
export interface StationAnswer {
  accepted: boolean
  /** What it said, or why it was never asked, as a sentence. */
  text: string
  /** Its whole answer, as it came; null: there is none. */
  response: object | null
  outcome: Outcome | null
}

/** Asks a charger for something, in the words of no OCPP version. */
export async function askStation(stationId: string, body: CommandBody): Promise<StationAnswer> {
  const answer = await ask(api.POST('/api/v1/stations/{stationId}/commands', { params: { path: { stationId } }, body }))
  return told(answer)
}

/** Sends any OCPP action; the server checks the payload against the official schema before it leaves. */
export async function callStation(stationId: string, action: string, payload: Payload): Promise<StationAnswer> {
  const body = { action, payload }
  return told(await ask(api.POST('/api/v1/stations/{stationId}/call', { params: { path: { stationId } }, body })))
}

function told(answer: Awaited<ReturnType<typeof ask<Outcome>>>): StationAnswer {
  if (!answer.ok) {
    const text = answer.status === 0 ? m.act_unreachable() : m.chargers_answer_none({ reason: answer.reason })
    return { accepted: false, text, response: null, outcome: null }
  }
  const outcome = answer.value
  if (outcome.outcome === 'refused') {
    const code = [outcome.errorCode, outcome.errorDescription].filter((one) => one !== '').join(': ')
    return { accepted: false, text: m.chargers_answer_error({ code }), response: outcome.errorDetails, outcome }
  }
  const text = (outcome.accepted ? m.chargers_answer_accepted : m.chargers_answer_refused)({ status: outcome.status })
  return { accepted: outcome.accepted, text, response: outcome.response, outcome }
}
