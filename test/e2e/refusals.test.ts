import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage, type WatchedPage } from './browser.ts'
import { ADMIN, becomeAdmin, startOwnServer, type OwnServer } from './own-server.ts'
import { latinWords } from './untranslated.ts'

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

const at = (path: string): string => new URL(path, server.welcome).href

async function section(name: string, language: string): Promise<Page> {
  await admin.page.goto(at(`/settings/${name}?lang=${language}`))
  await admin.page.locator('.section h2').first().waitFor()
  return admin.page
}

/** The newest toast, when it says `part`. */
async function toast(page: Page, part: string): Promise<string> {
  const one = page.locator('.toasts').getByText(part).last()
  await one.waitFor()
  return (await one.textContent()) ?? ''
}

test('taking the last admin out is refused in Bulgarian and in Ukrainian', async () => {
  for (const [language, remove, sure, said] of [
    ['bg', 'Премахни', 'Наистина', 'Това е последният администратор.'],
    ['uk', 'Вилучити', 'Справді', 'Це останній адміністратор.'],
  ] as const) {
    const page = await section('people', language)
    const row = page.getByRole('listitem').filter({ hasText: ADMIN.email })
    await row.getByRole('button', { name: remove }).click()
    await row.getByRole('button', { name: sure }).click()
    expect(latinWords(await toast(page, said), [])).toEqual([])
  }
})

test('an address inside the own network is refused in Bulgarian, without the name of the field', async () => {
  const page = await section('webhooks', 'bg')
  await page.getByLabel('Адрес').fill('https://10.0.0.1/hook')
  await page.getByRole('button', { name: 'Добави' }).click()
  const text = await toast(page, 'частна мрежа')
  expect(latinWords(text, [])).toEqual([])
  expect(text).not.toContain('body')
})

test('wrong passwords are refused in Bulgarian, and at last so is trying', async () => {
  const { page, close } = await openPage(browser, at('/?lang=bg'), { locale: 'bg' }, 'form')
  await page.getByLabel('Имейл адрес').fill('nobody@depot.example')
  await page.getByLabel('Парола или ключ').fill('wrong')
  const problem = page.getByRole('alert').first()
  await page.getByRole('button', { name: 'Вход' }).click()
  await page.getByText('Данните не са верни.').waitFor()
  for (let i = 0; i < 8; i++) {
    await page.getByRole('button', { name: 'Вход' }).click()
    await page.locator('form button.first:enabled').waitFor()
  }
  await page.getByText('Твърде много грешни опити').waitFor()
  expect(latinWords((await problem.textContent()) ?? '', [])).toEqual([])
  await close()
})
