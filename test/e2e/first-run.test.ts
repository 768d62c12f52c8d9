import { readdir, readFile } from 'node:fs/promises'
import { zipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser } from './browser.ts'
import { becomeAdmin, startOwnServer, type OwnServer } from './own-server.ts'

const CITY = new URL('../../examples/blagoevgrad/', import.meta.url)

let server: OwnServer
let browser: Browser

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startOwnServer(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** The example's timetable as an operator would hand it in: one zip. */
async function timetableZip(): Promise<Buffer> {
  const names = await readdir(new URL('gtfs/', CITY))
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(new URL(`gtfs/${name}`, CITY))] as const),
  )
  return Buffer.from(zipSync(Object.fromEntries(files.map(([name, content]) => [name, new Uint8Array(content)]))))
}

/** Hands a file in, reads what was found, and has it stored. */
async function handIn(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  const item = page.locator('details', { hasText: name }).first()
  await item.getByText('looked through, not stored yet').waitFor({ timeout: 60_000 })
  await item.getByRole('button', { name: 'Store it' }).click()
  await item.locator('summary', { hasText: /stored(?! yet)/ }).waitFor({ timeout: 120_000 })
}

test('from an empty server to a planned depot: link, password, fleet file, timetable', async () => {
  const { welcome } = server
  const visitor = await browser.newPage({ locale: 'bg' })
  await visitor.goto(welcome)
  await visitor.getByLabel('Имейл адрес').waitFor()
  expect(await accessibilityProblems(visitor)).toEqual([])
  await visitor.close()
  const { page, misdeeds, close } = await becomeAdmin(browser, welcome)

  // Signed in at once, and told what to begin with.
  await page.getByRole('heading', { name: 'No depot yet' }).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  // So do the settings that are about a depot.
  await page.getByRole('link', { name: 'Settings', exact: true }).first().click()
  await page.getByRole('link', { name: 'Tariffs' }).click()
  await page.getByRole('heading', { name: 'No depot yet' }).waitFor()
  await page.getByRole('link', { name: 'Hand in the fleet file' }).click()
  await page.waitForURL('**/settings/import')
  await handIn(page, 'fleet.json', await readFile(new URL('fleet.json', CITY)))
  await handIn(page, 'timetable.zip', await timetableZip())
  expect(await accessibilityProblems(page)).toEqual([])

  // Without loading the page anew: the depot has come to where its file was handed in.
  await page.getByRole('link', { name: 'Tariffs' }).click()
  await page.getByText('From the fleet file').first().waitFor()
  await page.getByRole('link', { name: 'Depot', exact: true }).first().click()
  await page.locator('[data-vehicle]').first().waitFor({ timeout: 60_000 })
  expect(await page.locator('[data-vehicle]').count()).toBe(6)
  // The timetable has become work: each bus knows its next block.
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(new URL('/api/v1/vehicles', welcome).href)
        const { items } = (await answer.json()) as { items: { next: { blockId: string } | null }[] }
        return items.filter((one) => one.next !== null).length
      },
      { timeout: 60_000 },
    )
    .toBe(6)
  expect(misdeeds).toEqual([])
  await close()

  // The link works once, and says so in the reader's language.
  const late = await browser.newContext({ locale: 'uk' })
  const again = await late.newPage()
  expect((await again.goto(welcome))?.status()).toBe(404)
  await again.getByText('вже використане').waitFor()
  await late.close()
})
