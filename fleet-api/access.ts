import { getCookie } from 'hono/cookie'
import type { Context, MiddlewareHandler } from 'hono'
import type { AppContext, AppEnv, Caller } from './context.ts'
import { ApiError } from './errors.ts'
import { clientAddress, requestOrigin } from './http-facts.ts'
import type { KeyGuard } from './key-guard.ts'
import { tooMany } from './routes/session.ts'
import { COOKIE, isValidSession } from './session-cookie.ts'

/** Routes that anyone may call; the others need a caller who is known. */
const OPEN_PATHS: ReadonlySet<string> = new Set(['/api/v1/info', '/api/v1/session', '/api/v1/openapi.json'])
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Finds out who calls, and ends the request when they may not. A key is the caller's own doing; a cookie is sent by the browser on
 * any page's behalf, so what changes something must then come from our own pages.
 */
export function accessControl({ access, now }: AppContext, guard: KeyGuard): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const caller = await identify(c)
    c.set('caller', caller)
    if (caller === 'none' && !OPEN_PATHS.has(c.req.path)) {
      throw new ApiError('signed-out', {
        ...(access.adminKey === null ? { detail: 'The server has no ADMIN_KEY set, so nobody can sign in.' } : {}),
        headers: { 'WWW-Authenticate': 'Bearer' },
      })
    }
    if (!READING.has(c.req.method) && caller !== 'key') {
      const origin = requestOrigin(c)
      if (origin === 'foreign' || (origin === 'silent' && caller === 'cookie')) throw new ApiError('foreign-origin')
    }
    await next()
  }

  async function identify(c: Context<AppEnv>): Promise<Caller> {
    const bearer = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (bearer !== undefined && !(access.open && access.adminKey === null)) {
      const verdict = await guard.check(clientAddress(c), bearer)
      if (verdict.outcome === 'right') return 'key'
      if (verdict.outcome === 'tooMany') throw tooMany(verdict.retrySeconds)
      if (!access.open && !OPEN_PATHS.has(c.req.path))
        throw new ApiError('wrong-key', { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } })
    }
    const cookie = getCookie(c, COOKIE)
    if (cookie !== undefined && access.adminKey !== null && (await isValidSession(access.adminKey, cookie, now())))
      return 'cookie'
    return access.open ? 'open' : 'none'
  }
}
