import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { storeFleet } from '../../db/fleet.ts'
import { fleetFile } from '../../domain/fleet-file.ts'
import { bootRequest, connectCharger, type Charger } from '../support/charger.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { accessibilityProblems, openBrowser, openPage, type WatchedPage } from './browser.ts'

const WIDE = { viewport: { width: 1440, height: 1000 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const MANY = 500

let server: TestServer
let browser: Browser
let wsUrl: string
let chargers: Charger[] = []
let pages: WatchedPage[] = []
/** What a story provokes on purpose. */
let provoked: RegExp | null = null

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ stationPolicy: 'pending' }), openBrowser()])
  wsUrl = server.url.replace('http', 'ws')
  await storeFleet(server.db, fleetFile.parse(fleet()), new Date())
}, 400_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
afterEach(async () => {
  const misdeeds = pages.flatMap((one) => one.misdeeds).filter((one) => provoked === null || !provoked.test(one))
  await Promise.all([...pages.map((one) => one.close()), ...chargers.map((one) => one.close())])
  pages = []
  chargers = []
  provoked = null
  expect(misdeeds).toEqual([])
})

/** A depot with one limit below its connection, two bays, and as many buses as a large city has. */
function fleet() {
  return {
    sites: [
      {
        id: 'depot',
        name: 'Depot',
        timeZone: 'Europe/Sofia',
        latitude: 42,
        longitude: 23,
        nodes: [
          { id: 'grid', parentId: null, limitKw: 800, baseLoadKw: 20 },
          { id: 'feeder', parentId: 'grid', limitKw: 300 },
        ],
        stations: [],
        bays: [
          { id: 'A1', row: 0, column: 0 },
          { id: 'A2', row: 0, column: 1 },
        ],
      },
    ],
    vehicleTypes: [
      {
        id: 'solo',
        label: 'Solo 12 m',
        batteryCapacityKwh: 350,
        maxPowerKw: 150,
        taper: [
          [0, 150],
          [100, 20],
        ],
        consumptionKwhPerKm: [[10, 1.2]],
      },
    ],
    vehicles: Array.from({ length: MANY }, (_, i) => ({
      id: `bus-${i + 1}`,
      label: `Bus ${i + 1}`,
      siteId: 'depot',
      typeId: 'solo',
    })),
  }
}

async function open(path: string, options: BrowserContextOptions = WIDE): Promise<Page> {
  const watched = await openPage(browser, `${server.url}${path}`, options, 'main h1:not(.unseen)')
  pages.push(watched)
  return watched.page
}

/** A charger of OCPP 1.6 that behaves, with one outlet. */
async function charger(stationId: string, password?: string): Promise<Charger> {
  const made = await connectCharger({
    wsUrl,
    stationId,
    protocol: 'ocpp1.6',
    ...(password === undefined ? {} : { password }),
  })
  chargers.push(made)
  const boot = async (): Promise<void> => {
    const answer = await made.call('BootNotification', bootRequest('ocpp1.6'))
    if (answer['status'] !== 'Accepted') return
    const timestamp = new Date().toISOString()
    await made.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp })
  }
  made.onCall('TriggerMessage', (payload) => {
    if (payload['requestedMessage'] === 'BootNotification') setTimeout(() => void boot(), 50)
    return { status: 'Accepted' }
  })
  made.onCall('ChangeAvailability', () => ({ status: 'Accepted' }))
  made.onCall('GetConfiguration', () => ({
    configurationKey: [
      { key: 'HeartbeatInterval', readonly: false, value: '300' },
      { key: 'NumberOfConnectors', readonly: true, value: '1' },
    ],
  }))
  made.onCall('ChangeConfiguration', () => ({ status: 'Rejected' }))
  await boot()
  return made
}

test('a new charger is let in from nothing: its wrong password is shown with a hint, then it is approved, placed and tried', async () => {
  const page = await open('/chargers')
  await page.getByRole('link', { name: 'New charger' }).first().click()
  await page.getByLabel('Its id').fill('CP-NEW')
  await page.getByRole('button', { name: 'Take this id' }).click()
  expect(await page.locator('[data-address]').textContent()).toBe(`${wsUrl}/ocpp/CP-NEW`)
  await page.getByRole('button', { name: 'Ask for a password' }).click()
  const password = await page.locator('[data-step="1"] code').nth(1).textContent()
  expect(password).toMatch(/^[0-9a-f]{32}$/)

  await expect(charger('CP-NEW', 'not-the-password')).rejects.toThrow('401')
  const refused = page.locator('[data-outcome="passwordWrong"]')
  await refused.waitFor()
  expect(await refused.textContent()).toContain('Enter the password in the charger again')

  await charger('CP-NEW', password ?? '')
  const approve = page.locator('[data-step="3"]').getByRole('button', { name: 'Approve' })
  await approve.waitFor()
  expect(await page.locator('[data-step="2"]').textContent()).toContain('Test works')
  expect(await accessibilityProblems(page)).toEqual([])
  await approve.click()

  const place = page.locator('[data-step="4"]')
  await place.getByLabel('Most power, kW').fill('150')
  await place.getByLabel('Name').fill('Charger 7')
  await place.getByLabel('Under the limit of').selectOption('feeder')
  await place.getByLabel('Bay').selectOption('A1')
  await place.getByRole('button', { name: 'Save' }).click()

  const trial = page.locator('[data-step="5"]')
  await trial.getByRole('button', { name: 'Ask for its state' }).click()
  await expect.poll(() => trial.locator('[data-answer]').textContent()).toContain('the charger says Accepted')
  const told = (await (await fetch(`${server.url}/api/v1/stations/CP-NEW`)).json()) as object
  expect(told).toMatchObject({
    registration: 'accepted',
    siteId: 'depot',
    label: 'Charger 7',
    hasPassword: true,
    evses: [{ evseId: 1, maxPowerW: 150_000, nodeId: 'feeder' }],
  })
})

