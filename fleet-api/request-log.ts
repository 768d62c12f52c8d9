import type { MiddlewareHandler } from 'hono'
import type { Log } from '../domain/ports.ts'
import type { AppEnv } from './context.ts'

/** One line a request: method, path, status, time, never the query or a payload. Reads, and readings that machines send, are for `debug` when they went well. */
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
    if ((method === 'GET' || c.var.routine === true) && c.res.status < 400) log.debug(line, 'request')
    else log.info(line, 'request')
  }
}
