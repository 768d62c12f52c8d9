import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'

/** No cache keeps an answer that does not say otherwise, and none that carries a cookie, whatever it says: the next who asks would get the cookie too. */
export function cacheControl(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    if (headers.has('Set-Cookie')) headers.set('Cache-Control', 'private, no-store')
    else if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  }
}
