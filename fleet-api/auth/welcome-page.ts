import { html } from 'hono/html'
import type { Context } from 'hono'
import type { OpenLink } from '../../db/auth-links.ts'
import { askedLanguage } from '../asked-language.ts'
import { plainPage } from '../plain-page.ts'
import type { Api, AppContext, AppEnv } from '../context.ts'
import { ApiError } from '../errors.ts'
import type { AuthHouse } from './auth-house.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from './auth-options.ts'
import { openLink, readLink } from './one-time-links.ts'
import type { PasswordSignIn } from './password-sign-in.ts'
import { WELCOME_WORDS, type WelcomeWords } from './welcome-words.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** The page that a one-time link opens: a plain form that needs no script. Who has chosen a password is signed in with it at once. */
export function welcomePage(
  app: Api,
  { db, now }: AppContext,
  { auth, signInByPassword }: { auth: AuthHouse; signInByPassword: PasswordSignIn },
): void {
  app.get('/welcome', async (c) => {
    const secret = c.req.query('token') ?? ''
    return page(c, secret, await readLink(db, secret, now()), null)
  })

  app.post('/welcome', async (c) => {
    const form = await c.req.formData().catch(() => {
      throw new ApiError('invalid-request', { detail: say('needsForm') })
    })
    const text = (name: string): string | undefined => {
      const value = form.get(name)
      return typeof value === 'string' && value.trim() !== '' && value.length <= 300 ? value : undefined
    }
    const secret = text('token') ?? ''
    const link = await readLink(db, secret, now())
    const given = { secret, name: text('name'), email: text('email'), password: text('password') ?? '' }
    const outcome = await openLink(db, given, auth.hashPassword, now())
    if (outcome !== 'welcome') return page(c, secret, outcome === 'badLink' ? undefined : link, outcome)
    // The password stands whatever comes of this: who may not sign in at the moment, after wrong tries from their address, is asked to on the first page.
    const credentials = { email: link?.user?.email ?? given.email, password: given.password }
    const answer = await signInByPassword(c, credentials).catch((error: unknown) => {
      if (error instanceof ApiError) return null
      throw error
    })
    for (const cookie of answer?.headers.getSetCookie() ?? []) c.header('Set-Cookie', cookie, { append: true })
    return c.redirect('/', 303)
  })
}

function page(
  c: Context<AppEnv>,
  secret: string,
  link: OpenLink | undefined,
  problem: keyof WelcomeWords['problems'] | null,
) {
  const language = askedLanguage(c)
  const words = WELCOME_WORDS[language]
  const sentence = problem ?? (link === undefined ? 'badLink' : null)
  c.header('Vary', 'Accept-Language')
  return plainPage(
    c,
    {
      language,
      title: words.title,
      body: html`${sentence === null ? '' : html`<p role="alert">${words.problems[sentence]}</p>`}
      ${link === undefined ? '' : form(secret, link, words)}`,
    },
    link === undefined ? 404 : problem === null ? 200 : 400,
  )
}

function form(secret: string, link: OpenLink, words: WelcomeWords) {
  return html`<form method="post">
    <input type="hidden" name="token" value="${secret}" />
    ${
      link.user === null
        ? html`<p>${words.first}</p>
            <label>${words.name} <input name="name" autocomplete="name" required maxlength="120" /></label>
            <label
              >${words.email} <input name="email" type="email" autocomplete="username" required maxlength="254"
            /></label>`
        : html`<p>${words.choose(link.user.name, link.user.email)}</p>
            <input type="hidden" name="username" autocomplete="username" value="${link.user.email}" />`
    }
    <label
      >${words.password}
      <input
        name="password"
        type="password"
        autocomplete="new-password"
        required
        minlength="${MIN_PASSWORD}"
        maxlength="${MAX_PASSWORD}"
    /></label>
    <button>${words.go}</button>
  </form>`
}
