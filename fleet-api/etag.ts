import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'

/**
 * Names each JSON answer to a GET by its content (`ETag`, RFC 9110 §8.8.3), and answers `304 Not Modified` without a body to who has it
 * already (`If-None-Match`). The tag is weak: the same content may be compressed differently on the way. Streams and files pass untouched.
 */
export function entityTags(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next()
    const response = c.res
    if (c.req.method !== 'GET' || response.status !== 200 || response.headers.has('etag')) return
    if (response.headers.get('content-type')?.startsWith('application/json') !== true) return
    const body = await response.arrayBuffer()
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
    const tag = `W/"${btoa(String.fromCodePoint(...digest.subarray(0, 15)))}"`
    const headers = new Headers(response.headers)
    headers.set('ETag', tag)
    if (asksFor(c.req.header('if-none-match'), tag)) {
      headers.delete('content-type')
      headers.delete('content-length')
      c.res = undefined
      c.res = new Response(null, { status: 304, headers })
      return
    }
    c.res = undefined
    c.res = new Response(body, { status: 200, headers })
  }
}

function asksFor(condition: string | undefined, tag: string): boolean {
  if (condition === undefined) return false
  if (condition.trim() === '*') return true
  const bare = tag.slice(2)
  return condition.split(',').some((one) => one.trim().replace(/^W\//, '') === bare)
}
