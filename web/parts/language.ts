import { overwriteGetLocale, type Locale } from '../generated/messages/runtime.js'

export type Language = Locale

/** Each language as its own speakers call it, in the order of the menus. */
export const LANGUAGES: readonly { code: Language; name: string; locale: string }[] = [
  { code: 'bg', name: 'Български', locale: 'bg' },
  { code: 'uk', name: 'Українська', locale: 'uk' },
  { code: 'en', name: 'English', locale: 'en-GB' },
]

const KEY = 'zaryad.language'
const known = (code: string | null | undefined): Language | undefined =>
  LANGUAGES.find((one) => code?.toLowerCase().split('-')[0] === one.code)?.code

/** What `?lang=` says, else what was chosen in this browser, else the first of the browser's own languages that we speak, else English. */
function pick(): Language {
  const asked = known(new URLSearchParams(location.search).get('lang'))
  return asked ?? known(stored()) ?? navigator.languages.map(known).find((code) => code !== undefined) ?? 'en'
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** The page's language. It does not change while the page lives: choosing another loads the page anew. */
export const language: Language = pick()
/** Whether somebody chose a language in this browser, and not only its settings. */
export const languageChosen: boolean = known(stored()) !== undefined
/** For Intl: like the language, but with 24 hours and day before month in English. */
export const locale = LANGUAGES.find((one) => one.code === language)?.locale ?? language

// Messages are asked for their language at each call.
overwriteGetLocale(() => language)
// Fonts draw Bulgarian letters in their Bulgarian form under this.
document.documentElement.lang = language

export function chooseLanguage(next: Language): void {
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // Storage may be forbidden: the address then carries the choice.
    const url = new URL(location.href)
    url.searchParams.set('lang', next)
    location.assign(url)
    return
  }
  const url = new URL(location.href)
  url.searchParams.delete('lang')
  if (url.href === location.href) location.reload()
  else location.replace(url)
}
