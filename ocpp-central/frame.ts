import type { JsonObject } from '../domain/command.ts'
import type { OcppProtocol } from '../domain/status.ts'
import { errorCodeWord, type CallError } from './call-error.ts'

const CALL = 2
const CALL_RESULT = 3
const CALL_ERROR = 4
const CALL_RESULT_ERROR = 5
const SEND = 6

/** No message of any version nests deeper than about ten. */
const DEEPEST_NESTING = 100
const SHORT_TEXT = 2000

/** A NUL, or one half of a pair of surrogates, as an escape. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i

/** Echoed exactly as it came: some stations number their messages instead of naming them. */
export type MessageId = string | number

export type Frame =
  | { kind: 'call'; id: MessageId; action: string; payload: JsonObject; quirks: string[] }
  | { kind: 'result'; id: MessageId; payload: JsonObject }
  | { kind: 'error'; id: MessageId; code: string; description: string; details: JsonObject }
  /** Understood, and not to be answered. */
  | { kind: 'ignored'; reason: string }
  /** Not OCPP. `reply` is the frame to send back, where the version has an answer for it. */
  | { kind: 'bad'; reason: string; reply: string | undefined }

/**
 * Reads one WebSocket text message (OCPP-J 1.6 §4.2, 2.0.1 part 4 §4.2). Never throws. What is not a frame comes back as `bad`; 2.0.1 answers
 * that with a CALLERROR (id "-1" when the id cannot be read, part 4 §4.2.3), 1.6 knows no such answer except when the id is readable.
 */
export function parseFrame(protocol: OcppProtocol, text: string): Frame {
  const message = parseJson(text)
  if (!Array.isArray(message)) return bad(protocol, undefined, 'the message is not a JSON array')
  // What nests deep exhausts the stack of whoever walks through it, `JSON.stringify` included; a short text cannot.
  if (text.length > SHORT_TEXT && nestsDeeper(message, DEEPEST_NESTING)) {
    return bad(protocol, undefined, `the message nests deeper than ${DEEPEST_NESTING} levels`)
  }
  const [type, id, third, fourth, fifth] = message as unknown[]
  if (typeof type !== 'number') return bad(protocol, undefined, 'the message type is not a number')
  if (!isMessageId(id)) return bad(protocol, undefined, 'the message id is not a string')
  switch (type) {
    case CALL:
      return call(protocol, id, third, fourth)
    case CALL_RESULT:
      return { kind: 'result', id, payload: isObject(third) ? third : {} }
    case CALL_ERROR:
      return {
        kind: 'error',
        id,
        code: asText(third),
        description: asText(fourth),
        details: isObject(fifth) ? fifth : {},
      }
    case CALL_RESULT_ERROR:
    case SEND:
      if (protocol === 'ocpp2.1') return { kind: 'ignored', reason: `message type ${type} needs no answer` }
  }
  // 1.6 §4.1.3: unknown message types shall be ignored.
  if (protocol === 'ocpp1.6') return { kind: 'ignored', reason: `unknown message type ${type}` }
  const reply = serialize([CALL_ERROR, id, 'MessageTypeNotSupported', `unknown message type ${type}`, {}])
  return { kind: 'bad', reason: `unknown message type ${type}`, reply }
}

export function callFrame(id: string, action: string, payload: JsonObject): string {
  return serialize([CALL, id, action, payload])
}

export function resultFrame(id: MessageId, payload: object): string {
  return serialize([CALL_RESULT, id, payload])
}

/** A CALLERROR in the version's own spelling; the description is cut to the 255 characters that the specification allows. */
export function errorFrame(protocol: OcppProtocol, id: MessageId, error: CallError): string {
  return serialize([CALL_ERROR, id, errorCodeWord(protocol, error.code), error.message.slice(0, 255), error.details])
}

function call(protocol: OcppProtocol, id: MessageId, action: unknown, payload: unknown): Frame {
  if (typeof action !== 'string' || action === '') return bad(protocol, id, 'the action is not a string')
  const quirks = typeof id === 'number' ? ['numericMessageId'] : []
  if (isObject(payload)) return { kind: 'call', id, action, payload, quirks }
  if (payload === undefined || payload === null)
    return { kind: 'call', id, action, payload: {}, quirks: [...quirks, 'missingPayload'] }
  // What some languages make of an empty object.
  if (Array.isArray(payload) && payload.length === 0)
    return { kind: 'call', id, action, payload: {}, quirks: [...quirks, 'arrayPayload'] }
  return bad(protocol, id, 'the payload is not an object')
}

function bad(protocol: OcppProtocol, id: MessageId | undefined, reason: string): Frame {
  if (protocol !== 'ocpp1.6')
    return { kind: 'bad', reason, reply: serialize([CALL_ERROR, id ?? '-1', 'RpcFrameworkError', reason, {}]) }
  return {
    kind: 'bad',
    reason,
    reply: id === undefined ? undefined : serialize([CALL_ERROR, id, 'FormationViolation', reason, {}]),
  }
}

function parseJson(text: string): unknown {
  try {
    // PostgreSQL stores neither a NUL nor half a character, and no station means one.
    if (UNSTORABLE.test(text))
      return JSON.parse(text, (_key, value: unknown) =>
        typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
      )
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => nestsDeeper(inner, levels - 1))
}

function serialize(message: unknown[]): string {
  return JSON.stringify(message)
}

function isMessageId(value: unknown): value is MessageId {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}
