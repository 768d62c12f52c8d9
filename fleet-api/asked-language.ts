import type { Context } from 'hono'
import type { AppEnv } from './context.ts'
import { LANGUAGES, type Language } from '../domain/language.ts'

const isLanguage = (text: string | undefined): text is Language => LANGUAGES.some((one) => one === text)

/** The language in which a page that is written here speaks: what `?lang=` says, else the first of the browser's that we speak, else English. */
export function askedLanguage(c: Context<AppEnv>): Language {
  const asked = c.req.query('lang')
  return isLanguage(asked) ? asked : preferred(c.req.header('accept-language') ?? '')
}

/** The same, for an answer that is worded in it: caches are told. */
export function wordedFor(c: Context<AppEnv>): Language {
  const language = askedLanguage(c)
  c.header('Content-Language', language)
  c.header('Vary', 'Accept-Language', { append: true })
  return language
}

/** By RFC 9110, section 12.5.4. */
function preferred(header: string): Language {
  const codes = header
    .split(',')
    .map((one) => {
      const [code = '', quality] = one.trim().split(';q=')
      return { code: code.toLowerCase().split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
    })
    .sort((a, b) => b.quality - a.quality)
  return codes.map((one) => one.code).find(isLanguage) ?? 'en'
}
