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
})

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

async function depotPage(options: Parameters<typeof openPage>[2] = WIDE): Promise<Page> {
  const watched = await openPage(browser, demo.url, options)
  open.push(watched)
  return watched.page
}

interface Vehicle {
  vehicleId: string
  label: string
  stationId: string | null
  socPercent: number | null
  next: { needSocPercent: number | null } | null
}

const tile = (page: Page, vehicleId: string) => page.locator(`[data-bay][data-vehicle="${vehicleId}"]`)
const plugged = (vehicleId: string): string =>
  ['charging', 'waits', 'full', 'pluggedIn']
    .map((status) => `[data-vehicle="${vehicleId}"][data-status="${status}"]`)
    .join(', ')

test('the page answers the question on top, and its clock is the depot’s', async () => {
  const page = await depotPage()
  expect(await page.locator('h1').textContent()).toMatch(/pull-out|plan/)
  expect(await page.locator('header.bar').textContent()).toContain('×60')
  const before = await page.locator('time.clock').textContent()
  await expect.poll(() => page.locator('time.clock').textContent(), { timeout: 10_000 }).not.toBe(before)
  await page.locator('.connection.live').waitFor()
})

test('buses charge, and their rings fill', async () => {
  const page = await depotPage()
  const rings = page.locator('[data-bay][data-status="charging"] circle.fill')
  await rings.first().waitFor({ timeout: 120_000 })
  // The plan may pause one bus for another, so any ring of those that charge will do.
  const fills = (): Promise<Record<string, number>> =>
    page
      .locator('[data-bay][data-vehicle]')
      .evaluateAll((tiles) =>
        Object.fromEntries(
          tiles.map((tile) => [
            tile.getAttribute('data-vehicle'),
            Number(tile.querySelector('circle.fill')?.getAttribute('stroke-dasharray')?.split(' ')[0] ?? 0),
          ]),
        ),
      )
  const before = await fills()
  const grown = async (): Promise<number> =>
    Object.entries(await fills()).filter(([vehicleId, fill]) => fill > (before[vehicleId] ?? Infinity)).length
  await expect.poll(grown, { timeout: 120_000 }).toBeGreaterThan(0)
})

test('a bus that is unplugged raises an alert with its remedy; plugged in again it clears', async () => {
  const page = await depotPage()
  const { vehicleId, label } = await neediest()
  await page.locator(plugged(vehicleId)).first().waitFor({ timeout: 30_000 })
  await demo.trouble({ kind: 'notPluggedIn', vehicleId, minutes: 600 })
  const alert = page.locator('[data-alert]', { hasText: label }).first()
  await alert.waitFor({ timeout: 60_000 })
  expect(await alert.textContent()).toMatch(/plug/i)
  expect(['notPluggedIn', 'unknown']).toContain(await tile(page, vehicleId).getAttribute('data-status'))
  await demo.trouble(null)
  await page.locator(plugged(vehicleId)).first().waitFor({ timeout: 90_000 })
  await alert.waitFor({ state: 'detached', timeout: 90_000 })
})

/** The plugged-in vehicle that lacks most for its next pull-out. The demo leaves one without a cable by itself: that one is helped first. */
async function neediest(): Promise<{ vehicleId: string; label: string }> {
  await demo.trouble(null)
  const lack = (one: Vehicle): number => (one.next?.needSocPercent ?? 0) - (one.socPercent ?? 100)
  let found: Vehicle | undefined
  const look = async (): Promise<number> => {
    const { items } = (await (await fetch(`${demo.url}/api/v1/vehicles`)).json()) as { items: Vehicle[] }
    found = items.filter((one) => one.stationId !== null).toSorted((a, b) => lack(b) - lack(a))[0]
    return found === undefined ? 0 : lack(found)
  }
  await expect.poll(look, { timeout: 90_000, interval: 1_000 }).toBeGreaterThan(5)
  return found as Vehicle
}

