import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CLIENT, startOidcProvider, type OidcProvider } from '../support/oidc-provider.ts'
import { accessibilityProblems, openBrowser, openPage, problemsInBothThemes, type WatchedPage } from './browser.ts'
import { ADMIN, becomeAdmin, startOwnServer, type OwnServer } from './own-server.ts'
import { untranslated } from './untranslated.ts'

/** Names of people and their devices, and what they wrote. */
const OWN = [ADMIN.name, ADMIN.email, 'Chrome', 'Linux', 'Work laptop', 'blagoevgrad', 'PIN']
const NEW_PASSWORD = 'five words that nobody knows'

let provider: OidcProvider
let server: OwnServer
let browser: Browser
let admin: WatchedPage
/** By name: browsers know no passkeys for a bare address. */
let welcome: string
const at = (path: string): string => new URL(path, welcome).href

beforeAll(async () => {
  provider = await startOidcProvider()
  ;[server, browser] = await Promise.all([
    startOwnServer([['fleet', 'examples/blagoevgrad/fleet.json']], {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    }),
    openBrowser(),
  ])
  welcome = server.welcome.replace('127.0.0.1', 'localhost')
  admin = await becomeAdmin(browser, welcome)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await provider?.close()
})
afterEach(() => {
  expect(admin.misdeeds.splice(0)).toEqual([])
})

/** A device that can keep passkeys, and whose owner always agrees. */
async function giveAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function signOut(page: Page): Promise<void> {
  await page.locator('summary', { hasText: 'More' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

/** A sign-in page in a browser of its own. */
const stranger = (query = ''): Promise<WatchedPage> => openPage(browser, at(`/${query}`), {}, 'form')

async function signIn({ page }: WatchedPage, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(ADMIN.email)
  await page.getByLabel('Password or key').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('whoever is here finds their account, changes the password, and is told why when that is refused', async () => {
  const { page, misdeeds } = admin
  await page.locator('summary', { hasText: 'More' }).click()
  await page.getByRole('link', { name: `${ADMIN.name}: Your account` }).click()
  await page.waitForURL('**/settings/account')
  await page.getByText(ADMIN.email).waitFor()

  await page.getByLabel('Password until now').fill('not the one')
  await page.getByLabel('New password').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByRole('alert').filter({ hasText: 'The password is not right.' }).waitFor()
  expect(misdeeds.splice(0).every((one) => one.includes('400'))).toBe(true)

  // Another device is signed out by it, this one is not.
  const other = await stranger()
  await signIn(other, ADMIN.password)
  await other.page.locator('[data-vehicle]').first().waitFor()
  await page.getByLabel('Password until now').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('The password is changed.').waitFor()
  await other.page.reload()
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await other.close()
  await page.getByText(ADMIN.email).waitFor()
})

test('a passkey is added, named, signs in, and is removed', async () => {
  const { page, misdeeds } = admin
  await giveAuthenticator(page)
  await page.getByLabel('Name of the device').fill('Laptop')
  await page.getByRole('button', { name: 'Add a passkey for this device' }).click()
  await page.getByText('Laptop can now sign you in.').waitFor()
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Passkeys' }) })
  await card.getByRole('button', { name: 'Change' }).click()
  await card.getByLabel('New name of Laptop').fill('Work laptop')
  await card.getByRole('button', { name: 'Save' }).click()
  await card.getByText('Work laptop').waitFor()
  for (const language of ['bg', 'uk', 'en']) {
    await page.goto(at(`/settings/account?lang=${language}`))
    await page.getByText('Work laptop').waitFor()
    await page.getByText('Chrome, Linux').first().waitFor()
    if (language !== 'en') expect(await untranslated(page, OWN)).toEqual([])
    expect(await problemsInBothThemes(page)).toEqual([])
  }
  // The same device again.
  await page.getByRole('button', { name: 'Add a passkey for this device' }).click()
  await page.getByText('This device has a passkey here already.').waitFor()

  await signOut(page)
  await page.getByRole('button', { name: 'With a passkey' }).click()
  await page.getByText(ADMIN.email).waitFor()
  await card.getByRole('button', { name: 'Remove' }).click()
  await card.getByRole('button', { name: 'Really' }).click()
  await card.getByText('None yet.').waitFor()

  await signOut(page)
  await page.getByRole('button', { name: 'With a passkey' }).click()
  await page.getByRole('alert').filter({ hasText: 'This passkey is not known.' }).waitFor()
  expect(misdeeds.splice(0).every((one) => one.includes('401'))).toBe(true)
  await signIn(admin, NEW_PASSWORD)
  await page.getByText(ADMIN.email).waitFor()
})

test('sessions elsewhere are seen and ended', async () => {
  const { page } = admin
  const other = await stranger()
  await signIn(other, NEW_PASSWORD)
  await other.page.locator('[data-vehicle]').first().waitFor()
  await page.reload()
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Where you are signed in' }) })
  const elsewhere = card.getByRole('listitem').filter({ hasNotText: '· here' })
  await elsewhere.first().getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('Signed out there.').first().waitFor()
  await card.getByRole('listitem').nth(1).waitFor({ state: 'detached' })
  await other.page.reload()
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await other.close()
})

test('who comes through the organisation is told why not, and gets in once invited', async () => {
  const { page } = await stranger()
  await page.getByRole('button', { name: 'Through your organisation' }).click()
  await page.getByRole('alert').filter({ hasText: 'nobody has invited you here' }).waitFor()
  expect(new URL(page.url()).search).toBe('')
  expect(await accessibilityProblems(page)).toEqual([])

  const invited = await admin.page.request.post(at('/api/v1/users'), {
    data: { name: 'Anna', email: provider.person.email, role: 'driver', vehicleId: 'bus-1' },
    headers: { Origin: new URL(welcome).origin },
  })
  expect(invited.status()).toBe(201)
  await page.getByRole('button', { name: 'Through your organisation' }).click()
  // A driver gets their bus, and of the rest of the house their account alone.
  await page.waitForURL('**/driver')
  await page.getByRole('link', { name: 'Your account' }).click()
  await page.getByText(provider.person.email).waitFor()
  expect(await page.locator('.settings nav a').allTextContents()).toEqual(['Your account'])
  expect(await accessibilityProblems(page)).toEqual([])
  await page.locator('.settings').waitFor()
  await page.goto(at('/settings/people'))
  await page.waitForURL('**/driver')
  await page.context().close()
})

test('where an answer has lost its way, the first page says so in the reader’s language, and no more of the address than a code', async () => {
  for (const [language, query, said] of [
    ['bg', '?error=state_mismatch&error_description=Hello', 'Започнете отначало'],
    ['uk', `?error=${encodeURIComponent('call +1 555 now')}`, 'Відповідь організації неможливо використати'],
  ] as const) {
    const { page, close } = await openPage(browser, at(`/${query}`), { locale: language }, 'form')
    await page.getByRole('alert').filter({ hasText: said }).waitFor()
    expect(await page.locator('body').textContent()).not.toMatch(/Hello|555/)
    expect(await untranslated(page, [])).toEqual([])
    await close()
  }
})
