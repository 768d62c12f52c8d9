import type { Page } from 'playwright-core'

/** Latin words that stand in pages of every language, with why. Whole words, whatever their case. */
const ALLOWED = new Set(
  [
    // Units and chemical signs.
    'g kg km kwh kw mwh pkm co₂ co₂e µg pm no₂ soc r²',
    // Names: of the product, standards, formats and keys of the keyboard.
    'zaryad wi fi gtfs realtime schedule zip geojson openapi https enter home end',
    // A charger's own answers, as OCPP has them.
    'accepted rejected',
    // The language menu names each language in itself.
    'english',
  ].flatMap((words) => words.split(' ')),
)

/** Written in capitals alone, with digits or not: OCPP, CSV, DC, CCS2, SISTER_CITIES. */
const ACRONYM = /^[A-Z][A-Z0-9_]+$/
/** What is looked at: a run of Latin letters with what may be within a word. */
const WORD = /[A-Za-zµ][\w₂²'’]*/g
/** Addresses of the web, names of files, and time zones. */
const ADDRESS = /(?:https?:\/\/|[a-z0-9-]+\.)[\w./-]*\w|[A-Z][a-z]+\/[A-Z][A-Za-z_]+/g

/** Members of the API's answers whose values are somebody's own words: names, labels, ids. */
const OWN_WORDS =
  /^(?:label|name|typeLabel|vendor|model|serialNumber|publisher|licence|attribution|text|fileName|actorName|city|\w*Id|id)$/

/** The demo's own data, as far as pages show it: they are in the language of whoever entered them. Longest first. */
export async function ownWords(url: string): Promise<string[]> {
  const found = new Set<string>()
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) collect(one)
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) {
        if (typeof one === 'string' && OWN_WORDS.test(key) && /[A-Za-z]/.test(one)) found.add(one)
        collect(one)
      }
  }
  for (const path of ['sites', 'stations', 'vehicles', 'vehicle-types', 'feeds', 'place-sources', 'city', 'audit'])
    collect(await (await fetch(`${url}/api/v1/${path}`)).json())
  return [...found].toSorted((a, b) => b.length - a.length)
}

/** Texts of a page that are left in English: those with a Latin word that is neither the demo's own nor allowed. */
export async function untranslated(page: Page, own: readonly string[]): Promise<string[]> {
  const texts = (await page.evaluate(COLLECT)) as string[]
  return texts.filter((text) => latinWords(text, own).length > 0)
}

export function latinWords(text: string, own: readonly string[]): string[] {
  const rest = own.reduce((left, words) => left.replaceAll(whole(words), ' '), text).replaceAll(ADDRESS, ' ')
  return (rest.match(WORD) ?? []).filter(
    (word) => word.length > 1 && !ALLOWED.has(word.toLowerCase()) && !ACRONYM.test(word),
  )
}

/** A text where it stands by itself: the depot "site" is no part of "website". */
function whole(text: string): RegExp {
  return new RegExp(`(?<![\\w])${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![\\w])`, 'g')
}

/** Every text that a reader sees or hears, closed parts opened. What stands as code, or as a program's own output, is that. */
const COLLECT = `(() => {
  for (const part of document.querySelectorAll('details')) part.open = true
  const found = new Set([document.title])
  const isCode = (element) => element.closest('script, style, code, pre, kbd, samp') !== null
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    if (element === null || isCode(element)) continue
    if (element.closest('option') === null && !element.checkVisibility({ visibilityProperty: true })) continue
    found.add(node.textContent.replace(/\\s+/g, ' ').trim())
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll('[' + name + ']'))
      if (!isCode(element)) found.add(element.getAttribute(name))
  return [...found].filter((text) => /[A-Za-z]/.test(text))
})()`
