import { createRoute, z } from '@hono/zod-openapi'
import { deleteCookie, setCookie } from 'hono/cookie'
import type { Api, AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { clientAddress, isHttps } from '../http-facts.ts'
import type { KeyGuard } from '../key-guard.ts'
import { jsonAnswer, jsonBody, OPEN_TO_ALL, problems } from '../route-parts.ts'
import { signedIn } from '../schemas/records.ts'
import { COOKIE, issueSession, SESSION_SECONDS } from '../session-cookie.ts'

const signIn = createRoute({
  method: 'post',
  path: '/api/v1/session',
  operationId: 'signIn',
  tags: ['System'],
  summary: 'Sign in with the key',
  description:
    'Answers with an httpOnly session cookie for pages. Programs send the key as `Authorization: Bearer` instead.',
  security: OPEN_TO_ALL,
  request: {
    body: jsonBody(
      'The key',
      z.object({ key: z.string().min(1).max(400) }).openapi({ example: { key: 'the ADMIN_KEY' } }),
    ),
  },
  responses: { 200: jsonAnswer('Signed in', signedIn), ...problems(400, 401, 403, 413, 429) },
})

const signOut = createRoute({
  method: 'delete',
  path: '/api/v1/session',
  operationId: 'signOut',
  tags: ['System'],
  summary: 'Sign out',
  description: 'Takes the session cookie away; nothing happens when there is none.',
  security: OPEN_TO_ALL,
  responses: { 204: { description: 'Signed out' }, ...problems(403) },
})

export function sessionRoutes(app: Api, { access, now }: AppContext, guard: KeyGuard): void {
  app.openapi(signIn, async (c) => {
    if (access.open) return c.json({ signedIn: true, expiresAt: null }, 200)
    const verdict = await guard.check(clientAddress(c), c.req.valid('json').key)
    if (verdict.outcome === 'tooMany') throw tooMany(verdict.retrySeconds)
    if (verdict.outcome === 'wrong' || access.adminKey === null) throw new ApiError('wrong-key')
    const expiresAt = new Date(now().getTime() + SESSION_SECONDS * 1000)
    setCookie(c, COOKIE, await issueSession(access.adminKey, expiresAt), {
      httpOnly: true,
      sameSite: 'Strict',
      secure: isHttps(c),
      path: '/',
      maxAge: SESSION_SECONDS,
    })
    return c.json({ signedIn: true, expiresAt: expiresAt.toISOString() }, 200)
  })

  app.openapi(signOut, (c) => {
    deleteCookie(c, COOKIE, { path: '/', secure: isHttps(c) })
    return c.body(null, 204)
  })
}

export function tooMany(retrySeconds: number): ApiError {
  return new ApiError('too-many-requests', {
    detail: `Too many wrong keys came from this address; try again in ${retrySeconds} s.`,
    headers: { 'Retry-After': String(retrySeconds) },
  })
}
