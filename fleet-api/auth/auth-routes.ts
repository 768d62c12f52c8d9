import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Api, AppEnv } from '../context.ts'
import { ApiError, notFound, wrongField } from '../errors.ts'
import { invalidRequest } from '../field-error.ts'
import type { AuthHouse } from './auth-house.ts'
import { isGoodPassword } from './good-password.ts'
import { passed } from './passed.ts'
import type { PasswordSignIn } from './password-sign-in.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** What of better-auth is served; the rest of it is not there. */
const SERVED = [
  '/sign-in/email',
  '/sign-in/social',
  '/sign-out',
  '/get-session',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/change-password',
  '/callback/oidc',
  '/passkey/generate-register-options',
  '/passkey/verify-registration',
  '/passkey/generate-authenticate-options',
  '/passkey/verify-authentication',
  '/passkey/list-user-passkeys',
  '/passkey/update-passkey',
  '/passkey/delete-passkey',
] as const
const passwordChange = z.object({
  currentPassword: z.string().max(1000),
  newPassword: z.string().max(1000),
  revokeOtherSessions: z.boolean().optional(),
})
const SERVED_PATHS: ReadonlySet<string> = new Set(SERVED.map((path) => `/api/auth${path}`))

/** Signing in with a password, a passkey or through an identity provider, sessions and passkeys: better-auth under `/api/auth/`, with our lock-out before it and our form of errors behind it. */
export function authRoutes(app: Api, auth: AuthHouse, signInByPassword: PasswordSignIn): void {
  app.on(['GET', 'POST'], '/api/auth/*', async (c) => {
    if (!SERVED_PATHS.has(c.req.path)) throw notFound('route', c.req.path)
    if (c.req.method === 'POST' && c.req.path === '/api/auth/sign-in/email')
      return passed(await signInByPassword(c, await c.req.json().catch(() => null)))
    if (c.req.method === 'POST' && c.req.path === '/api/auth/change-password')
      return passed(await auth.handle(c, c.req.path, await checkedChange(c)))
    return passed(await auth.handle(c))
  })

  /** better-auth looks at the length alone. What was read here is what is handed on. */
  async function checkedChange(c: Context<AppEnv>): Promise<object> {
    const sent: unknown = await c.req.json().catch(() => null)
    const given = passwordChange.safeParse(sent)
    if (!given.success) throw new ApiError('invalid-request', invalidRequest('json', given.error.issues, sent))
    const user = await auth.userOf(c)
    if (user !== null && !isGoodPassword(given.data.newPassword, user.email))
      throw wrongField('body.newPassword', say('weakPassword'))
    return given.data
  }
}
