import type { Context, MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppEnv } from './context.ts'
import { jsonText } from './written-json.ts'

/**
 * Names each JSON answer to a GET by its content (`ETag`, RFC 9110 §8.8.3), and answers `304 Not Modified` without a body to who has it
 * already (`If-None-Match`). The tag is weak: the same content may be compressed differently on the way. Streams and files pass untouched.
 */
export function entityTags(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (c.req.method !== 'GET') return next()
    const written = rememberJson(c)
    await next()
    const response = c.res
    if (response.status !== 200 || response.headers.has('etag')) return
    if (response.headers.get('content-type')?.startsWith('application/json') !== true) return
    const text = written.get(response)
    const body = text === undefined ? new Uint8Array(await response.arrayBuffer()) : new TextEncoder().encode(text)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
    const tag = `W/"${btoa(String.fromCodePoint(...digest.subarray(0, 15)))}"`
    const { headers } = response
    headers.set('ETag', tag)
    c.res = undefined
    if (!asksFor(c.req.header('if-none-match'), tag)) {
      // As bytes, because they are there: Node would encode a text once more.
      c.res = new Response(body, { status: 200, headers })
      return
    }
    headers.delete('content-type')
    headers.delete('content-length')
    c.res = new Response(null, { status: 304, headers })
  }
}

/** The texts that `c.json` writes: to read one back out of its response takes as long again as to write it. Whatever changes an answer on its way makes another response, which is not in here. */
function rememberJson(c: Context<AppEnv>): WeakMap<Response, string> {
  const written = new WeakMap<Response, string>()
  const json = (value: unknown, status?: ContentfulStatusCode, headers?: Record<string, string>): Response => {
    const text = jsonText(value)
    const response = c.body(text, status, { 'Content-Type': 'application/json', ...headers })
    written.set(response, text)
    return response
  }
  c.json = json as unknown as typeof c.json
  return written
}

function asksFor(condition: string | undefined, tag: string): boolean {
  if (condition === undefined) return false
  if (condition.trim() === '*') return true
  const bare = tag.slice(2)
  return condition.split(',').some((one) => one.trim().replace(/^W\//, '') === bare)
}
