import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Language } from '../domain/language.ts'
import { askedLanguage } from './asked-language.ts'
import type { AppEnv } from './context.ts'

const WORDS: Record<Language, { title: string; text: string; home: string; stops: string }> = {
  en: {
    title: 'There is no such page',
    text: 'Perhaps its address was cut short or mistyped.',
    home: 'To the first page',
    stops: 'Find a stop',
  },
  bg: {
    title: 'Няма такава страница',
    text: 'Може би адресът ѝ е непълен или е написан с грешка.',
    home: 'Към началната страница',
    stops: 'Намиране на спирка',
  },
  uk: {
    title: 'Такої сторінки немає',
    text: 'Можливо, її адреса неповна або написана з помилкою.',
    home: 'На початкову сторінку',
    stops: 'Знайти зупинку',
  },
}

/** Addresses of machines, to whom a page says nothing. */
const MACHINES = /^\/(?:api|ocpi|ocpp|gtfs-rt|siri|metrics|healthz|readyz)(?:\/|$)/

/** What a person sees at an address that leads nowhere, with the ways on; null: a program asks. */
export function missingPage(c: Context<AppEnv>): Response | Promise<Response> | null {
  if (c.req.method !== 'GET' || MACHINES.test(c.req.path)) return null
  if (c.req.header('accept')?.includes('text/html') !== true) return null
  const language = askedLanguage(c)
  const words = WORDS[language]
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Cache-Control', 'no-store')
  c.header('Vary', 'Accept, Accept-Language')
  return c.html(
    html`<!doctype html>
      <html lang="${language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>${words.title}</title>
          <link rel="icon" href="/favicon.svg" />
          <link rel="stylesheet" href="/welcome.css" />
        </head>
        <body>
          <main>
            <img src="/favicon.svg" alt="" width="48" height="48" />
            <h1>${words.title}</h1>
            <p>${words.text}</p>
            <p><a href="/">${words.home}</a></p>
            <p><a href="/stops">${words.stops}</a></p>
          </main>
        </body>
      </html>`,
    404,
  )
}
