import { RPCServer } from 'ocpp-rpc'
import type { JsonObject } from '../../domain/command.ts'

export interface Received {
  stationId: string
  action: string
  payload: JsonObject
}

/** A client that has connected: calls go to the station. */
export interface ConnectedStation {
  identity?: string
  call(action: string, payload: JsonObject): Promise<JsonObject>
  close(options: { code?: number; force?: boolean }): Promise<unknown>
}

export interface TestCentral {
  url: string
  received: Received[]
  /** Payloads that broke the official schemas, either way. */
  violations: string[]
  /** Overrides the usual answer to an action. */
  answers: Map<string, (payload: JsonObject, stationId: string) => JsonObject>
  stations: Map<string, ConnectedStation>
  of(action: string): JsonObject[]
  call(stationId: string, action: string, payload: JsonObject): Promise<JsonObject>
  close(): Promise<void>
}

/** A central system that no one here wrote: ocpp-rpc's server, holding every payload of both versions to the official schemas. It accepts everything and remembers what it was sent. */
export async function startCentral(options: {
  now: () => number
  bootIntervalSeconds?: number
  port?: number
}): Promise<TestCentral> {
  const server = new RPCServer({ protocols: ['ocpp1.6', 'ocpp2.0.1'], strictMode: true, callTimeoutMs: 5_000 })
  const received: Received[] = []
  const violations: string[] = []
  const stations = new Map<string, ConnectedStation>()
  const answers: TestCentral['answers'] = new Map()
  let transactions = 0

  const usual = (action: string): JsonObject => {
    const currentTime = new Date(options.now()).toISOString()
    if (action === 'BootNotification') {
      return { status: 'Accepted', interval: options.bootIntervalSeconds ?? 300, currentTime }
    }
    if (action === 'Heartbeat') return { currentTime }
    if (action === 'StartTransaction') {
      transactions += 1
      return { transactionId: transactions, idTagInfo: { status: 'Accepted' } }
    }
    return {}
  }

  server.on('client', (client) => {
    const stationId = String(client.identity)
    stations.set(stationId, client)
    client.on('strictValidationFailure', ({ method, error }: { method: string; error: Error }) => {
      violations.push(`${method}: ${error.message}`)
    })
    client.handle(({ method, params }: { method: string; params: JsonObject }) => {
      received.push({ stationId, action: method, payload: params })
      const special = answers.get(method)
      if (special !== undefined) return special(params, stationId)
      if (method === 'Authorize') {
        const status = { status: 'Accepted' }
        return client.protocol === 'ocpp1.6' ? { idTagInfo: status } : { idTokenInfo: status }
      }
      return usual(method)
    })
  })
  const http = await server.listen(options.port ?? 0, '127.0.0.1')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `ws://127.0.0.1:${address.port}/ocpp`,
    received,
    violations,
    answers,
    stations,
    of: (action) => received.filter((one) => one.action === action).map((one) => one.payload),
    async call(stationId, action, payload) {
      const station = stations.get(stationId)
      if (station === undefined) throw new Error(`${stationId} never connected`)
      return await station.call(action, payload)
    },
    close: () => server.close({ force: true, code: 1001, reason: 'test over' }),
  }
}
