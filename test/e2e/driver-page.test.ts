import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser } from './browser.ts'
import { lineTo, type CutLine } from './cut-line.ts'
import { startDemo, type RunningDemo } from './demo.ts'

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  locale: 'en-GB',
}

let demo: RunningDemo
let browser: Browser
let line: CutLine
let misdeeds: string[] = []
let opened: Page[] = []

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemo(), openBrowser()])
  line = await lineTo(demo.url)
})

afterAll(async () => {
  await browser?.close()
  await line?.close()
  await demo?.close()
})

afterEach(async () => {
  line.mend()
  await Promise.all(opened.map((page) => page.context().close()))
  opened = []
  const found = misdeeds
  misdeeds = []
  expect(found).toEqual([])
})

async function phone(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ...PHONE, ...options })
  const page = await context.newPage()
  opened.push(page)
  page.on('console', (message) => {
    // A request that the cut line swallowed is no fault of the page.
    if (message.type() === 'error' && !message.text().includes('net::ERR_')) misdeeds.push(message.text())
  })
  page.on('pageerror', (error) => misdeeds.push(error.message))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(line.url).origin) misdeeds.push(`request to ${request.url()}`)
  })
  await page.goto(line.url + path)
  return page
}

interface Vehicle {
  vehicleId: string
  label: string
  state: string
  stationId: string | null
  socPercent: number | null
  next: { needSocPercent: number | null; readyAt: string | null } | null
}

async function vehicles(): Promise<Vehicle[]> {
  const { items } = (await (await fetch(`${demo.url}/api/v1/vehicles`)).json()) as { items: Vehicle[] }
  return items
}

/** A bus at its charger that lacks little of what the depot's manager has asked for, and charges ahead of price. */
async function almostReady(): Promise<Vehicle> {
  await demo.trouble(null)
  const standing = async (): Promise<Vehicle | undefined> =>
    (await vehicles())
      .filter((one) => ['charging', 'pluggedIn'].includes(one.state) && one.next !== null && one.socPercent !== null)
      .filter((one) => (one.socPercent ?? 100) < 90)
      .toSorted((a, b) => (a.socPercent ?? 0) - (b.socPercent ?? 0))[0]
  await expect.poll(standing, { timeout: 170_000, interval: 1_000 }).toBeDefined()
  const bus = (await standing()) as Vehicle
  const wished = await fetch(`${demo.url}/api/v1/vehicles/${bus.vehicleId}/wish`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      departure: null,
      needSocPercent: Math.ceil(bus.socPercent ?? 0) + 8,
      chargeNow: { untilSocPercent: null },
    }),
  })
  expect({ status: wished.status, answer: await wished.json() }).toMatchObject({ status: 200 })
  return bus
}

async function linkFor(vehicleId: string): Promise<{ linkId: string; path: string }> {
  const answer = await fetch(`${demo.url}/api/v1/driver-links`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ vehicleId, expiresInHours: 24 * 30 }),
  })
  const { linkId, token } = (await answer.json()) as { linkId: string; token: string }
  return { linkId, path: `/driver#${token}` }
}

/** A photo as a camera makes it: larger than wanted, and with the place where it was taken. */
async function cameraPhoto(page: Page): Promise<Buffer> {
  const base64 = (await page.evaluate(`(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 2400
    canvas.height = 1800
    const context = canvas.getContext('2d')
    context.fillStyle = '#b35c00'
    context.fillRect(300, 300, 1200, 900)
    return canvas.toDataURL('image/jpeg').split(',')[1]
  })()`)) as string
  const jpeg = Buffer.from(base64, 'base64')
  const exif = Buffer.from('Exif\0\0GPSLatitude 42.0209')
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif])
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)])
}

