import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { PAGES, type DemoPage } from '../e2e/all-pages.ts'
import { openBrowser, openPage } from '../e2e/browser.ts'
import { startDemo } from '../e2e/demo.ts'

/** `npm run screenshots [-- page …]`: the pages of the running demo, light and dark, wide and phone, en and bg, into docs/manual/images; the light ones are kept with the manual. */
const FOLDER = new URL('../../docs/manual/images/', import.meta.url)
const SIZES = {
  wide: { viewport: { width: 1360, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
}
/** Buses have come home and charge, and the night's plan stands. */
const SETTLES_MS = 20_000
const DRAWN_MS = 2_500

const { positionals } = parseArgs({ allowPositionals: true })
await mkdir(FOLDER, { recursive: true })
const demo = await startDemo()
const browser = await openBrowser()
try {
  await new Promise((resolve) => setTimeout(resolve, SETTLES_MS))
  const answer = (await (await fetch(`${demo.url}/api/v1/stops?limit=5`)).json()) as { items: { stopId: string }[] }
  const stopId = encodeURIComponent(answer.items[0]?.stopId ?? '')
  const board: DemoPage = { name: 'board', path: `/stop/${stopId}`, ready: 'main' }
  const pages = [...PAGES, board].filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  for (const { name, path, ready, drawn = ready } of pages) {
    for (const lang of ['en', 'bg']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const [size, device] of Object.entries(SIZES)) {
          const url = `${demo.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`
          const { page, misdeeds, close } = await openPage(browser, url, { ...device, colorScheme }, ready)
          await page.locator(drawn).first().waitFor({ timeout: 60_000 })
          await page.waitForTimeout(DRAWN_MS)
          const file = `${name}-${lang}-${colorScheme}-${size}.jpg`
          await page.screenshot({ path: new URL(file, FOLDER).pathname, type: 'jpeg', quality: 62 })
          await close()
          console.log([file, ...misdeeds].join('\n  '))
        }
      }
    }
  }
} finally {
  await browser.close()
  await demo.close()
}
