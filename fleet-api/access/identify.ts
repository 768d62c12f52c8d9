import { getCookie } from 'hono/cookie'
import type { Context } from 'hono'
import { defaultKeyHasher } from '@better-auth/api-key'
import { findApiKey, noteKeyUse } from '../../db/api-keys.ts'
import type { AuthHouse } from '../auth/auth-house.ts'
import type { AppContext, AppEnv } from '../context.ts'
import { ApiError } from '../errors.ts'
import { clientAddress } from '../http-facts.ts'
import { COOKIE, isValidSession } from '../session-cookie.ts'
import { ANYBODY, keyHolder, NOBODY, type Caller } from './caller.ts'
import { LINK_COOKIE, readDriverSession } from './driver-link.ts'
import type { KeyGuard } from './key-guard.ts'
import { presentedKey } from './presented-key.ts'

import { tooManyAttempts } from './too-many.ts'

const MINUTE_MS = 60_000

/**
 * Finds out who calls: by a bearer key (the ADMIN_KEY or an API key), a user's session, a session that the ADMIN_KEY was changed for, or a driver's
 * link, in this order. Throws a 401 for a key that is wrong, unless everything is open or the route is public.
 */
export function createIdentify(
  { access, db, now }: Pick<AppContext, 'access' | 'db' | 'now'>,
  guard: KeyGuard,
  auth: AuthHouse,
): (c: Context<AppEnv>, isPublic: boolean) => Promise<Caller> {
  return async (c, isPublic) => {
    const bearer = presentedKey(c.req.header('authorization'))
    if (bearer !== undefined) {
      const caller = await byBearer(c, bearer)
      if (caller !== null) return caller
      // In the open demo a key of its own is to show what it may; whatever else a client sends along is not looked at.
      if ((!access.open || bearer.startsWith('zk_')) && !isPublic)
        throw new ApiError('wrong-key', { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } })
    }
    return (await byCookie(c)) ?? (access.open ? ANYBODY : NOBODY)
  }

  async function byBearer(c: Context<AppEnv>, bearer: string): Promise<Caller | null> {
    const address = clientAddress(c)
    const isAdminKey = await guard.isAdminKey(bearer)
    if (access.open && access.adminKey === null && !bearer.startsWith('zk_')) return null
    const waitSeconds = await guard.waitSeconds(address)
    if (waitSeconds > 0) throw tooManyAttempts(waitSeconds)
    if (isAdminKey) return keyHolder('bearer')
    const key = bearer.startsWith('zk_') ? await findApiKey(db, await defaultKeyHasher(bearer), now()) : undefined
    if (key === undefined) {
      await guard.countWrong(address)
      return null
    }
    // To the minute: a key in busy use must not become a row that everyone waits for.
    if (key.lastUsedAt === null || now().getTime() - key.lastUsedAt.getTime() > MINUTE_MS)
      await noteKeyUse(db, key.keyId, now())
    return { ...NOBODY, kind: 'apiKey', role: key.role, id: key.keyId, name: key.name, via: 'bearer' }
  }

  async function byCookie(c: Context<AppEnv>): Promise<Caller | null> {
    const user = await auth.userOf(c)
    if (user !== null)
      return {
        kind: 'user',
        role: user.role,
        id: user.userId,
        name: user.name,
        vehicleId: user.vehicleId,
        siteId: user.siteId,
        via: 'cookie',
      }
    const keySession = getCookie(c, COOKIE)
    if (
      keySession !== undefined &&
      access.adminKey !== null &&
      (await isValidSession(access.adminKey, keySession, now()))
    )
      return keyHolder('cookie')
    const linkCookie = getCookie(c, LINK_COOKIE)
    if (linkCookie === undefined) return null
    const session = await readDriverSession(db, await auth.secret(), linkCookie, now())
    if (session === null) return null
    const { linkId, label, vehicleId } = session
    return { ...NOBODY, kind: 'link', role: 'driver', id: linkId, name: label, vehicleId, via: 'cookie' }
  }
}
