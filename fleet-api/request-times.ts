import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppEnv, Metrics } from './context.ts'

/** Notes how long each answer took to begin, under its route's template: ids and wild paths make no series of their own. */
export function requestTimes(metrics: Metrics | undefined): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const start = performance.now()
    await next()
    if (metrics === undefined) return
    const route = matchedRoutes(c).findLast(({ path }) => !path.includes('*'))?.path ?? 'none'
    metrics.observe({ method: c.req.method, route, status: c.res.status, seconds: (performance.now() - start) / 1000 })
  }
}