test('the driver opens the QR link, goes offline, still sees the last state with its age, and a fault report with a photo is sent when the line is back', async () => {
  const bus = (await vehicles())[2]
  const { path } = await linkFor(bus?.vehicleId ?? '')
  const page = await phone(path)
  await page.locator('[data-verdict]').waitFor({ timeout: 60_000 })
  expect(page.url()).toBe(`${line.url}/driver`)
  expect(await page.locator('header').first().textContent()).toContain(bus?.label)
  const me = (await page.evaluate(`fetch('/api/v1/me').then((answer) => answer.json())`)) as { role: string }
  expect(me.role).toBe('driver')
  await page.getByText('This page also opens without a connection.').waitFor({ timeout: 60_000 })

  line.cut()
  await page.reload()
  await page.locator('[data-verdict]').waitFor({ timeout: 60_000 })
  const banner = page.locator('[data-banner]')
  await banner.waitFor({ timeout: 90_000 })
  expect(await banner.textContent()).toMatch(/Everything is as of .*\d\d:\d\d, \d+ (s|min|h|d).* ago\./)
  expect(await page.locator('header').first().textContent()).toContain(bus?.label)

  await page.getByRole('button', { name: 'Report a fault' }).click()
  const dialog = page.getByRole('dialog', { name: 'Report a fault' })
  await dialog.getByRole('radio', { name: 'Cable or plug' }).check()
  await dialog.getByRole('radio', { name: 'No', exact: true }).check()
  await dialog.getByLabel('In your words').fill('The sheath is torn.')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: await cameraPhoto(page) })
  await dialog.locator('[data-photo] canvas').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Send' }).click()
  await page.locator('[data-waiting="1"]').waitFor({ timeout: 30_000 })
  await page.reload()
  await page.locator('[data-waiting="1"]').waitFor({ timeout: 60_000 })

  // What was on the screen stays there until there is something newer.
  await page.evaluate(`(() => {
    window.blanks = 0
    const look = () => { if (document.querySelector('[data-verdict]') === null) window.blanks++ }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  })()`)
  line.mend()
  await page.locator('[data-waiting]').waitFor({ state: 'detached', timeout: 90_000 })
  await banner.waitFor({ state: 'detached', timeout: 90_000 })
  expect(await page.evaluate('window.blanks')).toBe(0)
  const list = async () =>
    ((await (await fetch(`${demo.url}/api/v1/fault-reports?state=open`)).json()) as { items: Report[] }).items
  expect(await list()).toMatchObject([
    { category: 'cable', usable: false, text: 'The sheath is torn.', hasPhoto: true, reportedBy: bus?.label },
  ])
  const reportId = (await list())[0]?.reportId ?? ''
  const photo = Buffer.from(await (await fetch(`${demo.url}/api/v1/fault-reports/${reportId}/photo`)).arrayBuffer())
  expect(photo.includes('GPSLatitude')).toBe(false)
  const width = await page.evaluate(
    `createImageBitmap(new Blob([Uint8Array.from(atob('${photo.toString('base64')}'), (c) => c.charCodeAt(0))])).then((image) => image.width)`,
  )
  expect(width).toBe(1600)
  const alerts = (await (await fetch(`${demo.url}/api/v1/alerts?open=true`)).json()) as { items: { kind: string }[] }
  expect(alerts.items.filter((alert) => alert.kind === 'faultReported')).toHaveLength(1)

  const depot = await phone('/settings/faults', {
    viewport: { width: 1280, height: 900 },
    isMobile: false,
    hasTouch: false,
  })
  const card = depot.locator(`[data-fault="${reportId}"]`)
  await card.getByRole('img').waitFor({ timeout: 60_000 })
  expect(await accessibilityProblems(depot)).toEqual([])
  await card.getByRole('button', { name: 'Set to done' }).click()
  await card.waitFor({ state: 'detached', timeout: 30_000 })
  await expect.poll(async () => (await list()).length, { timeout: 30_000 }).toBe(0)
  await depot.getByRole('button', { name: 'Undo' }).click()
  await card.waitFor({ timeout: 30_000 })
})

interface Report {
  reportId: string
}

test('NOT YET becomes UNPLUG OK when the bus has what it needs, and never says so by colour alone', async () => {
  const bus = await almostReady()
  const page = await phone(`/driver?bus=${bus.vehicleId}`)
  const verdict = page.locator('[data-verdict]')
  await page.locator('[data-verdict="notYet"]').waitFor({ timeout: 60_000 })
  expect(await verdict.textContent()).toMatch(/NOT YET.*ready .*\d\d:\d\d/s)
  const shape = () => verdict.locator('path').first().getAttribute('d')
  const before = await shape()
  await page.locator('[data-verdict="ok"]').waitFor({ timeout: 600_000 })
  expect(await verdict.textContent()).toContain('UNPLUG OK')
  expect(await shape()).not.toBe(before)
}, 900_000)

test('who has read nothing chooses a bus in the demo, and another one after that', async () => {
  const page = await phone('/driver')
  await page.getByRole('heading', { name: 'Which bus is yours?' }).waitFor({ timeout: 60_000 })
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Bus 4' }).click()
  await page.locator('[data-verdict]').waitFor({ timeout: 60_000 })
  expect(await page.locator('[data-outlet]').count()).toBe(6)
  await page.reload()
  await page.locator('[data-verdict]').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Another bus' }).click()
  await page.getByRole('heading', { name: 'Which bus is yours?' }).waitFor()
})

test('the nearest free charger or car park is found from where the driver is, with the way there', async () => {
  const page = await phone('/driver?bus=bus-1', {
    geolocation: { latitude: 42.0215, longitude: 23.0951 },
    permissions: ['geolocation'],
  })
  await page.locator('[data-verdict]').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Nearest free' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('from where you are').waitFor({ timeout: 30_000 })
  const place = dialog.locator('[data-place]').first()
  await place.waitFor()
  expect(await place.getByRole('link', { name: 'Show the way' }).getAttribute('href')).toMatch(/^geo:/)
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the manager makes codes for all bays, and a code that is revoked opens nothing', async () => {
  const page = await phone('/settings/qr', { viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false })
  await page.getByRole('button', { name: /Make the \d+ missing codes/ }).click({ timeout: 60_000 })
  await page.getByText('6 codes made.').waitFor({ timeout: 60_000 })
  expect(await page.locator('[data-qr]').count()).toBe(6)
  expect(await accessibilityProblems(page)).toEqual([])

  const { linkId, path } = await linkFor('bus-2')
  const driver = await phone(path)
  await driver.locator('[data-verdict]').waitFor({ timeout: 60_000 })
  await page.reload()
  const row = page.locator(`[data-link="${linkId}"]`)
  await row.getByRole('button', { name: 'Revoke' }).click({ timeout: 60_000 })
  await row.getByRole('button', { name: 'Revoke for good' }).click()
  await row.getByText('revoked').waitFor({ timeout: 30_000 })
  const late = await phone(path)
  await late.getByRole('heading', { name: 'This code is not valid' }).waitFor({ timeout: 60_000 })
  // The browser writes down what the server refuses.
  misdeeds = misdeeds.filter((one) => !/status of (404|401)/.test(one))
})

test.each(['bg', 'uk', 'en'])(
  'nothing is wrong with the page in %s, light and dark, and nothing is cut off',
  async (lang) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await phone(`/driver?bus=bus-5&lang=${lang}`, { colorScheme })
      await page.locator('[data-verdict]').waitFor({ timeout: 60_000 })
      await page.locator('[data-outlet]').first().waitFor()
      expect(await accessibilityProblems(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
      expect(await page.evaluate('document.documentElement.lang')).toBe(lang)
    }
  },
)
