import type { Db } from '../../db/database.ts'
import type { CommandOutcome, JsonObject } from '../../domain/command.ts'
import type { Now } from '../../domain/ports.ts'
import type { OcppProtocol } from '../../domain/status.ts'
import type { MessagesOf, RequestOf, ResponseOf } from '../action.ts'
import type { CallAnswer } from '../call-queue.ts'
import { readTolerantly } from '../quirks.ts'
import { firstViolation, messageValidators, violationText } from '../validation.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'

/** The station that a command is for. */
export interface CommandedStation {
  db: Db
  now: Now
  stationId: string
  protocol: OcppProtocol
  call(action: string, payload: JsonObject): Promise<CallAnswer>
}

/** The station's answer in its version's type, or the outcome when there is none to read. */
export type Asked<Response> = { response: Response } | { outcome: CommandOutcome }

export function ask16<Name extends keyof MessagesOf['ocpp1.6'] & string>(
  station: CommandedStation,
  action: Name,
  payload: RequestOf<MessagesOf['ocpp1.6'][Name]>,
): Promise<Asked<ResponseOf<MessagesOf['ocpp1.6'][Name]>>> {
  return ask(station, action, payload)
}

/** Also for 2.1, whose schema then checks what is sent. */
export function ask201<Name extends keyof MessagesOf['ocpp2.0.1'] & string>(
  station: CommandedStation,
  action: Name,
  payload: RequestOf<MessagesOf['ocpp2.0.1'][Name]>,
): Promise<Asked<ResponseOf<MessagesOf['ocpp2.0.1'][Name]>>> {
  return ask(station, action, payload)
}

/** Sends a call whose payload fits the official schema; one that does not fit never leaves. */
export async function ask<Response>(
  station: CommandedStation,
  action: string,
  payload: unknown,
): Promise<Asked<Response>> {
  const validators = messageValidators(station.protocol, action)
  if (validators?.request === undefined) return unsendable(say('noSuchAction', { protocol: station.protocol, action }))
  const violation = firstViolation(validators.request, payload)
  if (violation !== undefined) return unsendable(say('payloadUnfit', { action, violation: violationText(violation) }))
  const answer = await station.call(action, payload as JsonObject)
  if (answer.outcome !== 'answered') return { outcome: answer }
  try {
    if (validators.response !== undefined) readTolerantly(validators.response, action, answer.payload)
  } catch {
    // It did answer, if not as it should have: its own words are worth more than none.
    return { outcome: answered(answer.payload, statusOf(answer.payload)) }
  }
  return { response: answer.payload as Response }
}

/** The outcome of a command from an answer with a status; `accepted` says which other words than Accepted mean yes. */
export function outcomeOf(asked: Asked<{ status: string }>, also: readonly string[] = []): CommandOutcome {
  if ('outcome' in asked) return asked.outcome
  return answered(asked.response, asked.response.status, also)
}

export function answered(response: object, status: string, also: readonly string[] = []): CommandOutcome {
  return {
    outcome: 'answered',
    accepted: status === 'Accepted' || also.includes(status),
    status,
    response: response as JsonObject,
  }
}

export function unsendable(why: Sentence): { outcome: CommandOutcome } {
  return { outcome: { outcome: 'unsendable', reason: why.in('en'), sentence: why.plain() } }
}

function statusOf(payload: JsonObject): string {
  return typeof payload['status'] === 'string' ? payload['status'] : 'Unreadable'
}
