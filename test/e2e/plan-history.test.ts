import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser, openPage, type WatchedPage } from './browser.ts'
import { startDemo, type RunningDemo } from './demo.ts'

const WIDE = { viewport: { width: 1440, height: 1000 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let demo: RunningDemo
let browser: Browser
let open: WatchedPage[] = []

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemo(), openBrowser()])
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await demo?.close()
})

afterEach(async () => {
  const misdeeds = open.flatMap((one) => one.misdeeds)
  await Promise.all(open.map((one) => one.close()))
  open = []
  expect(misdeeds).toEqual([])
})

async function at(path: string, ready: string, options: Parameters<typeof openPage>[2] = WIDE): Promise<Page> {
  const watched = await openPage(browser, demo.url + path, options, ready)
  open.push(watched)
  return watched.page
}

/** The last night that is over. */
async function lastNight(page: Page): Promise<string> {
  const answer = await page.request.get(`${demo.url}/api/v1/sites/blagoevgrad/plan-days`)
  const { items } = (await answer.json()) as { items: { date: string; over: boolean }[] }
  return items.find((one) => one.over)?.date ?? ''
}

test('from the plan the manager comes to the past nights, sees how the last one went, opens a bus, and finds the way back', async () => {
  const page = await at('/plan', 'main h1')
  await page.getByRole('link', { name: 'Past nights' }).click()
  await page.locator('[data-night]').first().waitFor()
  const date = await lastNight(page)
  const row = page.locator(`[data-night="${date}"]`)
  expect(await row.textContent()).toMatch(
    /\d+ of \d+ departures with enough charge.*(than planned|as planned).*peak \d+ kW of \d+ kW/,
  )
  await row.click()
  await page.locator('[data-verdict]').waitFor()
  expect(new URL(page.url()).searchParams.get('night')).toBe(date)
  await page.locator('.u-over').first().waitFor()
  // Why each plan was made stands below.
  await page.getByText('imagined with the past of the demo').first().waitFor()

  const bus = page.locator('table a').first()
  const name = (await bus.textContent()) ?? ''
  await bus.click()
  const panel = page.locator('[data-pull-out]')
  await panel.waitFor()
  expect(await panel.locator('h2').textContent()).toBe(name)
  expect(await panel.textContent()).toMatch(/Charge at departure\s*\d+ %, read/)
  expect(await panel.textContent()).toMatch(/got [\d.,]+ kWh of [\d.,]+ kWh planned/)

  // The address holds it all.
  await page.reload()
  await panel.waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await panel.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'All nights' }).click()
  await page.locator('[data-night]').first().waitFor()
  await page.getByRole('link', { name: 'Now', exact: true }).click()
  await page.locator('#plan-chart-title').waitFor()
})

test('the nights and the departures can be had as a table, and as files', async () => {
  const page = await at('/plan/history', '[data-night]')
  await page.getByRole('button', { name: 'Table' }).click()
  await page.locator('table').waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /CSV/ }).click()
  expect((await download).suggestedFilename()).toBe('nights.csv')
  expect(new URL(page.url()).searchParams.get('as')).toBe('table')
})

test('a night of which nothing is kept says so', async () => {
  const page = await at('/plan/history', '[data-night]')
  open = open.filter((one) => one.page !== page)
  await page.goto(`${demo.url}/plan/history?night=2020-01-01`)
  await page.locator('[data-empty]').waitFor()
  expect(await page.locator('[data-empty]').textContent()).toContain('No plan is kept for that night')
  await page.context().close()
})

for (const [name, options] of [
  ['wide and light', { ...WIDE, colorScheme: 'light' }],
  ['on a phone and dark', { ...PHONE, colorScheme: 'dark' }],
] as const)
  test(`nothing keeps anybody from reading it, ${name}`, async () => {
    const page = await at('/plan/history', '[data-night]', options)
    expect(await accessibilityProblems(page)).toEqual([])
    const date = await lastNight(page)
    await page.goto(`${demo.url}/plan/history?night=${date}`)
    const bus = page.locator('table a').first()
    await bus.click()
    await page.locator('[data-pull-out]').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(options.viewport.width)
    await page.goto(`${demo.url}/plan/history?night=${date}&as=table`)
    await page.locator('table').nth(2).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
  })