test('a charger that breaks is shown with a shape and a word, and says when it is well again', async () => {
  const page = await depotPage()
  const post = page.locator('button.post', { hasText: 'Charger 2' })
  await demo.trouble({ kind: 'deadCharger', stationId: 'CP-2', minutes: 600 })
  await expect.poll(() => post.getAttribute('class'), { timeout: 60_000 }).toContain('faulted')
  expect(await post.textContent()).toContain('fault')
  // One for each of its outlets.
  const alerts = page.locator('[data-alert="chargerFault"]', { hasText: 'Charger 2' })
  await alerts.first().waitFor({ timeout: 60_000 })
  await demo.trouble(null)
  await expect.poll(() => post.getAttribute('class'), { timeout: 60_000 }).toContain('connected')
  await expect.poll(() => alerts.count(), { timeout: 60_000 }).toBe(0)
})

test('an alert can be put off, and put back', async () => {
  const page = await depotPage()
  await demo.trouble({ kind: 'cutLine', stationId: 'CP-3', minutes: 600 })
  const alert = page.locator('[data-alert="stationOffline"]')
  await alert.waitFor({ timeout: 120_000 })
  await alert.getByRole('button', { name: 'Later' }).click()
  await alert.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await alert.waitFor()
  await demo.trouble(null)
  await alert.waitFor({ state: 'detached', timeout: 90_000 })
})

test('a bay opens by keyboard, the charger answers a command itself, and the focus comes back', async () => {
  const page = await depotPage()
  await page.locator(plugged('bus-2')).first().waitFor({ timeout: 90_000 })
  await tile(page, 'bus-2').focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Bus 2' })
  await dialog.waitFor()
  await dialog.getByRole('button', { name: 'Ask for its state' }).click()
  await expect
    .poll(() => dialog.locator('[data-command-answer]').textContent(), { timeout: 30_000 })
    .toContain('Accepted')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await page.evaluate('document.activeElement.dataset.vehicle')).toBe('bus-2')
})

test('arrow keys walk over the bars of the plan and say what each is', async () => {
  const page = await depotPage()
  await page.locator('[data-bar]').first().waitFor({ timeout: 60_000 })
  await page.locator('[data-bar][tabindex="0"]').focus()
  const first = await page.locator('[data-readout]').textContent()
  await page.keyboard.press('ArrowDown')
  const second = await page.locator('[data-readout]').textContent()
  await page.keyboard.press('End')
  const third = await page.locator('[data-readout]').textContent()
  expect([first, second, third].every((text) => text?.startsWith('Bus '))).toBe(true)
  expect(new Set([first, second, third]).size).toBe(3)
})

test('the plan can be read as a table', async () => {
  const page = await depotPage()
  await page.locator('[data-bar]').first().waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Table' }).click()
  await page
    .getByRole('table', { name: 'The plan for each vehicle' })
    .getByRole('rowheader', { name: 'Bus 6' })
    .first()
    .waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
})

test('without the network the page says so and keeps what it knew; with it, it lives again', async () => {
  const watched = await openPage(browser, demo.url, WIDE)
  const { page } = watched
  await page.context().setOffline(true)
  await page.getByRole('alert').filter({ hasText: 'offline' }).waitFor()
  expect(await page.locator('[data-vehicle]').count()).toBeGreaterThan(0)
  await page.context().setOffline(false)
  await page.locator('.connection.live').waitFor({ timeout: 30_000 })
  await page.getByRole('alert').filter({ hasText: 'offline' }).waitFor({ state: 'detached' })
  await watched.close()
})

test.each([
  ['wide, light', { ...WIDE, colorScheme: 'light' as const }],
  ['wide, dark', { ...WIDE, colorScheme: 'dark' as const }],
  ['phone, light', { ...PHONE, colorScheme: 'light' as const }],
  ['phone, dark', { ...PHONE, colorScheme: 'dark' as const }],
  // 200 % zoom of a 1280 px window.
  ['zoomed', { viewport: { width: 640, height: 500 }, reducedMotion: 'reduce' as const }],
])('axe finds nothing, and nothing hangs over the edge: %s', async (_, options) => {
  const page = await depotPage(options)
  await page.locator('[data-bar]').first().waitFor({ timeout: 60_000 })
  expect(await accessibilityProblems(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
  await page.getByRole('button', { name: 'List' }).click()
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the page is served under a policy that allows no inline script or style, and keeps to it', async () => {
  const policy = (await fetch(demo.url)).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toContain('unsafe')
  const page = await depotPage()
  await page.getByRole('button', { name: 'Colours' }).click()
  await page.getByRole('button', { name: 'Colours' }).click()
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
})
