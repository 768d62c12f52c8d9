import rpc from 'ocpp-rpc'
import type { JsonObject } from '../domain/command.ts'
import { CallRefused, LinkLost } from './link.ts'
import type { Link, LinkOptions } from './link.ts'

// A CommonJS module whose error classes Node does not see as named exports.
const { createRPCError, RPCClient, RPCError, TimeoutError } = rpc
const CALL_TIMEOUT_MS = 30_000

/** Opens an OCPP 2.0.1 connection with ocpp-rpc in strict mode: every payload, in and out, is held to the official schemas. Its own reconnecting is off: it would resend calls before the station is ready for them. */
export async function openLink201(options: LinkOptions): Promise<Link> {
  const client = new RPCClient({
    endpoint: options.url,
    identity: options.stationId,
    protocols: ['ocpp2.0.1'],
    strictMode: true,
    strictModeValidators: [],
    reconnect: false,
    callTimeoutMs: CALL_TIMEOUT_MS,
    pingIntervalMs: 30_000,
    deferPingsOnActivity: true,
    respondWithDetailedErrors: false,
    callConcurrency: 1,
    maxBadMessages: Number.POSITIVE_INFINITY,
    password: options.password ?? null,
    wsOpts: {},
    headers: {},
    maxReconnects: 0,
    backoff: { initialDelay: 1000, maxDelay: 10_000, factor: 2, randomisationFactor: 0.25 },
  })
  client.handle(async ({ method, params }) => {
    try {
      return options.handle(method ?? '', (params ?? {}) as JsonObject)
    } catch (error) {
      if (error instanceof CallRefused) throw createRPCError(error.code, error.message)
      console.error(error)
      throw error
    }
  })
  client.on('strictValidationFailure', ({ method, error }: { method: string; error: Error }) => {
    console.error(`${options.stationId}: ${method} does not fit the schema: ${error.message}`)
  })
  await client.connect()
  client.once('disconnect', () => options.closed())
  return {
    async call(action, payload) {
      try {
        return (await client.call(action, payload)) as JsonObject
      } catch (error) {
        if (error instanceof TimeoutError) throw new LinkLost('no answer in time')
        if (error instanceof RPCError) throw new CallRefused(error.rpcErrorCode, error.message)
        throw new LinkLost(error instanceof Error ? error.message : String(error))
      }
    },
    cut: () => void client.close({ code: 1001, force: true }),
  }
}
