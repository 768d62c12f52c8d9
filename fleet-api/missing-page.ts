import type { Context } from 'hono'
import { html } from 'hono/html'
import { say } from '../domain/sentences/sentence.ts'
import { wordedFor } from './asked-language.ts'
import type { AppEnv } from './context.ts'
import { plainPage } from './plain-page.ts'

/** Addresses of machines, to whom a page says nothing. */
const MACHINES = /^\/(?:api|ocpi|ocpp|gtfs-rt|siri|metrics|healthz|readyz)(?:\/|$)/

/** What a person sees at an address that leads nowhere, with the ways on; null: a program asks. */
export function missingPage(c: Context<AppEnv>): Response | Promise<Response> | null {
  if (c.req.method !== 'GET' || MACHINES.test(c.req.path)) return null
  if (c.req.header('accept')?.includes('text/html') !== true) return null
  const language = wordedFor(c)
  const words = (code: 'noPage' | 'noPageWhy' | 'toFirstPage' | 'toStops'): string => say(code).in(language)
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Vary', 'Accept', { append: true })
  return plainPage(
    c,
    {
      language,
      title: words('noPage'),
      body: html`<p>${words('noPageWhy')}</p>
        <p><a href="/">${words('toFirstPage')}</a></p>
        <p><a href="/stops">${words('toStops')}</a></p>`,
    },
    404,
  )
}
