import { gzipSync } from 'node:zlib'
import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { jobs } from '../../runtime/jobs.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterLine, placeAt } from '../support/line.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { accessibilityProblems, openBrowser, openPage, type WatchedPage } from './browser.ts'

const SCREEN = { viewport: { width: 1280, height: 720 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
/** 08:05 in Sofia; trip t1 left S0 at 08:00 and is due at S3 at 08:09. */
const START = Date.parse('2026-11-23T06:05:00Z')

let server: TestServer
let browser: Browser
let aheadMs = 0
let began = 0
let open: WatchedPage[] = []
const now = (): Date => new Date(START + aheadMs + (Date.now() - began))

beforeAll(async () => {
  began = Date.now()
  const db = await emptyDatabase()
  await enterLine(db, now(), [
    { id: 't1', from: '08:00', way: 'out' },
    { id: 't2', from: '08:20', way: 'back' },
    { id: 't3', from: '08:45', way: 'out' },
  ])
  const predict = jobs.filter((job) => job.name === 'predictArrivals')
  expect(predict).toHaveLength(1)
  // However long the database took to start, it is five past eight now.
  began = Date.now()
  ;[server, browser] = await Promise.all([startServer({ db, now, jobs: predict }), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

afterEach(async () => {
  const misdeeds = open.flatMap((one) => one.misdeeds)
  await Promise.all(open.map((one) => one.close()))
  open = []
  expect(misdeeds).toEqual([])
})

async function board(query = '?lang=en', options: Parameters<typeof openPage>[2] = SCREEN): Promise<Page> {
  const watched = await openPage(browser, `${server.url}/stop/S3${query}`, options, '[data-key]')
  open.push(watched)
  return watched.page
}

/** What bus-1 tells. */
async function tell(kilometres: number, more: object = {}): Promise<void> {
  const reading = { vehicleId: 'bus-1', at: now().toISOString(), ...placeAt(kilometres), ...more }
  const answer = await fetch(`${server.url}/api/v1/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ readings: [reading] }),
  })
  expect([answer.status, await answer.json()]).toEqual([200, { stored: 1, repeated: 0, refused: [] }])
}

/** Where bus-1 would be if it were on time: a kilometre in three minutes since eight. */
const onTimeKm = (): number => (now().getTime() - Date.parse('2026-11-23T06:00:00Z')) / 180_000

const row = (page: Page, trip: string) => page.locator(`[data-key*=" ${trip} "]`)

test('without a bus the board says SCHEDULED and shows clock times; with one it says LIVE and minutes', async () => {
  const page = await board()
  await page.locator('[data-mode="plan"]').waitFor()
  expect(await page.locator('[data-mode]').textContent()).toContain('SCHEDULED')
  expect(await row(page, 't1').locator('[role=cell]').nth(1).textContent()).toContain('08:09')
  expect(await row(page, 't1').getAttribute('data-status')).toBe('scheduled')
  await tell(onTimeKm())
  await page.locator('[data-mode="live"]').waitFor({ timeout: 5_000 })
  expect(await row(page, 't1').getAttribute('data-status')).toBe('onTime')
  expect(await row(page, 't1').textContent()).toMatch(/\d\s*min.*on time/s)
})

test('a bus is late, and the board says so within two seconds', async () => {
  const page = await board()
  await page.locator('[data-key*=" t1 "][data-status="onTime"]').waitFor()
  // Four minutes later the bus has hardly moved.
  const kilometres = onTimeKm() + 0.05
  aheadMs += 240_000
  await tell(kilometres)
  const told = performance.now()
  await page.locator('[data-key*=" t1 "][data-status="late"]').waitFor({ timeout: 10_000 })
  const tookMs = performance.now() - told
  console.info(`from the position to the board: ${Math.round(tookMs)} ms`)
  expect(tookMs).toBeLessThan(2_000)
  expect(await row(page, 't1').textContent()).toMatch(/late \+[345]/)
})

test('a bus whose battery will not last is cancelled with a sign, words and a reason, and so is its plain form', async () => {
  const page = await board('?lang=bg')
  await tell(2.2, { socPercent: 15 })
  const cancelled = page.locator('[data-key*=" t2 "][data-status="cancelled"]')
  await cancelled.waitFor({ timeout: 10_000 })
  expect(await cancelled.textContent()).toMatch(/ОТПАДА.*не го чакайте.*батерията/s)
  expect(await cancelled.locator('.status svg path').count()).toBe(1)
  expect(await cancelled.locator('s').first().textContent()).toBe('08:26')
  expect(await page.locator('[data-line]').textContent()).toContain('достатъчно енергия')

  const plain = await (await fetch(`${server.url}/stop/S3?plain&lang=bg`)).text()
  expect(plain).toContain('ОТПАДА, не го чакайте')
  expect(plain).toContain('<del>08:26</del>')
})

test('the plain form is read without script and shows the same departures', async () => {
  const page = await board('?lang=en')
  const shown = await page.locator('[data-key] .to').allInnerTexts()
  const watched = await openPage(
    browser,
    `${server.url}/stop/S3?plain&lang=en`,
    { ...SCREEN, javaScriptEnabled: false },
    'table',
  )
  open.push(watched)
  expect(await watched.page.locator('tbody tr td:nth-child(2)').allInnerTexts()).toEqual(shown)
  expect(await watched.page.locator('h1').innerText()).toBe('Stop 3')
})

test('Bulgarian and English take turns, and a passenger may hold one', async () => {
  const page = await board('?lang=bg,en&rotate=4')
  const heads = page.getByRole('columnheader').first()
  for (const word of ['Линия', 'Line']) await expect.poll(() => heads.textContent(), { timeout: 9_000 }).toBe(word)
  await page.getByRole('button', { name: 'Українська' }).click()
  expect(await heads.textContent()).toBe('Маршрут')
  expect(await page.evaluate('document.documentElement.lang')).toBe('uk')
})

test('script and style of the board are at most 60 kB, gzipped', async () => {
  const answers: Response[] = []
  const listen = (page: Page): Promise<void> => {
    page.on('response', (answer) => answers.push(answer))
    return Promise.resolve()
  }
  const watched = await openPage(browser, `${server.url}/stop/S3?lang=en`, SCREEN, '[data-key]', listen)
  open.push(watched)
  const files = answers.filter((answer) => /\.(js|css)$/.test(new URL(answer.url()).pathname))
  expect(files.length).toBeGreaterThan(1)
  const sizes = await Promise.all(files.map(async (answer) => gzipSync(await answer.body()).byteLength))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  console.info(`script and style of the board: ${(bytes / 1000).toFixed(1)} kB`)
  expect(bytes).toBeLessThanOrEqual(60_000)
})

test('a device without a voice says so', async () => {
  const page = await board()
  await page.keyboard.press('s')
  await expect.poll(() => page.locator('[data-line]').textContent(), { timeout: 5_000 }).toMatch(/no voice|cannot read/)
})

const looks = ['light', 'dark', 'lcd', 'led', 'epaper'].flatMap((look) =>
  ['bg', 'uk', 'en'].map((lang) => [look, lang]),
)
test.each(looks)('axe finds nothing on the board, and nothing scrolls: %s, %s', async (look, lang) => {
  const auto = look === 'light' || look === 'dark'
  const page = await board(`?lang=${lang}${auto ? '' : `&theme=${look}`}`, {
    ...SCREEN,
    colorScheme: look === 'dark' ? 'dark' : 'light',
  })
  expect(await accessibilityProblems(page)).toEqual([])
  expect(
    await page.evaluate(
      '[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]',
    ),
  ).toEqual([0, 0])
})

test.each([
  ['light', 'bg'],
  ['dark', 'uk'],
] as const)('the board in a hand and the search for stops are sound: %s, %s', async (colorScheme, lang) => {
  const page = await board(`?lang=${lang}`, { ...PHONE, colorScheme })
  expect(await accessibilityProblems(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
  const watched = await openPage(browser, `${server.url}/stops?lang=${lang}`, { ...PHONE, colorScheme }, '[data-stop]')
  open.push(watched)
  expect(await accessibilityProblems(watched.page)).toEqual([])
  expect(
    await watched.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  ).toBe(0)
})

test('a stop is found by a mistyped name, kept, and found again the next time', async () => {
  const watched = await openPage(browser, `${server.url}/stops?lang=en`, PHONE, '[data-stop]')
  open.push(watched)
  const { page } = watched
  await page.getByRole('searchbox').fill('stpo 4')
  await expect.poll(() => page.locator('[data-stop]').first().getAttribute('data-stop')).toBe('S4')
  await page.getByRole('button', { name: 'Keep Stop 4 among my stops' }).first().click()
  await page.getByRole('button', { name: 'QR and links of Stop 4' }).first().click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.goto(`${server.url}/stops?lang=en`)
  await page.getByRole('heading', { name: 'My stops' }).waitFor()
  await page.getByRole('link', { name: 'Stop 4' }).first().click()
  await page.waitForURL('**/stop/S4')
})

test('a stop is found on the map, which is fetched only then, and opened from the keyboard', async () => {
  const fetched: string[] = []
  const watched = await openPage(browser, `${server.url}/stops?lang=en`, PHONE, '[data-stop]', (page) => {
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
    return Promise.resolve()
  })
  open.push(watched)
  const { page } = watched
  expect(fetched.filter((path) => /leaflet|StopMap/i.test(path))).toEqual([])
  await page.getByRole('button', { name: 'Stops on the map' }).press('Enter')
  const sign = page.getByRole('button', { name: 'Stop 4', exact: true })
  await sign.waitFor()
  expect(fetched.filter((path) => /leaflet/i.test(path))).not.toEqual([])
  expect(await accessibilityProblems(page)).toEqual([])
  await sign.press('Enter')
  await page.waitForURL('**/stop/S4')
  await page.goBack()
  await sign.waitFor()
  await page.getByRole('button', { name: 'Hide the map' }).click()
  await sign.waitFor({ state: 'detached' })
})

// Last, for it takes the server away.
test('when the server goes silent the board says so loudly, and shows no minutes that could be wrong', async () => {
  await tell(2.4)
  const watched = await openPage(browser, `${server.url}/stop/S3?lang=en`, SCREEN, '[data-key]', (page) =>
    page.clock.install(),
  )
  const { page } = watched
  await page.locator('[data-mode="live"]').waitFor()
  await row(page, 't1').locator('.minutes, .now').waitFor()
  await server.close()
  await page.clock.runFor(95_000)
  await page.locator('[data-mode="stale"]').waitFor({ timeout: 10_000 })
  expect(await page.locator('.minutes, .now').count()).toBe(0)
  expect(await page.locator('[data-line]').textContent()).toMatch(/No news since \d\d:\d\d:\d\d.*last known/)
  await page.clock.runFor(600_000)
  // Notices and this take turns.
  const line = async (): Promise<string | null> => {
    await page.clock.runFor(2_000)
    return page.locator('[data-line]').textContent()
  }
  await expect.poll(line).toContain('those of the timetable')
  expect(await page.locator('[data-status="late"], [data-status="onTime"]').count()).toBe(0)
  await watched.close()
})
