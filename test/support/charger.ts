import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import type { JsonObject } from '../../domain/command.ts'
import type { OcppProtocol } from '../../domain/status.ts'

export interface ChargerOptions {
  wsUrl: string
  stationId: string
  protocol: OcppProtocol
  password?: string
}

/** What a charger got back for one of its calls. */
export type Answer = { result: JsonObject } | { error: string; description: string }

/** A bare charger for tests: it speaks frames and adds nothing of its own. */
export interface Charger {
  readonly ws: WebSocket
  /** Sends a CALL and resolves with the answer's payload; rejects when it is a CALLERROR. */
  call(action: string, payload: object, id?: string): Promise<JsonObject>
  /** Like `call`, but an error is an answer too. */
  ask(action: string, payload: object, id?: string): Promise<Answer>
  sendRaw(text: string): void
  /** The next frame that is neither an answer to `call` nor a call with a handler. */
  next(): Promise<unknown[]>
  /** How it answers calls of this action from now on; null: not at all. Actions without a handler get NotImplemented. */
  onCall(action: string, answer: ((payload: JsonObject) => object) | null): void
  /** Calls it got, oldest first. */
  readonly calls: { action: string; payload: JsonObject }[]
  /** Resolves with the close code. */
  closed: Promise<number>
  close(): Promise<void>
}

export async function connectCharger(options: ChargerOptions): Promise<Charger> {
  const { wsUrl, stationId, protocol, password } = options
  const headers =
    password === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${stationId}:${password}`).toString('base64')}` }
  const ws = new WebSocket(`${wsUrl}/ocpp/${encodeURIComponent(stationId)}`, protocol, { headers })
  const pending = new Map<string, (answer: Answer) => void>()
  const handlers = new Map<string, ((payload: JsonObject) => object) | null>()
  const others: unknown[][] = []
  const readers: ((frame: unknown[]) => void)[] = []
  const calls: { action: string; payload: JsonObject }[] = []
  const closed = new Promise<number>((resolve) => ws.on('close', resolve))

  function other(frame: unknown[]): void {
    const reader = readers.shift()
    if (reader === undefined) others.push(frame)
    else reader(frame)
  }

  ws.on('message', (data) => {
    const frame = JSON.parse(String(data)) as unknown[]
    const [type, id] = frame
    const waiting = pending.get(String(id))
    if ((type === 3 || type === 4) && waiting !== undefined) {
      pending.delete(String(id))
      waiting(
        type === 3 ? { result: frame[2] as JsonObject } : { error: String(frame[2]), description: String(frame[3]) },
      )
      return
    }
    if (type !== 2) {
      other(frame)
      return
    }
    const action = String(frame[2])
    const payload = frame[3] as JsonObject
    calls.push({ action, payload })
    const handler = handlers.get(action)
    if (handler === null) return
    if (handler === undefined) ws.send(JSON.stringify([4, id, 'NotImplemented', '', {}]))
    else ws.send(JSON.stringify([3, id, handler(payload)]))
  })

  await new Promise<void>((resolve, reject) => {
    ws.once('open', () => resolve())
    ws.once('error', reject)
    ws.once('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += String(chunk)))
      response.on('end', () => reject(new Error(`${response.statusCode}: ${body.trim()}`)))
    })
  })

  function ask(action: string, payload: object, id: string = randomUUID()): Promise<Answer> {
    return new Promise((resolve, reject) => {
      pending.set(id, resolve)
      void closed.then((code) => reject(new Error(`the socket closed (${code}) before ${action} was answered`)))
      ws.send(JSON.stringify([2, id, action, payload]))
    })
  }

  return {
    ws,
    calls,
    closed,
    ask,
    async call(action, payload, id) {
      const answer = await ask(action, payload, id)
      if ('error' in answer) throw new Error(`${action}: ${answer.error} ${answer.description}`)
      return answer.result
    },
    sendRaw: (text) => ws.send(text),
    next() {
      const frame = others.shift()
      return frame === undefined ? new Promise((resolve) => readers.push(resolve)) : Promise.resolve(frame)
    },
    onCall: (action, answer) => void handlers.set(action, answer),
    async close() {
      ws.close()
      await closed
    },
  }
}

/** The words each version uses for its first message. */
export function bootRequest(protocol: OcppProtocol, reason = 'PowerUp'): JsonObject {
  return protocol === 'ocpp1.6'
    ? { chargePointVendor: 'Test works', chargePointModel: 'DC 150', firmwareVersion: '1.2.3' }
    : { reason, chargingStation: { vendorName: 'Test works', model: 'DC 150', firmwareVersion: '1.2.3' } }
}
