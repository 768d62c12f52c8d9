import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { zipSync } from 'fflate'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { smallFeed } from '../../scheduler/timetable/small-feed.ts'
import { accessibilityProblems, openBrowser, openPage, type WatchedPage } from './browser.ts'
import { ADMIN, becomeAdmin, startOwnServer, type OwnServer } from './own-server.ts'
import { untranslated } from './untranslated.ts'

/** What files, their fields, their things and their owner are called stays as it was written. */
const OWN =
  `${ADMIN.name} fleet.json second.json broken.json dirty.zip torn.zip agency colour trip_id sites vehicles vehicleTypes blagoevgrad
  bus-1 bus-2 bus-3 bus-4 bus-5 bus-6 bus-9`.split(/\s+/)
const FLEET = new URL('../../examples/blagoevgrad/fleet.json', import.meta.url)

let server: OwnServer
let browser: Browser
let reader: WatchedPage

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startOwnServer(), openBrowser()])
  const admin = await becomeAdmin(browser, server.welcome)
  const storageState = await admin.page.context().storageState()
  await admin.close()
  const address = new URL('/settings/import', server.welcome).href
  reader = await openPage(browser, address, { locale: 'bg', storageState }, '.drop')
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
afterEach(() => {
  expect(reader.misdeeds.splice(0)).toEqual([])
})

/** Hands a file in; resolves with its item in the list once it was looked through. */
async function handIn(name: string, content: Uint8Array | string): Promise<Locator> {
  const { page } = reader
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
  const item = page.locator('details', { hasText: name }).first()
  await item.locator('summary', { hasText: /прегледан|не може да се ползва/ }).waitFor({ timeout: 60_000 })
  return item
}

async function store(item: Locator): Promise<void> {
  await item.getByRole('button', { name: 'Запиши' }).click()
  await item.locator('summary', { hasText: /· записан/ }).waitFor({ timeout: 60_000 })
}

const dirtyFeed = (): Uint8Array =>
  zipSync(
    Object.fromEntries(
      smallFeed({
        'notes.txt': 'hello',
        'routes.txt': 'route_id,route_short_name,route_type,colour\nR,12,3,blue',
        'trips.txt': 'trip_id,route_id,service_id,block_id\nT1,R,WD,B1\nT1,R,WD,B1\nT2,R,NO,B1',
      }),
    ),
  )

test('files with mistakes are told of in Bulgarian throughout, and what can be used is stored', async () => {
  const { page } = reader
  // The house without a depot gets its first one while the next file is on its way, and what is under way here goes on.
  const sending = Promise.withResolvers<void>()
  await page.route('**/api/v1/info', async (route) => {
    await sending.promise
    await route.continue()
  })
  await store(await handIn('fleet.json', await readFile(FLEET)))
  await page.getByLabel('Какво са').selectOption('gtfs')
  await page.route('**/api/v1/imports?*', async (route) => {
    if (route.request().method() === 'POST') {
      sending.resolve()
      await page.locator('header .site', { hasText: 'Благоевград' }).waitFor()
    }
    await route.continue()
  })
  const dirty = await handIn('dirty.zip', dirtyFeed())
  await page.unrouteAll()
  expect(await page.getByLabel('Какво са').inputValue()).toBe('gtfs')
  await dirty.getByText('пропуснати са курсове с непознат календар').waitFor()
  await dirty.getByText('ред 4: T2: календар „NO“').waitFor()
  expect(await untranslated(page, OWN)).toEqual([])
  expect(await accessibilityProblems(page)).toEqual([])
  await store(dirty)
  await dirty.getByText('agency: курсове – 1, блокове – 1, спирки – 3.').waitFor()

  // Too little is left of it to tell what it is, but that was said above.
  const torn = await handIn('torn.zip', dirtyFeed().slice(0, 300))
  await torn.getByText('архивът е повреден: няма опис на файловете').waitFor()
  await page.getByLabel('Какво са').selectOption('guess')
  const broken = await handIn('broken.json', '{"sites": [{"id": "a b"}], "vehicles": []}')
  await broken.getByText('sites.0.id: само латински букви').waitFor()
  await broken.getByText('sites.0.name: Липсва стойност.').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  expect(await untranslated(page, OWN)).toEqual([])
})

test('a fleet file is taken back, and what came of it is told', async () => {
  const { page } = reader
  const fleet = JSON.parse(await readFile(FLEET, 'utf8')) as { vehicles: Record<string, unknown>[] }
  fleet.vehicles.push({ ...fleet.vehicles[0], id: 'bus-9', tokens: [] })
  // On a line where an answer takes longer than until the page looks again, what comes of it is seen all the same.
  await page.route('**/api/v1/imports?limit=*', async (route) => {
    const response = await route.fetch()
    await setTimeout(1_500)
    await route.fulfill({ response })
  })
  const second = await handIn('second.json', JSON.stringify(fleet))
  await page.unrouteAll()
  await second.getByText('превозно средство bus-9').waitFor()
  await store(second)

  await second.getByRole('button', { name: 'Отмени внасянето' }).click()
  await second.getByRole('button', { name: 'Наистина' }).click()
  const undone = page.locator('details', { hasText: 'Отмяна на second.json' }).first()
  await undone.locator('summary', { hasText: /· записан/ }).waitFor({ timeout: 60_000 })
  await undone.getByText('Както преди: 0, върнати: 0, премахнати: 1.').waitFor()
  expect(await second.getByRole('button', { name: 'Отмени внасянето' }).count()).toBe(0)
  expect(await untranslated(page, OWN)).toEqual([])
  const bus = await page.request.get(new URL('/api/v1/vehicles/bus-9', server.welcome).href)
  expect(bus.status()).toBe(404)
})
