import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { accessibilityProblems, openBrowser, openPage, type WatchedPage } from './browser.ts'
import { startDemo, type RunningDemo } from './demo.ts'

const WIDE = { viewport: { width: 1440, height: 1000 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let demo: RunningDemo
let browser: Browser
let open: WatchedPage[] = []

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemo(), openBrowser()])
  // The weeks before are added up beside everything else.
  await vi.waitFor(async () => expect(await lastMonthWh()).toBeGreaterThan(5_000_000), {
    timeout: 110_000,
    interval: 1_000,
  })
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

/** The month that ended last, as `YYYY-MM`. */
function lastMonth(): string {
  const now = new Date()
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() - 1, 1)).toISOString().slice(0, 7)
}

async function lastMonthWh(): Promise<number> {
  const month = lastMonth()
  const days = Array.from({ length: 28 }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)
  const response = await fetch(`${demo.url}/api/v1/reports/energy?from=${days[0]}&to=${days[27]}&bucket=day`)
  const report = (await response.json()) as { rows: unknown[]; totals: { energyWh: number } }
  // Added up from the latest day on: when the month's first is there, all of it is.
  return report.rows.length < 27 ? 0 : report.totals.energyWh
}

async function energyPage(query = '', options: Parameters<typeof openPage>[2] = WIDE): Promise<Page> {
  const watched = await openPage(browser, demo.url, options)
  open.push(watched)
  await watched.page.goto(`${demo.url}/energy${query}`)
  await watched.page.locator('#summary').waitFor()
  return watched.page
}

const settled = async (page: Page): Promise<void> => {
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached', timeout: 60_000 })
}

async function contentOf(download: Download): Promise<Buffer> {
  return readFile(await download.path())
}

test('energy staff find last month’s peak and who made it, and export it', async () => {
  const watched = await openPage(browser, demo.url, { ...WIDE, acceptDownloads: true })
  open.push(watched)
  const { page } = watched
  await page.getByRole('navigation').getByRole('link', { name: 'Energy' }).click()
  await page.getByRole('button', { name: 'Last month' }).click()
  const peak = page.locator(`[data-peak="${lastMonth()}"]`)
  await peak.waitFor({ timeout: 60_000 })
  const sentence = (await peak.locator('summary').textContent()) ?? ''
  expect(sentence).toMatch(/Peak of \w+ \d{4}: 1[12]\d\.\d kW on/)
  expect(sentence).toMatch(/Charging just then: Bus \d/)
  const buses = await peak.locator('tbody th').allTextContents()
  expect(buses.some((name) => /^\s*Bus \d/.test(name))).toBe(true)

  const [csv] = await Promise.all([page.waitForEvent('download'), peak.getByRole('button', { name: /^CSV/ }).click()])
  expect(csv.suggestedFilename()).toBe(`zaryad-peak-${lastMonth()}.csv`)
  const text = (await contentOf(csv)).toString()
  expect(text.split('\r\n')[0]).toBe('Who,Charger,Session,"Mean power, kW","Energy, kWh","Share, %"')
  for (const name of buses) expect(text).toContain(name.trim())
  const [xlsx] = await Promise.all([page.waitForEvent('download'), peak.getByRole('button', { name: /^XLSX/ }).click()])
  const sheet = unzipSync(await contentOf(xlsx))['xl/worksheets/sheet1.xml'] ?? new Uint8Array()
  for (const name of buses) expect(strFromU8(sheet)).toContain(name.trim())

  // The address is the state: a colleague who opens it sees the same.
  const address = page.url()
  expect(address).toContain(`on=${lastMonth()}-01`)
  await page.reload()
  await peak.waitFor({ timeout: 60_000 })
  expect(await peak.locator('summary').textContent()).toBe(sentence)
})

test('the server’s own file of a table is one press away', async () => {
  const watched = await openPage(browser, demo.url, { ...WIDE, acceptDownloads: true })
  open.push(watched)
  const { page } = watched
  await page.goto(`${demo.url}/energy?period=month&on=${lastMonth()}-01&by=line`)
  const section = page.locator('#breakdown')
  await section.locator('tbody tr').first().waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), section.getByRole('link', { name: /^CSV/ }).click()])
  expect((await contentOf(file)).toString()).toContain('kWh/km (grid)')
})

test('a chart is read by arrow keys, and can be read as a table', async () => {
  const page = await energyPage(`?period=month&on=${lastMonth()}-01`)
  const chart = page.locator('#load').getByRole('slider')
  await chart.locator('canvas').waitFor({ timeout: 60_000 })
  await chart.focus()
  const reads = async (text: RegExp): Promise<void> => {
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(text)
  }
  await page.keyboard.press('Home')
  await reads(/ 1 \w+ 00:00, Whole connection [\d.]+ kW/)
  await page.keyboard.press('ArrowRight')
  await reads(/ 1 \w+ 00:15, /)
  await page.keyboard.press('ArrowRight')
  await reads(/ 1 \w+ 00:30, /)
  await page.keyboard.press('End')
  await reads(/ \d\d \w+ 23:45, /)
  await page.locator('#load').getByRole('button', { name: 'Table' }).click()
  await page.locator('#load').getByRole('table').first().waitFor()
  expect(page.url()).toContain('load=table')
})

test('where nothing was measured the page says so and why, and shows no nought', async () => {
  const page = await energyPage('?period=month&on=2024-02-01')
  await settled(page)
  const empty = page.locator('[data-empty]')
  await expect.poll(() => empty.count()).toBeGreaterThan(4)
  expect(await page.locator('#summary').textContent()).toContain('No charger’s meter told of any energy')
  expect(await page.locator('.energy').textContent()).not.toMatch(/€0\.00|\b0 kWh/)
})

test('a report is scheduled, tried, paused with a way back, and removed', async () => {
  const page = await energyPage()
  const section = page.locator('#schedules')
  await section.getByRole('button', { name: 'Add a report' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('For the town hall')
  await dialog.getByLabel('Address').fill('https://city.example.org/energy')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const row = section.locator('[data-schedule]', { hasText: 'For the town hall' })
  await row.waitFor()
  await row.getByRole('button', { name: 'Pause' }).click()
  await row.getByText('paused').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row.getByText('paused').waitFor({ state: 'detached' })
  await row.getByRole('button', { name: 'Deliveries' }).click()
  await row.getByText('Nothing has been sent yet.').waitFor()
  await row.getByRole('button', { name: 'Remove' }).click()
  await row.getByRole('button', { name: 'Remove' }).click()
  await section.getByText('No report is sent by itself yet').waitFor()
})

test('a month prints on two pages', async () => {
  const page = await energyPage(`?period=month&on=${lastMonth()}-01`)
  await settled(page)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(2)
})

const THEMES = ['light', 'dark'] as const
test.each(['en', 'bg', 'uk'].flatMap((lang) => THEMES.map((theme) => [lang, theme] as const)))(
  'axe finds nothing, and nothing hangs over the edge: %s, %s',
  async (lang, colorScheme) => {
    const look = async (size: BrowserContextOptions): Promise<void> => {
      const page = await energyPage(`?lang=${lang}&period=month&on=${lastMonth()}-01&cost=table`, {
        ...size,
        colorScheme,
      })
      await settled(page)
      expect(await accessibilityProblems(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
    }
    await Promise.all([WIDE, PHONE].map(look))
  },
)
