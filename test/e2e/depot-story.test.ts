import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser, openPage, type WatchedPage } from './browser.ts'
import { startDemo, type RunningDemo } from './demo.ts'

/** The manager's night: what is told, and what is done about it by hand. */
const WIDE = { viewport: { width: 1440, height: 1000 } }

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
  await demo.trouble(null)
  const misdeeds = open.flatMap((one) => one.misdeeds)
  await Promise.all(open.map((one) => one.close()))
  open = []
  expect(misdeeds).toEqual([])
})

async function depotPage(locale = 'en-GB'): Promise<Page> {
  const watched = await openPage(browser, demo.url, { ...WIDE, locale })
  open.push(watched)
  return watched.page
}

interface Vehicle {
  vehicleId: string
  label: string
  stationId: string | null
  bayId: string | null
  inService: boolean
  next: { blockId: string; date: string; pullOutAt: string } | null
}

async function vehicles(): Promise<Vehicle[]> {
  const { items } = (await (await fetch(`${demo.url}/api/v1/vehicles`)).json()) as { items: Vehicle[] }
  return items
}
const vehicle = async (label: string): Promise<Vehicle> => {
  const found = (await vehicles()).find((one) => one.label === label)
  if (found === undefined) throw new Error(`There is no ${label}.`)
  return found
}

async function openBus(page: Page, label: string) {
  await page.locator('[data-bay][data-vehicle]', { hasText: label }).first().click()
  const dialog = page.getByRole('dialog', { name: label })
  await dialog.waitFor()
  return dialog
}

const stories = [
  {
    locale: 'en-GB',
    alert: /not (make|plugged)/,
    give: 'Give the block to',
    submit: 'Give',
    undo: 'Undo',
    done: 'now goes to',
  },
  {
    locale: 'bg',
    alert: /не е включен|няма да е готов/,
    give: 'Дай блока на',
    submit: 'Дай',
    undo: 'Отмени',
    done: 'вече е на',
  },
]

test.each(stories)(
  'bus 5 is not plugged in: the manager gives its block to bus 2 ($locale)',
  async ({ locale, alert, give, submit, undo, done }) => {
    const page = await depotPage(locale)
    await demo.trouble({ kind: 'notPluggedIn', vehicleId: 'bus-5', minutes: 600 })
    const told = page.locator('[data-alert="notPluggedIn"], [data-alert="needNotMet"]', { hasText: 'Bus 5' }).first()
    await told.waitFor({ timeout: 120_000 })
    expect(await told.textContent()).toMatch(alert)

    const block = (await vehicle('Bus 5')).next
    expect(block).not.toBeNull()
    const dialog = await openBus(page, 'Bus 5')
    await dialog.getByLabel(give).selectOption('bus-2')
    await dialog.getByRole('button', { name: submit, exact: true }).click()
    await page.getByText(done).first().waitFor()
    const holder = async (): Promise<string | null> => {
      const blocks = (await (await fetch(`${demo.url}/api/v1/blocks?date=${block?.date}`)).json()) as {
        items: { blockId: string; date: string; vehicleId: string | null }[]
      }
      return blocks.items.find((one) => one.blockId === block?.blockId && one.date === block.date)?.vehicleId ?? null
    }
    await expect.poll(holder).toBe('bus-2')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: undo }).first().click()
    await expect.poll(holder).toBe('bus-5')
  },
)

test('a need set by hand, and charging now, stand where they were set and can be taken back', async () => {
  const page = await depotPage()
  await expect.poll(async () => (await vehicle('Bus 2')).next !== null, { timeout: 60_000 }).toBe(true)
  const dialog = await openBus(page, 'Bus 2')
  await dialog.getByLabel('Needed at pull-out, %').fill('97')
  await dialog.getByLabel('Needed at pull-out, %').press('Enter')
  await dialog.getByText('Needs 97 % as set by hand').waitFor({ timeout: 30_000 })
  // An hour earlier than its work begins.
  const { pullOutAt = '' } = (await vehicle('Bus 2')).next ?? {}
  const time = (at: number): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Sofia', timeStyle: 'short' }).format(at)
  const earlier = time(Date.parse(pullOutAt) - 3_600_000)
  await dialog.getByLabel('Leaves at').fill(earlier)
  await dialog.getByLabel('Leaves at').press('Enter')
  await dialog
    .getByText(`Leaves at ${earlier} as set by hand; its work begins at ${time(Date.parse(pullOutAt))}`)
    .waitFor({ timeout: 30_000 })
  await dialog.getByRole('button', { name: 'Charge now' }).click()
  await dialog.getByText('Charges now, ahead of price').waitFor({ timeout: 30_000 })
  expect(await accessibilityProblems(page)).toEqual([])
  while ((await dialog.getByRole('button', { name: 'As planned' }).count()) > 0) {
    const left = await dialog.getByRole('button', { name: 'As planned' }).count()
    await dialog.getByRole('button', { name: 'As planned' }).first().click()
    await expect
      .poll(() => dialog.getByRole('button', { name: 'As planned' }).count(), { timeout: 30_000 })
      .toBeLessThan(left)
  }
})

test('a bay, and a bus out of service, are set by hand and undone', async () => {
  const page = await depotPage()
  const before = await vehicle('Bus 4')
  const dialog = await openBus(page, 'Bus 4')
  await dialog.getByLabel('Its bay').selectOption({ index: 0 })
  await expect.poll(async () => (await vehicle('Bus 4')).bayId).toBeNull()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect.poll(async () => (await vehicle('Bus 4')).bayId).toBe(before.bayId)
  const again = await openBus(page, 'Bus 4')
  await again.getByLabel('In service').uncheck()
  await expect.poll(async () => (await vehicle('Bus 4')).inService).toBe(false)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(async () => (await vehicle('Bus 4')).inService).toBe(true)
})

test('a charging point is taken out of order with a reason, and put back', async () => {
  const page = await depotPage()
  await page.locator('button.post').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('It is out of order…').first().click()
  await dialog.getByLabel('Why, in a few words').first().fill('The cable is torn')
  await dialog.getByRole('button', { name: 'Take out of order' }).first().click()
  await dialog.getByText('The cable is torn').waitFor({ timeout: 30_000 })
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'It works again' }).click()
  await dialog.getByText('The cable is torn').waitFor({ state: 'detached', timeout: 30_000 })
})

test('the list is searched, filtered and sorted, and the address remembers it', async () => {
  const page = await depotPage()
  await page.getByRole('button', { name: 'List' }).click()
  await page.locator('[data-row]').first().waitFor()
  await page.getByRole('button', { name: 'Vehicle' }).click()
  const labels = (): Promise<string[]> => page.locator('[data-row] th').allInnerTexts()
  expect(new URL(page.url()).searchParams.get('sort')).toBe('label')
  await page.reload()
  await page.locator('[data-row]').first().waitFor({ timeout: 30_000 })
  expect((await labels()).length).toBeGreaterThan(0)
})
