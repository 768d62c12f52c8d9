import { html } from 'hono/html'
import type { Context } from 'hono'
import type { OpenLink } from '../../db/auth-links.ts'
import type { Api, AppContext, AppEnv } from '../context.ts'
import { ApiError } from '../errors.ts'
import type { AuthHouse } from './auth-house.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from './auth-options.ts'
import { openLink, readLink, type LinkOutcome } from './one-time-links.ts'

const SENTENCES: Record<Exclude<LinkOutcome, 'welcome'>, string> = {
  badLink: 'This link is not known, was used already, or is over. Ask for a new one.',
  needsNameAndEmail: 'A name and an e-mail address are needed.',
  weakPassword: `The password must have at least ${MIN_PASSWORD} characters, and be neither one character again and again nor your address.`,
  takenEmail: 'Somebody has this e-mail address already.',
}

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;margin:12vh auto;max-width:24rem;padding:0 1rem}
label{display:block;margin-top:1rem}input{width:100%;box-sizing:border-box;font:inherit;padding:.5rem}
button{font:inherit;margin-top:1.5rem;padding:.5rem 1rem}[role=alert]{color:#a00}`

/** The page that a one-time link opens: a plain form that needs no script. */
export function welcomePage(app: Api, { db, now }: AppContext, auth: AuthHouse): void {
  app.get('/welcome', async (c) => {
    const secret = c.req.query('token') ?? ''
    return page(c, secret, await readLink(db, secret, now()), null)
  })

  app.post('/welcome', async (c) => {
    const form = await c.req.formData().catch(() => {
      throw new ApiError('invalid-request', { detail: 'This takes the form of its page.' })
    })
    const text = (name: string): string | undefined => {
      const value = form.get(name)
      return typeof value === 'string' && value.trim() !== '' && value.length <= 300 ? value : undefined
    }
    const secret = text('token') ?? ''
    const given = { secret, name: text('name'), email: text('email'), password: text('password') ?? '' }
    const outcome = await openLink(db, given, auth.hashPassword, now())
    if (outcome === 'welcome') return c.redirect('/', 303)
    return page(c, secret, await readLink(db, secret, now()), SENTENCES[outcome])
  })
}

function page(c: Context<AppEnv>, secret: string, link: OpenLink | undefined, problem: string | null) {
  const sentence = problem ?? (link === undefined ? SENTENCES.badLink : null)
  // Its form may be sent to nobody else, and its address, with the secret in it, is told to nobody.
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  )
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Cache-Control', 'no-store')
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>Welcome - Zaryad</title>
          <style>
            ${STYLE}
          </style>
        </head>
        <body>
          <h1>Welcome to Zaryad</h1>
          ${sentence === null ? '' : html`<p role="alert">${sentence}</p>`}
          ${link === undefined ? '' : form(secret, link)}
        </body>
      </html>`,
    link === undefined ? 404 : problem === null ? 200 : 400,
  )
}

function form(secret: string, link: OpenLink) {
  return html`<form method="post" action="/welcome">
    <input type="hidden" name="token" value="${secret}" />
    ${
      link.user === null
        ? html`<p>You are the first: you will be the admin.</p>
            <label>Name <input name="name" autocomplete="name" required maxlength="120" /></label>
            <label
              >E-mail address <input name="email" type="email" autocomplete="username" required maxlength="254"
            /></label>`
        : html`<p>${link.user.name}, choose a password for ${link.user.email}.</p>
            <input type="hidden" name="username" autocomplete="username" value="${link.user.email}" />`
    }
    <label
      >Password, at least ${MIN_PASSWORD} characters
      <input
        name="password"
        type="password"
        autocomplete="new-password"
        required
        minlength="${MIN_PASSWORD}"
        maxlength="${MAX_PASSWORD}"
    /></label>
    <button>Go on</button>
  </form>`
}
