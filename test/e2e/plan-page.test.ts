import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser, openPage, type WatchedPage } from './browser.ts'
import { startDemo, type RunningDemo } from './demo.ts'

const WIDE = { viewport: { width: 1440, height: 1000 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const READY = '.scroller .row, [data-bus], table'

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

async function planPage(options: Parameters<typeof openPage>[2] = WIDE, path = '/plan'): Promise<Page> {
  const watched = await openPage(browser, demo.url + path, options, READY)
  open.push(watched)
  return watched.page
}

interface PlanAnswer {
  vehicles: { vehicleId: string; visits: { needSocPercent: number; leavesFor: object | null; wish: object | null }[] }[]
}

async function needOf(page: Page, vehicleId: string): Promise<{ needSocPercent: number; wish: object | null } | null> {
  const answer = await page.request.get(`${demo.url}/api/v1/plans/current?siteId=blagoevgrad`)
  const plan = (await answer.json()) as PlanAnswer
  const own = plan.vehicles.find((one) => one.vehicleId === vehicleId)
  return own?.visits.find((visit) => visit.leavesFor !== null) ?? null
}

/** Some bus whose need can be set higher by hand. */
async function aBusThatNeedsLess(): Promise<string | undefined> {
  const answer = await fetch(`${demo.url}/api/v1/vehicles`)
  const { items } = (await answer.json()) as { items: { vehicleId: string; next: { needSocPercent: number } | null }[] }
  return items.find((one) => (one.next?.needSocPercent ?? 100) < 95)?.vehicleId
}

test('the manager changes the need of a bus, sees the difference before it is made, applies it, and undoes it', async () => {
  const page = await planPage()
  // Just after the start a bus may still be without its next block.
  await expect.poll(aBusThatNeedsLess, { timeout: 30_000 }).not.toBeUndefined()
  const vehicleId = (await aBusThatNeedsLess()) ?? ''
  const before = await needOf(page, vehicleId)
  await page.goto(`${demo.url}/plan?bus=${vehicleId}`)
  const panel = page.locator(`[data-panel="${vehicleId}"]`)
  await panel.waitFor()
  expect((await panel.locator('.why').textContent())?.trim()).not.toBe('')

  await panel.locator('input[name="need"]').fill('99')
  await panel.locator('form').first().locator('button').click()
  const cost = page.locator('[data-difference="cost"]')
  await cost.waitFor({ timeout: 20_000 })
  expect(await cost.textContent()).toMatch(/→/)
  await page.locator('[data-difference="peak"]').waitFor()
  // Nothing has happened yet.
  expect((await needOf(page, vehicleId))?.wish).toBeNull()

  await page.getByRole('button', { name: 'Apply' }).click()
  await expect.poll(async () => (await needOf(page, vehicleId))?.needSocPercent, { timeout: 20_000 }).toBe(99)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await needOf(page, vehicleId))?.wish, { timeout: 20_000 }).toBeNull()
  expect((await needOf(page, vehicleId))?.needSocPercent).toBeCloseTo(before?.needSocPercent ?? 0, 0)
})

test('a lower limit is thought through and thrown away again', async () => {
  const page = await planPage()
  await page.locator('form input[type="number"]').last().fill('120')
  await page.getByRole('button', { name: 'See the difference' }).last().click()
  await page.locator('[data-difference="peak"]').waitFor({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.locator('[data-difference="peak"]').waitFor({ state: 'detached' })
})

test('the chart can be walked through by keyboard, and Enter opens the bus', async () => {
  const page = await planPage()
  const bar = page.locator('.scroller g[role="button"][tabindex="0"]')
  await bar.focus()
  const first = await page.locator('[data-readout]').textContent()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.locator('[data-readout]').textContent()).not.toBe(first)
  await page.keyboard.press('Enter')
  await page.locator('aside[data-panel]').waitFor()
})

test('on a phone the buses stand in a list, nothing is wider than the screen, and a search narrows it', async () => {
  const page = await planPage(PHONE)
  const buses = page.locator('[data-bus]')
  const all = await buses.count()
  expect(all).toBeGreaterThan(1)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await page.locator('input[type="search"]').fill((await buses.first().locator('b').textContent()) ?? '')
  await expect.poll(() => buses.count()).toBeLessThan(all)
})

for (const [name, options] of [
  ['wide and light', { ...WIDE, colorScheme: 'light' }],
  ['on a phone and dark', { ...PHONE, colorScheme: 'dark' }],
] as const)
  test(`nothing keeps anybody from reading it, ${name}`, async () => {
    const page = await planPage(options)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.goto(`${demo.url}/plan?view=table`)
    await page.locator('table').first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
  })
