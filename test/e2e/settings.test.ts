import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser, openPage, type WatchedPage } from './browser.ts'
import { becomeAdmin, startOwnServer, type OwnServer } from './own-server.ts'

let server: OwnServer
let browser: Browser
let admin: WatchedPage

beforeAll(async () => {
  ;[server, browser] = await Promise.all([
    startOwnServer([['fleet', 'examples/blagoevgrad/fleet.json']]),
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

const at = (path: string): string => new URL(path, server.welcome).href

async function section(name: string): Promise<Page> {
  await admin.page.goto(at(`/settings/${name}`))
  await admin.page.locator('.section h2').first().waitFor()
  return admin.page
}

test('a limit is lowered, planned for, and put back by undo', async () => {
  const page = await section('site')
  const limit = page.getByRole('spinbutton', { name: 'Grid connection: Limit, kW' })
  expect(await limit.inputValue()).toBe('130')
  await limit.fill('111.5')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText('The limits are set').waitFor()
  const limitW = async (): Promise<number | undefined> => {
    const answer = await page.request.get(at('/api/v1/sites/blagoevgrad'))
    const { nodes } = (await answer.json()) as { nodes: { parentId: string | null; limitW: number }[] }
    return nodes.find((node) => node.parentId === null)?.limitW
  }
  expect(await limitW()).toBe(111_500)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(limitW).toBe(130_000)
})

test('a tariff is begun from the one in force, holds from its day, and is removed', async () => {
  const page = await section('tariffs')
  await page.getByRole('button', { name: 'Begin from this' }).click()
  await page.getByLabel('From (first day)').fill('2099-01-01')
  await page.getByLabel('Monthly peak, €/kW').fill('6.25')
  await page.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('listitem').filter({ hasText: '2099-01-01' })
  await row.getByText('peak €6.25 per kW and month').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await row.getByRole('button', { name: 'Remove' }).click()
  await row.waitFor({ state: 'detached' })
})

test('what the supply contract emits is entered, counts, and is taken out and put back', async () => {
  const page = await section('carbon')
  await page.getByText('No market-based factor').waitFor()
  await page.getByRole('button', { name: 'New factor' }).click()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByLabel('Emissions, g CO₂e/kWh').fill('12')
  await page.getByLabel('Source').fill('Supplier, guarantees of origin')
  await page.getByRole('button', { name: 'Save' }).click()
  const row = page.locator('[data-factor="market"]')
  await row.getByText('in force').waitFor()
  await row.getByText('12 g/kWh').waitFor()
  expect(await page.getByText('No market-based factor').count()).toBe(0)
  await row.getByRole('button', { name: 'Remove' }).click()
  await row.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await row.getByText('Supplier, guarantees of origin').waitFor()
})

test('a vehicle type is changed, and undone', async () => {
  const page = await section('vehicle-types')
  await page.getByRole('button', { name: 'Change' }).first().click()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByLabel('Usable battery, kWh').fill('150')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('150 kWh').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('140 kWh').waitFor()
})

test('somebody is invited as a viewer, chooses a password, and sees no more than a viewer may', async () => {
  const page = await section('people')
  await page.getByLabel('Name').fill('Боян')
  await page.getByLabel('E-mail address').fill('boyan@depot.example')
  await page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('viewer')
  await page.getByRole('button', { name: 'Invite' }).click()
  const link = (await page.locator('.once code').textContent()) ?? ''
  expect(await accessibilityProblems(page)).toEqual([])

  const { page: his, misdeeds, close } = await openPage(browser, link, { locale: 'bg' }, 'form')
  await his.getByLabel(/^Парола/).fill('нещо дълго и мое')
  await his.getByRole('button', { name: 'Продължи' }).click()
  await his.getByRole('link', { name: 'Депо' }).first().waitFor()
  // Of the settings there is what a viewer may read, and nothing of other people.
  await his.goto(at('/settings'))
  await his.getByRole('navigation', { name: 'Настройки' }).getByRole('link', { name: 'Тарифи' }).waitFor()
  expect(await his.getByRole('link', { name: 'Хора и роли' }).count()).toBe(0)
  expect(await his.getByRole('button', { name: 'Нов тариф' }).count()).toBe(0)
  await his.goto(at('/settings/people'))
  await his.getByText('Нямате достъп до тази страница').first().waitFor()
  expect(await his.getByText('ana@depot.example').count()).toBe(0)
  expect((await his.request.get(at('/api/v1/users'))).status()).toBe(403)
  expect(misdeeds).toEqual([])

  // Switched off, he is out at once.
  await page.getByRole('listitem').filter({ hasText: 'boyan@' }).getByRole('button', { name: 'Switch off' }).click()
  await expect.poll(async () => (await his.request.get(at('/api/v1/vehicles'))).status()).toBe(401)
  await close()
})

test('a key is told once, opens the API, and ends', async () => {
  const page = await section('keys')
  await page.getByLabel('What for').fill('Board at the station')
  await page.getByRole('button', { name: 'Make the key' }).click()
  const key = (await page.locator('.once code').textContent()) ?? ''
  const asked = async (): Promise<number> =>
    (await fetch(at('/api/v1/vehicles'), { headers: { authorization: `Bearer ${key}` } })).status
  expect(await asked()).toBe(200)
  const row = page.getByRole('listitem').filter({ hasText: 'Board at the station' })
  await row.getByRole('button', { name: 'End it' }).click()
  await row.getByRole('button', { name: 'Really' }).click()
  await row.waitFor({ state: 'detached' })
  expect(await asked()).toBe(401)
})

test('an address inside the own network is refused with the reason, and the audit log has told all of this', async () => {
  const page = await section('webhooks')
  await page.getByLabel('Address').fill('https://10.0.0.1/hook')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByText('of a private network').first().waitFor()
  // The refusal is what was wanted.
  expect(admin.misdeeds.splice(0).filter((one) => !/400/.test(one))).toEqual([])

  await section('audit')
  for (const action of ['changeSite', 'putTariff', 'inviteUser', 'makeKey'])
    await page.getByText(action, { exact: true }).first().waitFor()
  const limit = page.getByRole('row').filter({ hasText: 'limit_w' }).first()
  expect(await limit.textContent()).toMatch(/Ana.*limit_w.*111500\s*→\s*130000/s)
  expect(await page.locator('main').textContent()).not.toContain(ANY_SECRET)
})
const ANY_SECRET = 'нещо дълго и мое'
