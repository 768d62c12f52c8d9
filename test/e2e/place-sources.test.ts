import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser, problemsInBothThemes, type WatchedPage } from './browser.ts'
import { ADMIN, becomeAdmin, startOwnServer, type OwnServer } from './own-server.ts'
import { untranslated } from './untranslated.ts'

let server: OwnServer
let browser: Browser
let admin: WatchedPage
/** Fields of a file are called as its makers call them. */
const MAPPING = ['name', 'title', 'capacity', 'spaces', 'free', 'spaces_free', 'time', 'updated', 'blagoevgrad']
const at = (path: string): string => new URL(path, server.welcome).href

beforeAll(async () => {
  ;[server, browser] = await Promise.all([
    // The city's server stands beside this one.
    startOwnServer([['fleet', 'examples/blagoevgrad/fleet.json']], { OUTBOUND: 'private' }),
    openBrowser(),
  ])
  admin = await becomeAdmin(browser, server.welcome)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
afterEach(() => {
  expect(admin.misdeeds.splice(0)).toEqual([])
})

test('a source of places is entered, told of when it brings nothing, mended, and gets a key for sensors', async () => {
  let good = false
  const properties = { parking_id: '1', title: 'At the market', total_lots: '50' }
  const feature = { type: 'Feature', geometry: { type: 'Point', coordinates: [23.09, 42.02] }, properties }
  const city = createServer((_, response) => {
    response.end(good ? JSON.stringify({ type: 'FeatureCollection', features: [feature] }) : '<html>')
  })
  await new Promise<void>((resolve) => city.listen(0, '127.0.0.1', resolve))
  try {
    const { page } = admin
    await page.goto(at('/settings/feeds'))
    await page.getByRole('button', { name: 'New source' }).click()
    await page.getByLabel('Short name').fill('car-parks')
    await page.getByLabel('Name for readers').fill('Car parks')
    await page
      .getByLabel('Address of the GeoJSON file')
      .fill(`http://127.0.0.1:${(city.address() as AddressInfo).port}/`)
    await page.getByLabel('Names of its fields').fill('{"name": ')
    await page.getByText('This is no JSON object.').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).first().isDisabled()).toBe(true)
    await page.getByLabel('Names of its fields').fill('{"name": "title"}')
    expect(await accessibilityProblems(page)).toEqual([])
    await page.locator('form', { hasText: 'Short name' }).getByRole('button', { name: 'Save' }).click()

    const row = page.getByRole('listitem').filter({ hasText: 'Car parks' })
    await row.getByText('the answer cannot be read').waitFor({ timeout: 90_000 })
    for (const language of ['bg', 'uk', 'en']) {
      await page.goto(at(`/settings/feeds?lang=${language}`))
      await row.locator('.failed').waitFor()
      // Its form, with what stands in it.
      await row.getByRole('button').first().click()
      if (language !== 'en')
        expect(await untranslated(page, [ADMIN.name, 'Car parks', 'car-parks', ...MAPPING])).toEqual([])
      expect(await problemsInBothThemes(page)).toEqual([])
    }
    await page.goto(at('/settings/feeds'))
    good = true
    await row.getByRole('button', { name: 'Change' }).click()
    await row.getByLabel('Licence').fill('CC0-1.0')
    await row.getByRole('button', { name: 'Save' }).click()
    await row.getByText('CC0-1.0').waitFor()
    await row.getByText('places: 1').waitFor({ timeout: 90_000 })
    await row.getByText('the answer cannot be read').waitFor({ state: 'detached' })
    const places = (await (await page.request.get(at('/api/v1/places?kind=parking'))).json()) as {
      items: { name: string }[]
    }
    expect(places.items.map((one) => one.name)).toEqual(['At the market'])

    await row.getByRole('button', { name: 'New key for sensors' }).click()
    await row.locator('.once code').waitFor()
    await row.getByText('keys: 1').waitFor()
    await row.getByRole('button', { name: 'End the keys' }).click()
    await row.getByRole('button', { name: 'Really' }).click()
    await row.getByText('keys: 1').waitFor({ state: 'detached' })
    await row.getByRole('button', { name: 'Remove' }).click()
    await row.getByRole('button', { name: 'Remove with all its places' }).click()
    await row.waitFor({ state: 'detached' })
  } finally {
    city.close()
  }
})
