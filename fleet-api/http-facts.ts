import type { Context } from 'hono'
import type { AppEnv } from './context.ts'

/** Whether the browser reached us over TLS, a proxy in front included. */
export function isHttps(c: Context<AppEnv>): boolean {
  return c.req.header('x-forwarded-proto') === 'https' || new URL(c.req.url).protocol === 'https:'
}

/**
 * The address that a request came from, for counting wrong keys: the socket's on Node, or what the proxies that the configuration tells of say; Cloudflare's
 * word on Workers. Headers that anyone can write are not believed, so behind a proxy that nobody told of all its clients count as one.
 */
export function clientAddress(c: Context<AppEnv>): string {
  const env: unknown = c.env
  const told = pick(env, 'clientAddress')
  if (typeof told === 'string') return told
  const socketAddress = pick(pick(pick(env, 'incoming'), 'socket'), 'remoteAddress')
  if (typeof socketAddress === 'string') return socketAddress
  if ('cf' in c.req.raw && c.req.raw.cf !== undefined) return c.req.header('cf-connecting-ip') ?? 'unknown'
  return 'unknown'
}

/**
 * Whether a request comes from our own pages: `same` when the browser says so, `foreign` when it says otherwise, `silent` when no
 * browser speaks. Browsers let no page forge Sec-Fetch-Site or Origin.
 */
export function requestOrigin(c: Context<AppEnv>): 'same' | 'foreign' | 'silent' {
  const site = c.req.header('sec-fetch-site')
  if (site === 'same-origin') return 'same'
  const origin = c.req.header('origin')
  if (origin === undefined) return site === undefined || site === 'none' ? 'silent' : 'foreign'
  const host = c.req.header('host') ?? new URL(c.req.url).host
  return URL.canParse(origin) && new URL(origin).host === host ? 'same' : 'foreign'
}

function pick(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value
    ? (value as Record<string, unknown>)[key]
    : undefined
}
