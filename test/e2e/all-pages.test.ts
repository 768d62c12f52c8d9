import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PAGES, type DemoPage } from './all-pages.ts'
import { accessibilityProblems, openBrowser, openPage } from './browser.ts'
import { startDemo, type RunningDemo } from './demo.ts'
import { ownWords, untranslated } from './untranslated.ts'

let demo: RunningDemo
let browser: Browser
let pages: readonly DemoPage[] = PAGES

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemo(), openBrowser()])
  pages = [...PAGES, { name: 'board', path: await aBoard(), ready: 'main' }]
})
afterAll(async () => {
  await browser?.close()
  await demo?.close()
})

/** The board of some stop where buses stop. */
async function aBoard(): Promise<string> {
  const { items } = (await (await fetch(`${demo.url}/api/v1/stops?limit=5`)).json()) as { items: { stopId: string }[] }
  return `/stop/${encodeURIComponent(items[0]?.stopId ?? '')}`
}

const WIDE = { viewport: { width: 1440, height: 1000 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const withLanguage = (path: string, lang: string): string => `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`

/** Pages that are looked at side by side: while one waits for its data, axe works on another. */
const AT_ONCE = 3

async function wrongWith(
  { name, path, ready }: DemoPage,
  lang: string,
  options: BrowserContextOptions,
): Promise<string[]> {
  const { page, misdeeds, close } = await openPage(browser, `${demo.url}${withLanguage(path, lang)}`, options, ready)
  await page.waitForTimeout(500)
  const wrong = await accessibilityProblems(page)
  const over = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
  if (over > 0) wrong.push(`${over} px over the edge`)
  const spoken = await page.evaluate('document.documentElement.lang')
  if (spoken !== lang && name !== 'board') wrong.push(`speaks ${String(spoken)}`)
  if (lang !== 'en')
    for (const text of await untranslated(page, await ownWords(demo.url))) wrong.push(`not translated: ${text}`)
  await close()
  return [...wrong, ...misdeeds].map((problem) => `${name}: ${problem}`)
}

describe.each(['en', 'bg', 'uk'])('in %s', (lang) => {
  test.each([
    ['light', WIDE],
    ['dark', PHONE],
  ] as const)(
    'axe finds nothing on any page, nothing hangs over the edge, nothing is left in English, and no console says anything: %s, %o',
    async (colorScheme, size) => {
      const left = [...pages]
      const wrong: string[] = []
      const look = async (): Promise<void> => {
        for (let one = left.shift(); one !== undefined; one = left.shift())
          wrong.push(...(await wrongWith(one, lang, { ...size, colorScheme })))
      }
      await Promise.all(Array.from({ length: AT_ONCE }, look))
      expect(wrong).toEqual([])
    },
    600_000,
  )
})
