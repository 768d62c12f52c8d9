import type { Context } from 'hono'
import type { AppEnv } from '../context.ts'
import { ApiError } from '../errors.ts'
import { reducedEvents } from './driver-events.ts'
import { reducedStation } from './free-or-busy.ts'
import { driversOf, type Rule } from './rules.ts'
import { say } from '../../domain/sentences/sentence.ts'

type Body = Record<string, unknown>

/** How the answers with other people's things in them are cut down to free or busy. What is not here is not told to drivers at all. */
const REDUCERS: Record<string, (body: Body, vehicleId: string | null) => Body> = {
  listStations: (body, vehicleId) => ({ ...body, items: itemsOf(body).map((item) => reducedStation(item, vehicleId)) }),
  getStation: reducedStation,
}

/**
 * Cuts an answer down to what a driver may see: the own vehicle, and of others only free or busy. It works on the answer itself, so that no handler can forget
 * it; the shape stays, with null for what is not told.
 */
export async function limitToDriver(
  c: Context<AppEnv>,
  operationId: string,
  rule: Rule,
  vehicleId: string | null,
): Promise<void> {
  const drivers = driversOf(rule)
  if (drivers === undefined || c.res.status >= 300 || c.res.body === null) return
  const { status, headers, body } = c.res
  const type = headers.get('content-type') ?? ''
  const answer = (told: string | ReadableStream<Uint8Array>): Response => {
    const kept = new Headers(headers)
    kept.delete('content-length')
    kept.delete('etag')
    return new Response(told, { status, headers: kept })
  }
  if (type.startsWith('text/event-stream')) {
    replaceAnswer(c, answer(reducedEvents(body, vehicleId)))
    return
  }
  if (!type.startsWith('application/json')) throw new ApiError('forbidden', { detail: say('driversJsonOnly') })
  const told = (await c.res.json()) as Body
  const reduce = drivers === 'ownVehicle' ? ownOnly : REDUCERS[operationId]
  if (reduce === undefined) throw new ApiError('forbidden')
  replaceAnswer(c, answer(JSON.stringify(reduce(told, vehicleId))))
}

/** Setting `c.res` would merge the old headers in again. */
export function replaceAnswer(c: Context<AppEnv>, response: Response): void {
  c.res = undefined
  c.res = response
}

function ownOnly(body: Body, vehicleId: string | null): Body {
  if (Array.isArray(body['items'])) {
    const isOwn = (item: Body): boolean => !('vehicleId' in item) || item['vehicleId'] === vehicleId
    return { ...body, items: itemsOf(body).filter((item) => vehicleId !== null && isOwn(item)) }
  }
  if ('vehicleId' in body && (vehicleId === null || body['vehicleId'] !== vehicleId))
    throw new ApiError('forbidden', { detail: say('driversOwnOnly') })
  return body
}

function itemsOf(body: Body): Body[] {
  return Array.isArray(body['items']) ? (body['items'] as Body[]) : []
}
