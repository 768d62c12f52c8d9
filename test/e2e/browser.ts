import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: QUIET })

export interface WatchedPage {
  page: Page
  /** What a page may never do: errors, breaches of its Content-Security-Policy, requests to anywhere else. */
  misdeeds: string[]
  close(): Promise<void>
}

/** A page in a fresh context at `url`, loaded until `ready` is there, with all its misdeeds written down. `before` prepares it. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  ready = '[data-vehicle]',
  before: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  const misdeeds: string[] = []
  page.on('console', (message) => {
    // Chromium writes breaches of the policy here too.
    if (message.type() === 'error' || message.type() === 'warning') misdeeds.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => misdeeds.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) misdeeds.push(`request to ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) misdeeds.push(`${response.status()} ${response.url()}`)
  })
  await before(page)
  await page.goto(url)
  await page.locator(ready).first().waitFor({ timeout: 60_000 })
  return { page, misdeeds, close: () => context.close() }
}

interface Violation {
  id: string
  nodes: { target: unknown[]; failureSummary?: string }[]
}

/** What axe-core finds wrong with the page as it stands, one line each. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(axe)
  const violations = (await page.evaluate('axe.run().then((result) => result.violations)')) as Violation[]
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  )
}

/** The same, light and dark. */
export async function problemsInBothThemes(page: Page): Promise<string[]> {
  const problems: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // On the way from one to the other colours are neither.
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    await page.evaluate('Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => undefined)')
    problems.push(...(await accessibilityProblems(page)).map((problem) => `${colorScheme}: ${problem}`))
  }
  return problems
}
