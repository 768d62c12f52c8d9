import type { Context, MiddlewareHandler } from 'hono'
import type { Now } from '../../../domain/ports.ts'
import type { AppEnv } from '../../context.ts'
import { isHttps } from '../../http-facts.ts'

/** §4.1.7: what every answer is wrapped in. */
export function envelope<Data>(data: Data, now: Date) {
  return { data, status_code: 1000 as const, status_message: 'Success', timestamp: now.toISOString() }
}

/** §5: client errors are 2000 and up, unknown objects 2003, ours 3000. */
function statusCode(httpStatus: number): number {
  if (httpStatus === 400) return 2001
  if (httpStatus === 404) return 2003
  return httpStatus < 500 ? 2000 : 3000
}

/** Adds OCPI's members to a problem, so that partners find them beside those of RFC 9457. */
export function ocpiProblems(now: Now): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next()
    if (c.res.headers.get('Content-Type') !== 'application/problem+json') return
    const problem: unknown = await c.res.json()
    if (typeof problem !== 'object' || problem === null || !('title' in problem)) return
    const { status, headers } = c.res
    const detail = 'detail' in problem ? problem.detail : problem.title
    const body = { ...problem, status_code: statusCode(status), status_message: detail, timestamp: now().toISOString() }
    c.res = new Response(JSON.stringify(body), { status, headers })
  }
}

/** Where we are, as the caller reached us. */
export function baseUrl(c: Context<AppEnv>): string {
  const { host } = new URL(c.req.url)
  return `${isHttps(c) ? 'https' : 'http'}://${c.req.header('host') ?? host}/ocpi`
}

/** The most objects of a page. */
export const MOST_A_PAGE = 100

/** §4.1.4: how many there are, how many a page holds, and where the next one is, with the question's own filters. */
export function pageHeaders(
  c: Context<AppEnv>,
  { offset, limit, total }: { offset: number; limit: number; total: number },
): void {
  c.header('X-Total-Count', String(total))
  c.header('X-Limit', String(MOST_A_PAGE))
  if (offset + limit >= total) return
  const query = new URLSearchParams(c.req.query())
  query.set('offset', String(offset + limit))
  query.set('limit', String(limit))
  const path = new URL(c.req.url).pathname.replace(/^\/ocpi/, '')
  c.header('Link', `<${baseUrl(c)}${path}?${query}>; rel="next"`)
}
