import type { EventEmitter } from 'node:events'
import { OcppClient, OcppError } from 'ocpp-ts'
import schemas from 'ocpp-ts/dist/src/impl/schemas.js'
import type { WebSocket } from 'ws'
import type { JsonObject } from '../domain/command.ts'
import { CallRefused, LinkLost } from './link.ts'
import type { Link, LinkOptions } from './link.ts'

/** Calls of a central system that an OCPP 1.6 station can get. */
const ACTIONS = [
  'CancelReservation',
  'ChangeAvailability',
  'ChangeConfiguration',
  'ClearCache',
  'ClearChargingProfile',
  'DataTransfer',
  'GetCompositeSchedule',
  'GetConfiguration',
  'GetDiagnostics',
  'GetLocalListVersion',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'ReserveNow',
  'Reset',
  'SendLocalList',
  'SetChargingProfile',
  'TriggerMessage',
  'UnlockConnector',
  'UpdateFirmware',
] as const

/** What the client keeps private and offers no method for. */
interface Insides {
  connection: { socket: WebSocket } | null
}

/**
 * Opens an OCPP 1.6 connection with ocpp-ts, made usable where its client is not:
 * it can neither be closed nor told to stop trying (its socket is reached through a private field); calls in flight when the
 * line goes would hang for ten seconds (they fail at once here); a listener can answer with an error only by throwing an
 * `OcppError` before it returns (so all answers here are given at once); and its validator takes 0.3 for no multiple of 0.1.
 * A client serves one connection: reconnecting makes a new one.
 */
export function openLink16(options: LinkOptions): Promise<Link> {
  acceptDecimals()
  return new Promise((resolve, reject) => {
    const client = new OcppClient(encodeURIComponent(options.stationId))
    const emitter: EventEmitter = client
    const waiting = new Set<(error: Error) => void>()
    let opened = false

    const link: Link = {
      call: (action, payload) =>
        new Promise((answer, fail) => {
          waiting.add(fail)
          callRaw(client, action, payload)
            .then(answer, (error: unknown) => fail(asCallFailure(error)))
            .finally(() => waiting.delete(fail))
        }),
      cut: () => (client as unknown as Insides).connection?.socket.terminate(),
    }

    for (const action of ACTIONS) {
      emitter.on(action, (payload: JsonObject, answer: (response: JsonObject) => void) => {
        answer(answerOrThrow(options, action, payload))
      })
    }
    emitter.on('connect', () => {
      opened = true
      resolve(link)
    })
    // Before the line is open this is the reason why it does not open; afterwards the close that follows says all.
    emitter.on('error', (error: Error) => reject(error))
    emitter.on('close', () => {
      for (const fail of waiting) fail(new LinkLost('the line was lost'))
      waiting.clear()
      if (opened) options.closed()
      else reject(new LinkLost('the line closed before it was open'))
    })

    const headers =
      options.password === undefined
        ? undefined
        : { authorization: `Basic ${Buffer.from(`${options.stationId}:${options.password}`).toString('base64')}` }
    client.connect(`${options.url}/`, headers)
  })
}

function answerOrThrow(options: LinkOptions, action: string, payload: JsonObject): JsonObject {
  try {
    return options.handle(action, payload)
  } catch (error) {
    if (error instanceof CallRefused) throw new OcppError(error.code, error.message)
    console.error(error)
    throw new OcppError('InternalError', 'the station failed')
  }
}

async function callRaw(client: OcppClient, action: string, payload: JsonObject): Promise<JsonObject> {
  // The overloads know each action's own payload type; here both are data.
  const call = client.callRequest as unknown as (action: string, payload: JsonObject) => Promise<JsonObject>
  return await call.call(client, action, payload)
}

function asCallFailure(error: unknown): Error {
  if (error instanceof OcppError && error.message !== 'No response from the client') {
    return new CallRefused(error.code, error.message)
  }
  return new LinkLost(error instanceof Error ? error.message : String(error))
}

let decimalsAccepted = false

/** ocpp-ts checks `multipleOf: 0.1` by division, which refuses 0.3 and 7.3 A alike. The rule is taken out of its copy of the schemas, once. */
function acceptDecimals(): void {
  if (decimalsAccepted) return
  decimalsAccepted = true
  removeMultipleOf(schemas)
}

function removeMultipleOf(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  if ('multipleOf' in node) delete node.multipleOf
  for (const value of Object.values(node)) removeMultipleOf(value)
}