/** A charger that is known and approved already. */
async function knownCharger(stationId: string): Promise<Charger> {
  const body = JSON.stringify({ stationId, registration: 'accepted' })
  await fetch(`${server.url}/api/v1/stations`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  return charger(stationId)
}

test('commands show the charger’s own answer, and what the schema refuses', async () => {
  provoked = /422/
  await knownCharger('CP-2')
  const page = await open('/chargers/CP-2?show=commands')
  const commands = page.getByRole('region', { name: 'Commands' })
  await commands.getByRole('button', { name: 'Take all out of use' }).click()
  await expect.poll(() => commands.locator('[data-answer]').textContent()).toContain('the charger says Accepted')
  const call = page.getByRole('region', { name: 'Any OCPP action' })
  await call.getByLabel('Payload (JSON)').fill('{ "requestedMessage": "Nonsense" }')
  await call.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => call.locator('[data-answer]').textContent()).toMatch(/not done: .*requestedMessage/)
  await call.getByLabel('Payload (JSON)').fill('{ "requestedMessage": ')
  expect(await call.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
  expect(await call.textContent()).toContain('This is no JSON')
})

test('the configuration is asked for, and a change that the charger rejects says so', async () => {
  await knownCharger('CP-3')
  const page = await open('/chargers/CP-3?show=settings')
  await page.getByRole('button', { name: 'Ask it anew' }).click()
  const row = page.locator('[data-variable="HeartbeatInterval"]')
  await row.getByRole('button', { name: 'Change' }).click()
  await row.getByLabel('HeartbeatInterval').fill('60')
  await row.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => page.locator('[data-answer]').first().textContent())
    .toContain('the charger refuses: Rejected')
  expect(await page.locator('[data-variable="NumberOfConnectors"]').textContent()).toContain('read only')
})

test('the log finds a StopTransaction, and shows it in full', async () => {
  const station = await knownCharger('CP-4')
  const timestamp = new Date().toISOString()
  const { transactionId } = await station.call('StartTransaction', {
    connectorId: 1,
    idTag: 'X',
    meterStart: 0,
    timestamp,
  })
  await station.call('StopTransaction', { transactionId, meterStop: 4711, timestamp, reason: 'EVDisconnected' })
  const page = await open('/chargers/CP-4?show=log')
  await page.getByLabel('Search in the messages').fill('evdisconnected')
  const frames = page.locator('[data-frame]')
  await expect.poll(() => frames.count()).toBe(1)
  expect(await frames.first().getAttribute('data-frame')).toBe('StopTransaction')
  await frames.first().getByRole('button').click()
  expect(await frames.first().locator('pre').textContent()).toContain('"meterStop": 4711')
  expect(page.url()).toContain('text=evdisconnected')
})

test('five hundred vehicles are listed without drawing five hundred rows, and one is found by its name', async () => {
  const page = await open('/vehicles')
  await page.locator('tr[data-vehicle="bus-1"]').waitFor()
  expect(await page.locator('tr[data-vehicle]').count()).toBeLessThan(60)
  await page.evaluate("document.querySelector('main .scroll').scrollTo(0, 1e9)")
  await page.locator(`tr[data-vehicle="bus-${MANY}"]`).waitFor()
  await page.getByLabel('Name, line, bay or charger').fill('Bus 123')
  await expect.poll(() => page.locator('tr[data-vehicle]').count()).toBe(1)
  await page.getByRole('link', { name: 'Bus 123' }).click()
  await page.getByRole('heading', { name: 'Bus 123', level: 1 }).waitFor()
  await page.getByLabel('Charge as the dashboard shows it').fill('64')
  await page.getByRole('button', { name: 'Correct' }).click()
  await expect.poll(() => page.locator('main').textContent()).toContain('by hand')
})

test.each([
  ['wide, light, en', WIDE, 'light', 'en'],
  ['wide, dark, bg', WIDE, 'dark', 'bg'],
  ['phone, light, uk', PHONE, 'light', 'uk'],
  ['phone, dark, bg', PHONE, 'dark', 'bg'],
] as const)('axe finds nothing, and nothing hangs over the edge: %s', async (_, size, colorScheme, lang) => {
  await knownCharger('CP-5')
  const paths = ['/vehicles', '/vehicles/bus-1', '/chargers', '/chargers/CP-5', '/chargers/new?id=CP-6']
  for (const path of [
    ...paths,
    '/chargers/CP-5?show=log',
    '/chargers/CP-5?show=commands',
    '/chargers/CP-5?show=settings',
  ]) {
    const page = await open(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, { ...size, colorScheme })
    await page.waitForTimeout(500)
    expect({ path, problems: await accessibilityProblems(page) }).toEqual({ path, problems: [] })
    const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect({ path, over }).toEqual({ path, over: 0 })
    await page.context().close()
  }
})
