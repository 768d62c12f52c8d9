import type { Context } from 'hono'
import { INSTALLATION } from '../../db/api-keys.ts'
import { keptSecret } from '../../db/kept-secret.ts'
import { ROLES, type Role } from '../../domain/role.ts'
import { randomSecret } from '../access/sign.ts'
import type { AppContext, AppEnv } from '../context.ts'
import { ApiError } from '../errors.ts'
import { clientAddress, isHttps } from '../http-facts.ts'
import { ADDRESS_HEADER, createAuth, NO_AUTH_CONFIG, OIDC, type Auth } from './auth-options.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** Somebody who has signed in. */
export interface SignedInUser {
  userId: string
  name: string
  email: string
  /** null: one that this version does not know, and that may do nothing. */
  role: Role | null
  vehicleId: string | null
  siteId: string | null
}

/** better-auth, made when it is first needed. */
export interface AuthHouse {
  /** Signs cookies and links. */
  secret(): Promise<string>
  /** The user of the request's session cookie; a session that is renewed gets its new cookie in the answer. */
  userOf(c: Context<AppEnv>): Promise<SignedInUser | null>
  /** Hands a request under `/api/auth/` on, as it is or as another one. */
  handle(c: Context<AppEnv>, path?: string, body?: object): Promise<Response>
  /** Ends the session of the request's cookie; returns the headers that take the cookie away. */
  signOut(c: Context<AppEnv>): Promise<string[]>
  hashPassword(password: string): Promise<string>
  /** Makes an API key. The key itself is told this once. */
  makeKey(key: {
    name: string
    role: Role
    madeBy: string | null
    expiresInSeconds: number | null
  }): Promise<{ keyId: string; key: string }>
  /** Where browsers reach us, by the configuration or by the request. */
  origin(c: Context<AppEnv>): string
}

/** Origins that have an instance of their own; beyond that the oldest is forgotten, so that invented Host headers cannot fill the memory. */
const ORIGINS = 8
const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?zaryad\.session_token=/

export function createAuthHouse({ db, log, auth }: Pick<AppContext, 'db' | 'log' | 'auth'>): AuthHouse {
  const config = auth ?? NO_AUTH_CONFIG
  let secret: Promise<string> | undefined
  const instances = new Map<string, Promise<Auth>>()

  function agreedSecret(): Promise<string> {
    if (config.secret !== null) return Promise.resolve(config.secret)
    secret ??= keptSecret(db, 'authSecret', randomSecret()).catch((error: unknown) => {
      secret = undefined
      throw error
    })
    return secret
  }

  function originOf(c: Context<AppEnv>): string {
    if (config.publicUrl !== null) return new URL(config.publicUrl).origin
    const url = new URL(c.req.url)
    return `${isHttps(c) ? 'https' : 'http'}://${c.req.header('host') ?? url.host}`
  }

  /** `withOidc` only where people sign in: nothing else may wait for the provider. */
  async function instance(origin: string, withOidc: boolean): Promise<Auth> {
    if (!URL.canParse(origin)) throw new ApiError('invalid-request', { detail: say('hostIsNone') })
    const oidc = withOidc ? config.oidc : null
    const key = `${oidc === null ? '' : OIDC} ${origin}`
    const known = instances.get(key)
    if (known !== undefined) return known
    const made = agreedSecret().then((agreed) => createAuth({ db, log, secret: agreed, origin, oidc }))
    instances.set(key, made)
    const oldest = instances.keys().next().value
    if (instances.size > ORIGINS && oldest !== undefined) instances.delete(oldest)
    try {
      const { socialProviders } = await (await made).$context
      // The provider did not answer: the next who comes asks again.
      if (oidc !== null && socialProviders.length === 0) instances.delete(key)
    } catch (error) {
      instances.delete(key)
      throw error
    }
    return made
  }

  return {
    secret: agreedSecret,
    origin: originOf,

    async userOf(c) {
      if (!SESSION_COOKIE.test(c.req.header('cookie') ?? '')) return null
      const one = await instance(originOf(c), false)
      const { headers, response } = await one.api.getSession({ headers: c.req.raw.headers, returnHeaders: true })
      if (response === null || response.user.disabled === true) return null
      for (const cookie of headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
      const { user } = response
      return {
        userId: user.id,
        name: user.name,
        email: user.email,
        role: ROLES.find((role) => role === user.role) ?? null,
        vehicleId: user.vehicleId ?? null,
        siteId: user.siteId ?? null,
      }
    },

    async handle(c, path = c.req.path, body = undefined) {
      const origin = originOf(c)
      const one = await instance(origin, /\/(sign-in\/social|callback\/)/.test(path))
      const headers = new Headers(c.req.raw.headers)
      headers.set(ADDRESS_HEADER, clientAddress(c))
      const { method } = c.req
      const address = `${origin}${path}${new URL(c.req.url).search}`
      if (body !== undefined) {
        headers.set('content-type', 'application/json')
        headers.delete('content-length')
        return one.handler(new Request(address, { method, headers, body: JSON.stringify(body) }))
      }
      const sent = method === 'GET' || method === 'HEAD' ? null : await c.req.text()
      return one.handler(new Request(address, { method, headers, body: sent }))
    },

    async signOut(c) {
      if (!SESSION_COOKIE.test(c.req.header('cookie') ?? '')) return []
      const one = await instance(originOf(c), false)
      const { headers } = await one.api.signOut({ headers: c.req.raw.headers, returnHeaders: true })
      return headers.getSetCookie()
    },

    async hashPassword(password) {
      const one = await instance('http://localhost', false)
      return (await one.$context).password.hash(password)
    },

    async makeKey({ name, role, madeBy, expiresInSeconds }) {
      const one = await instance('http://localhost', false)
      const made = await one.api.createApiKey({
        body: { name, userId: madeBy ?? INSTALLATION, expiresIn: expiresInSeconds, permissions: { role: [role] } },
      })
      return { keyId: made.id, key: made.key }
    },
  }
}
