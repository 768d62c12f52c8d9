import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Language } from '../domain/language.ts'
import type { AppEnv } from './context.ts'

type Markup = ReturnType<typeof html>

/** A page that is written here, without script, for who has no other page to be on. No cache keeps it. */
export function plainPage(
  c: Context<AppEnv>,
  { language, title, body }: { language: Language; title: string; body: Markup },
  status: ContentfulStatusCode,
): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store')
  return c.html(
    html`<!doctype html>
      <html lang="${language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>${title}</title>
          <link rel="icon" href="/favicon.svg" />
          <link rel="stylesheet" href="/welcome.css" />
        </head>
        <body>
          <main>
            <img src="/favicon.svg" alt="" width="48" height="48" />
            <h1>${title}</h1>
            ${body}
          </main>
        </body>
      </html>`,
    status,
  )
}
