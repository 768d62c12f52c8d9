import type { Context } from 'hono'
import type { AppContext, AppEnv } from '../context.ts'
import { wrongField } from '../errors.ts'
import { clientAddress } from '../http-facts.ts'
import { tooManyAttempts } from '../access/too-many.ts'
import type { AuthHouse } from './auth-house.ts'
import { createSignInGuard } from './sign-in-guard.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** Signs somebody in with a password: better-auth's own answer, with the session's cookie when it was right. */
export type PasswordSignIn = (c: Context<AppEnv>, given: unknown) => Promise<Response>

/** With the lock-out before it. What was read here is what is handed on, so that one account cannot be counted and another one tried. */
export function createPasswordSignIn(
  { db, log, now }: Pick<AppContext, 'db' | 'log' | 'now'>,
  auth: AuthHouse,
): PasswordSignIn {
  const guard = createSignInGuard(db, now)
  return async (c, given) => {
    const { email, password, rememberMe } = credentialsOf(given)
    const address = clientAddress(c)
    const waitSeconds = await guard.begin(email, address)
    if (waitSeconds > 0) {
      log.warn({ address, requestId: c.var.requestId }, 'sign-in locked after wrong passwords')
      throw tooManyAttempts(waitSeconds)
    }
    const answer = await auth.handle(c, '/api/auth/sign-in/email', { email, password, rememberMe })
    if (answer.ok) await guard.succeed(email, address)
    else log.warn({ address, requestId: c.var.requestId, status: answer.status }, 'sign-in refused')
    return answer
  }
}

function credentialsOf(given: unknown): { email: string; password: string; rememberMe: boolean } {
  if (typeof given === 'object' && given !== null) {
    const { email, password, rememberMe } = given as Record<string, unknown>
    if (typeof email === 'string' && email.length <= 254 && typeof password === 'string' && password.length <= 1000)
      return { email, password, rememberMe: rememberMe !== false }
  }
  throw wrongField('body', say('needsCredentials'))
}
