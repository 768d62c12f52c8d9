import type { Browser } from 'playwright-core'
import { PAGES, type DemoPage } from '../../e2e/all-pages.ts'
import { openBrowser } from '../../e2e/browser.ts'
import { startDemo } from '../../e2e/demo.ts'
import { percentile } from '../percentiles.ts'

const REPEATS = 3
const SETTLES_MS = 10_000

interface Render {
  /** The browser's own first contentful paint, ms after the navigation began. */
  paintMs: number
  /** When what the page is for stood in it. */
  readyMs: number
}

/** Each page of the running demo, opened with an empty cache and the CPU `slower` times slower: medians of three. */
export async function measureFirstRender(slower: number, say: (line: string) => void): Promise<void> {
  const demo = await startDemo()
  const browser = await openBrowser()
  try {
    await new Promise((resolve) => setTimeout(resolve, SETTLES_MS))
    const { items } = (await (await fetch(`${demo.url}/api/v1/stops?limit=1`)).json()) as {
      items: { stopId: string }[]
    }
    const board = {
      name: 'board',
      path: `/stop/${encodeURIComponent(items[0]?.stopId ?? '')}`,
      ready: '[data-board], main',
    }
    for (const page of [...PAGES, board]) {
      const renders: Render[] = []
      for (let i = 0; i < REPEATS; i += 1) renders.push(await render(browser, demo.url, page, slower))
      const median = (of: (one: Render) => number): string => percentile(renders.map(of), 0.5).toFixed(0).padStart(5)
      say(
        `${page.name.padEnd(24)} first paint ${median((one) => one.paintMs)} ms, ready ${median((one) => one.readyMs)} ms`,
      )
    }
  } finally {
    await browser.close()
    await demo.close()
  }
}

async function render(browser: Browser, url: string, { path, ready }: DemoPage, slower: number): Promise<Render> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-GB' })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  // Written down by the page itself, in the frame that shows it.
  await page.addInitScript(`new MutationObserver((_, observer) => {
    if (document.querySelector(${JSON.stringify(ready)}) === null) return
    observer.disconnect()
    requestAnimationFrame(() => { window.readyMs = performance.now() })
  }).observe(document, { childList: true, subtree: true })`)
  await page.goto(url + path)
  await page.locator(ready).first().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(500)
  const measured = (await page.evaluate(
    `({ readyMs: window.readyMs, paintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime })`,
  )) as Render
  await context.close()
  return measured
}
