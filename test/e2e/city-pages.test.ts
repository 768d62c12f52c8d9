import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser, openPage, type WatchedPage } from './browser.ts'
import { startDemo, type RunningDemo } from './demo.ts'

const WIDE = { viewport: { width: 1440, height: 1000 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let city: RunningDemo
let sister: RunningDemo
let browser: Browser
let open: WatchedPage[] = []

beforeAll(async () => {
  ;[sister, browser] = await Promise.all([startDemo({ args: ['--city', 'burgas'] }), openBrowser()])
  city = await startDemo({ environment: { SISTER_CITIES: `Бургас=${sister.url}; Нийде=http://127.0.0.1:9` } })
})

afterAll(async () => {
  await browser?.close()
  await city?.close()
  await sister?.close()
})

afterEach(async () => {
  const misdeeds = open.flatMap((one) => one.misdeeds)
  await Promise.all(open.map((one) => one.close()))
  open = []
  expect(misdeeds).toEqual([])
})

async function go(path: string, ready: string, options: Parameters<typeof openPage>[2] = WIDE): Promise<Page> {
  const watched = await openPage(browser, `${city.url}${path}`, options, ready)
  open.push(watched)
  return watched.page
}

test('a citizen finds the nearest free car park from a stop, list first, with the way there', async () => {
  const page = await go('/map?lang=en', '#from-stop', PHONE)
  await page.getByLabel('From a stop').fill('Автогара')
  await page.getByRole('button', { name: 'Автогара – ЖП гара', exact: true }).click()
  const first = page.locator('[data-nearest] [data-place]').first()
  await first.waitFor({ timeout: 60_000 })
  expect(await first.getAttribute('data-state')).toBe('free')
  expect(await first.textContent()).toMatch(/\d+ free.*ago.*min on foot/s)
  // The address holds the question: it can be sent to a friend.
  expect(page.url()).toContain('fromName=')
  await first.click()
  const detail = page.locator('[data-detail]')
  await detail.waitFor()
  expect(await detail.getByRole('link', { name: 'Way there' }).getAttribute('href')).toMatch(/^geo:42\.\d+,23\.\d+/)
  expect(await detail.getByRole('link', { name: 'OpenStreetMap' }).getAttribute('href')).toContain('openstreetmap.org')
  await detail.getByText('Licence: CC0-1.0').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
})

test('a car park whose counter stopped long ago is unknown with its age, and not among the free', async () => {
  const page = await go('/map?lang=en&kinds=parking', '[data-place="parkings:P7"]')
  const stopped = page.locator('[data-place="parkings:P7"]')
  expect(await stopped.getAttribute('data-state')).toBe('unknown')
  expect(await stopped.textContent()).toMatch(/unknown.*last told \d+ d ago/s)
  await page
    .locator('.leaflet-marker-icon [data-point="parkings:P7"][data-state="unknown"]')
    .waitFor({ timeout: 60_000 })
  const near = await go('/map?lang=en&from=42.0279,23.1088', '[data-nearest]')
  expect(await near.locator('[data-nearest] [data-place="parkings:P7"]').count()).toBe(0)
  await near.getByLabel('Also what is full or unknown').check()
  await near.locator('[data-nearest] [data-place="parkings:P7"][data-state="unknown"]').waitFor()
})

test('without tiles the map draws lines, stops and places, and is moved by keyboard', async () => {
  const page = await go('/map?lang=en', '.leaflet-marker-icon')
  expect(await page.locator('path.map-line').count()).toBeGreaterThan(0)
  expect(await page.locator('.leaflet-marker-icon .dot').count()).toBeGreaterThan(10)
  expect(await page.locator('img.leaflet-tile').count()).toBe(0)
  const before = page.url()
  await page.locator('.map[role="region"]').focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.url(), { timeout: 10_000 }).not.toBe(before)
  await page.getByRole('button', { name: 'Zoom in' }).click()
  // A place is opened from the map by keyboard as well as from the list.
  await page.getByRole('button', { name: 'Show everything' }).click()
  await page.locator('.leaflet-marker-icon[role="button"]').first().focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-detail]').waitFor()
})

test('kinds are switched on and off, and the address remembers them', async () => {
  const page = await go('/map?lang=en', '.leaflet-marker-icon')
  await page.getByRole('button', { name: 'Air' }).click()
  await page.locator('[data-place="air:A1"]').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Stops', exact: true }).click()
  await expect.poll(() => page.locator('.leaflet-marker-icon .dot').count()).toBe(0)
  expect(new URL(page.url()).searchParams.get('kinds')).toBe('parking,charger,bus,air')
})

test('the map is not fetched before the list stands', async () => {
  const watched = await openPage(browser, `${city.url}/city`, WIDE, '[data-city]')
  open.push(watched)
  const loaded = await watched.page.evaluate(
    `performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('leaflet'))`,
  )
  expect(loaded).toEqual([])
})

test('two cities stand side by side from their public feeds, and one that does not answer says so', async () => {
  const page = await go('/city?lang=en', '[data-city="Бургас"]')
  const burgas = page.locator('[data-city="Бургас"]')
  await burgas.getByText(/ago$/).waitFor({ timeout: 90_000 })
  expect(await burgas.textContent()).toMatch(/on the road/)
  const own = page.locator('[data-city]').first()
  expect(await own.textContent()).toMatch(/free of \d+/)
  await page.locator('[data-city="Нийде"]').getByText('does not answer').waitFor({ timeout: 60_000 })
})

test('every open feed has a licence and an address that answers', async () => {
  const page = await go('/city?lang=en#data', '[data-feed]')
  const section = page.locator('#data')
  expect(await section.textContent()).toContain('licence CC0-1.0')
  const paths = await page
    .locator('[data-feed]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-feed') ?? ''))
  expect(paths.some((path) => path.endsWith('/gtfs.zip'))).toBe(true)
  const answers = await Promise.all(
    paths.map(async (path) => {
      const { status } = await fetch(`${city.url}${path.replace('=STOP', '=1201')}`)
      return status === 200 ? null : `${path}: ${status}`
    }),
  )
  expect(answers.filter((answer) => answer !== null)).toEqual([])
})
