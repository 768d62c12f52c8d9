import type { Api } from '../context.ts'
import { notFound } from '../errors.ts'
import type { AuthHouse } from './auth-house.ts'
import { passed } from './passed.ts'
import type { PasswordSignIn } from './password-sign-in.ts'

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
  '/error',
  '/passkey/generate-register-options',
  '/passkey/verify-registration',
  '/passkey/generate-authenticate-options',
  '/passkey/verify-authentication',
  '/passkey/list-user-passkeys',
  '/passkey/update-passkey',
  '/passkey/delete-passkey',
] as const
const SERVED_PATHS: ReadonlySet<string> = new Set(SERVED.map((path) => `/api/auth${path}`))

/** Signing in with a password, a passkey or through an identity provider, sessions and passkeys: better-auth under `/api/auth/`, with our lock-out before it and our form of errors behind it. */
export function authRoutes(app: Api, auth: AuthHouse, signInByPassword: PasswordSignIn): void {
  app.on(['GET', 'POST'], '/api/auth/*', async (c) => {
    if (!SERVED_PATHS.has(c.req.path)) throw notFound(`route ${c.req.path}`)
    if (c.req.path !== '/api/auth/sign-in/email' || c.req.method !== 'POST') return passed(await auth.handle(c))
    return passed(await signInByPassword(c, await c.req.json().catch(() => null)))
  })
}
