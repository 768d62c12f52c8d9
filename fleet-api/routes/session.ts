import { createRoute, z } from '@hono/zod-openapi'
import { deleteCookie, setCookie } from 'hono/cookie'
import type { Api, AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { clientAddress, isHttps } from '../http-facts.ts'
import type { KeyGuard } from '../access/key-guard.ts'
import { LINK_COOKIE } from '../access/driver-link.ts'
import { tooManyAttempts } from '../access/too-many.ts'
import type { AuthHouse } from '../auth/auth-house.ts'
import { MAX_PASSWORD } from '../auth/auth-options.ts'
import { passed } from '../auth/passed.ts'
import type { PasswordSignIn } from '../auth/password-sign-in.ts'
import { jsonAnswer, jsonBody, OPEN_TO_ALL, problems } from '../route-parts.ts'
import { signedIn } from '../schemas/records.ts'
import { COOKIE, issueSession, SESSION_SECONDS } from '../session-cookie.ts'

const signIn = createRoute({
  method: 'post',
  path: '/api/v1/session',
  operationId: 'signIn',
  tags: ['System'],
  summary: 'Sign in with a password, or with the key',
  description:
    'Answers with an httpOnly session cookie for pages. Programs send a key as `Authorization: Bearer` instead. After 8 wrong passwords of an account, or 50 of an address, within a quarter of an hour nobody gets in there for a quarter of an hour.',
  security: OPEN_TO_ALL,
  request: {
    body: jsonBody(
      'E-mail address and password, or the ADMIN_KEY',
      z
        .union([
          z.object({ email: z.string().min(3).max(254), password: z.string().min(1).max(MAX_PASSWORD) }),
          z.object({ key: z.string().min(1).max(400) }),
        ])
        .openapi('Credentials', {
          example: { email: 'maria@depot.example', password: 'four words that nobody guesses' },
        }),
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
  description: 'Ends the user’s session and takes every session cookie away; nothing happens when there is none.',
  security: OPEN_TO_ALL,
  responses: { 204: { description: 'Signed out' }, ...problems(403) },
})

export function sessionRoutes(
  app: Api,
  { access, now }: AppContext,
  parts: { guard: KeyGuard; auth: AuthHouse; signInByPassword: PasswordSignIn },
): void {
  const { guard, auth, signInByPassword } = parts

  app.openapi(signIn, async (c) => {
    const given = c.req.valid('json')
    if ('email' in given) {
      const answer = await passed(await signInByPassword(c, given))
      for (const cookie of answer.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
      return c.json({ signedIn: true, expiresAt: null }, 200)
    }
    if (access.open) return c.json({ signedIn: true, expiresAt: null }, 200)
    const address = clientAddress(c)
    const right = await guard.isAdminKey(given.key)
    const waitSeconds = await guard.waitSeconds(address)
    if (waitSeconds > 0) throw tooManyAttempts(waitSeconds)
    if (!right || access.adminKey === null) {
      await guard.countWrong(address)
      throw new ApiError('wrong-key')
    }
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

  app.openapi(signOut, async (c) => {
    for (const cookie of await auth.signOut(c)) c.header('Set-Cookie', cookie, { append: true })
    for (const name of [COOKIE, LINK_COOKIE]) deleteCookie(c, name, { path: '/', secure: isHttps(c) })
    return c.body(null, 204)
  })
}
