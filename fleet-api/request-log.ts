import type { MiddlewareHandler } from 'hono'
import type { Log } from '../domain/ports.ts'
import type { AppEnv } from './context.ts'

/** One line a request: method, path, status, time, never the query or a payload. Reads that went well are for `debug`. */
export function requestLog(log: Log): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const start = performance.now()
    await next()
    const { method, path } = c.req
    const line = {
      requestId: c.var.requestId,
      method,
      path,
      status: c.res.status,
      ms: Math.round(performance.now() - start),
    }
    if (method === 'GET' && c.res.status < 400) log.debug(line, 'request')
    else log.info(line, 'request')
  }
}
