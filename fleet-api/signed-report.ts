import type { MiddlewareHandler } from 'hono'
import { placeSecrets, useSignature } from '../db/place-keys.ts'
import { isSignedBy, SIGNATURE_TOLERANCE_MS } from '../domain/places/signature.ts'
import type { AppContext, AppEnv } from './context.ts'
import { ApiError } from './errors.ts'
import { clientAddress } from './http-facts.ts'
import { say, type Sentence } from '../domain/sentences/sentence.ts'

const REPORTS_A_MINUTE = 240
const WINDOW_MS = 60_000
const SENDERS = 20_000

/**
 * Lets only reports through that one of the place's keys has signed within the last five minutes, each once. Reports that one address makes of
 * one place beyond 240 a minute are turned away before anything is looked at, wrong ones included, so that nobody can try signatures, or keep a sensor at another address out.
 * Counted in this process.
 */
export function signedReport({ db, now }: Pick<AppContext, 'db' | 'now'>): MiddlewareHandler<AppEnv> {
  const seen = new Map<string, { since: number; count: number }>()

  return async (c, next) => {
    const at = now()
    const placeId = c.req.param('placeId') ?? ''
    const waitSeconds = countReport(`${clientAddress(c)} ${placeId}`)
    if (waitSeconds > 0) throw new ApiError('too-many-requests', { headers: { 'Retry-After': String(waitSeconds) } })
    const [signature, timestamp] = [c.req.header('x-zaryad-signature'), c.req.header('x-zaryad-timestamp')]
    if (signature === undefined || timestamp === undefined) throw wrong(say('needsSignature'))
    if (!/^\d{1,12}$/.test(timestamp) || Math.abs(at.getTime() - Number(timestamp) * 1000) > SIGNATURE_TOLERANCE_MS)
      throw wrong(say('timestampOff'))
    const known = await placeSecrets(db, placeId)
    const body = await c.req.text()
    const rights = await Promise.all(
      (known?.secrets ?? []).map((secret) => isSignedBy(secret, { signature, timestamp, body })),
    )
    if (known === undefined || !rights.includes(true)) throw wrong(say('wrongSignature'))
    if (!(await useSignature(db, known.sourceId, signature.toLowerCase(), at)))
      throw new ApiError('conflict', { detail: say('receivedBefore') })
    await next()
  }

  function countReport(sender: string): number {
    // By the machine's clock: a simulated day must not pass for a minute's flood.
    const atMs = performance.now()
    const known = seen.get(sender)
    if (known !== undefined && atMs - known.since < WINDOW_MS) {
      known.count += 1
      return known.count > REPORTS_A_MINUTE ? Math.ceil((known.since + WINDOW_MS - atMs) / 1000) : 0
    }
    seen.delete(sender)
    seen.set(sender, { since: atMs, count: 1 })
    const oldest = seen.keys().next().value
    if (seen.size > SENDERS && oldest !== undefined) seen.delete(oldest)
    return 0
  }
}

function wrong(detail: Sentence): ApiError {
  return new ApiError('signed-out', { detail })
}
