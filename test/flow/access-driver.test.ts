import { expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { liveChanges, station } from '../../fleet-api/schemas/depot.ts'
import { cookiesOf, invited, OWN, personOf, post, signedIn } from './access-people.ts'
import { depotApi, EVENING, openSession, type TestApi } from './api-depot.ts'

/** bus-1 charges at CP1/1 with a card, bus-2 stands at CP1/2. */
async function charging(): Promise<TestApi> {
  const api = await depotApi()
  await api.db.updateTable('station').set({ connected: true, vendor: 'Secretive', firmware_version: '9' }).execute()
  for (const [evse_id, vehicle_id] of [
    [1, 'bus-1'],
    [2, 'bus-2'],
  ] as const) {
    await api.db
      .updateTable('evse')
      .set({ vehicle_id, vehicle_source: 'token', plugged_in: true, power_w: 43_210, power_at: EVENING })
      .where('station_id', '=', 'CP1')
      .where('evse_id', '=', evse_id)
      .execute()
    await api.db
      .insertInto('connector')
      .values({
        station_id: 'CP1',
        evse_id,
        connector_id: 1,
        type: null,
        status: evse_id === 1 ? 'charging' : 'suspendedEv',
        error_code: null,
        error_info: null,
        status_at: EVENING,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['station_id', 'evse_id', 'connector_id'])
          .doUpdateSet({ status: evse_id === 1 ? 'charging' : 'suspendedEv' }),
      )
      .execute()
  }
  await openSession(api, { vehicleId: 'bus-1' })
  return api
}

async function driverOf(api: TestApi, vehicleId: string) {
  const { email } = await invited(api, 'driver', { vehicleId })
  return signedIn(api, email)
}

test('a driver sees the own vehicle and no other', async () => {
  const api = await charging()
  const driver = await driverOf(api, 'bus-2')
  const list = (await (await driver.get('/api/v1/vehicles')).json()) as { items: { vehicleId: string }[] }
  expect(list.items.map((one) => one.vehicleId)).toEqual(['bus-2'])
  expect((await driver.get('/api/v1/vehicles/bus-2')).status).toBe(200)
  expect((await driver.get('/api/v1/vehicles/bus-1')).status).toBe(403)
  expect((await driver.get('/api/v1/vehicles/%62us-1')).status).toBe(403)
  expect((await driver.get('/api/v1/vehicles/bus-1/soc')).status).toBe(403)
  const from = encodeURIComponent('2026-11-23T00:00:00Z')
  const blocks = await driver.get(`/api/v1/blocks?from=${from}`)
  const work = (await blocks.json()) as { items: { vehicleId: string | null }[] }
  expect(work.items.length).toBeGreaterThan(0)
  expect(new Set(work.items.map((one) => one.vehicleId))).toEqual(new Set(['bus-2']))
  for (const path of [
    '/api/v1/sites',
    '/api/v1/alerts',
    '/api/v1/plans',
    '/api/v1/tokens',
    '/api/v1/users',
    '/api/v1/audit',
  ])
    expect({ path, status: (await driver.get(path)).status }).toEqual({ path, status: 403 })
})

test('of other people’s charging a driver sees free or busy, and all of the own', async () => {
  const api = await charging()
  const driver = await driverOf(api, 'bus-2')
  const text = await (await driver.get('/api/v1/stations')).text()
  expect(text).not.toMatch(/Secretive|bus-1|TAG-1/)
  const { items } = JSON.parse(text) as { items: z.infer<typeof station>[] }
  const [other, own] = station.parse(items[0]).evses
  expect(other).toMatchObject({ pluggedIn: true, vehicleId: null, powerW: null, sessionNumber: null })
  expect(other?.connectors.map((one) => one.status)).toEqual(['occupied'])
  expect(own).toMatchObject({ vehicleId: 'bus-2', powerW: 43_210 })
  expect(own?.connectors.map((one) => one.status)).toEqual(['suspendedEv'])
  expect(await (await driver.get('/api/v1/stations/CP1')).text()).not.toMatch(/Secretive|bus-1/)

  expect(await (await driver.get('/api/v1/sessions')).json()).toMatchObject({ items: [] })
  expect((await driver.get('/api/v1/sessions/1')).status).toBe(403)
  const ownDriver = await personOfBus1(api)
  const sessions = (await (await ownDriver.get('/api/v1/sessions')).json()) as { items: object[] }
  expect(sessions.items).toHaveLength(1)
  expect((await ownDriver.get('/api/v1/sessions/1')).status).toBe(200)
})

test('when the line to a charger is cut a driver is told unknown, not the last word', async () => {
  const api = await charging()
  const driver = await driverOf(api, 'bus-3')
  await api.db.updateTable('station').set({ connected: false }).where('id', '=', 'CP1').execute()
  const seen = station.parse(await (await driver.get('/api/v1/stations/CP1')).json())
  expect(seen.evses.flatMap((evse) => evse.connectors.map((one) => one.status))).toEqual(['unknown', 'unknown'])
})

test('the live stream of a driver holds the own vehicle and free or busy', async () => {
  const api = await charging()
  const driver = await driverOf(api, 'bus-2')
  const stream = await driver.get('/api/v1/events')
  const reader = stream.body?.getReader()
  let text = ''
  while (!/event: snapshot\ndata: .*\n\n/.test(text)) text += new TextDecoder().decode((await reader?.read())?.value)
  const data = /event: snapshot\ndata: (.*)\n\n/.exec(text)?.[1] ?? ''
  await api.db.updateTable('vehicle').set({ soc_percent: 33 }).where('id', '=', 'bus-1').execute()
  await api.db.updateTable('vehicle').set({ soc_percent: 66 }).where('id', '=', 'bus-2').execute()
  while (!/event: changes\ndata: .*66.*\n\n/.test(text)) text += new TextDecoder().decode((await reader?.read())?.value)
  await reader?.cancel()
  const snapshot = liveChanges.parse(JSON.parse(data))
  expect(snapshot).toMatchObject({ sites: [], sessions: [], alerts: [], plans: [] })
  expect(snapshot.vehicles.map((one) => one.vehicleId)).toEqual(['bus-2'])
  expect(snapshot.stations.map((one) => one.stationId)).toEqual(['CP1', 'CP2'])
  expect(text).not.toMatch(/bus-1|Secretive|TAG-1/)
})

test('a driver’s link opens one vehicle for a shift, and what is not ours opens nothing', async () => {
  const api = await charging()
  const made = await api.send('POST', '/api/v1/driver-links', { vehicleId: 'bus-2' })
  expect(made.status).toBe(201)
  const { link, token } = (await made.json()) as { link: string; token: string }
  expect(link).toBe(`${OWN}/driver#${token}`)
  const open = (text: string) => post(api, '/api/v1/driver-links/open', { token: text })
  const opened = await open(token)
  expect(await opened.json()).toMatchObject({ vehicleId: 'bus-2', expiresAt: '2026-11-24T12:00:00.000Z' })
  expect(opened.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/i)
  const driver = personOf(api, cookiesOf(opened))
  expect(await (await driver.get('/api/v1/me')).json()).toMatchObject({
    kind: 'link',
    role: 'driver',
    vehicleId: 'bus-2',
  })
  expect((await driver.get('/api/v1/vehicles/bus-2')).status).toBe(200)
  expect((await driver.get('/api/v1/vehicles/bus-1')).status).toBe(403)
  expect((await driver.get('/api/v1/sites')).status).toBe(403)

  expect((await open(token.replace(/^\d+/, '9999999999'))).status).toBe(404)
  const cookieText = driver.cookie.split('=')[1] ?? ''
  expect((await open(cookieText)).status).toBe(404)
  expect((await personOf(api, `zaryad_driver=${token}`).get('/api/v1/vehicles/bus-2')).status).toBe(401)
  api.clock.now = new Date(EVENING.getTime() + 17 * 3_600_000)
  expect((await driver.get('/api/v1/vehicles/bus-2')).status).toBe(401)
  api.clock.now = new Date(EVENING.getTime() + 31 * 86_400_000)
  expect((await open(token)).status).toBe(404)
})

test('a link of a bay opens the vehicle that stands there', async () => {
  const api = await charging()
  const make = (bayId: string) => api.send('POST', '/api/v1/driver-links', { bay: { siteId: 'depot', bayId } })
  const { token } = (await (await make('A2')).json()) as { token: string }
  const open = () => post(api, '/api/v1/driver-links/open', { token })
  expect(await (await open()).json()).toMatchObject({ vehicleId: 'bus-2' })
  await api.db.updateTable('evse').set({ vehicle_id: null }).execute()
  expect((await open()).status).toBe(409)
  expect((await make('Z9')).status).toBe(404)
  expect(
    (await api.send('POST', '/api/v1/driver-links', { vehicleId: 'bus-2', bay: { siteId: 'depot', bayId: 'A1' } }))
      .status,
  ).toBe(400)
})

test('a link that is revoked opens nothing, and ends what it has opened; the others stay', async () => {
  const api = await charging()
  const made = async (vehicleId: string) =>
    (await (await api.send('POST', '/api/v1/driver-links', { vehicleId })).json()) as { linkId: string; token: string }
  const [lost, kept] = [await made('bus-2'), await made('bus-2')]
  const open = async (token: string) => post(api, '/api/v1/driver-links/open', { token })
  const [finder, driver] = [
    personOf(api, cookiesOf(await open(lost.token))),
    personOf(api, cookiesOf(await open(kept.token))),
  ]
  expect((await finder.get('/api/v1/vehicles/bus-2')).status).toBe(200)
  expect((await finder.send('DELETE', `/api/v1/driver-links/${kept.linkId}`)).status).toBe(403)
  expect((await api.send('DELETE', `/api/v1/driver-links/${lost.linkId}`)).status).toBe(204)
  expect((await finder.get('/api/v1/vehicles/bus-2')).status).toBe(401)
  expect((await open(lost.token)).status).toBe(404)
  expect((await driver.get('/api/v1/vehicles/bus-2')).status).toBe(200)
  expect((await api.send('DELETE', '/api/v1/driver-links/no-such-link')).status).toBe(404)
  const { items } = (await (await api.get('/api/v1/audit?action=revokeDriverLink')).json()) as { items: object[] }
  expect(items).toMatchObject([{ subjectKind: 'driverLink', subjectId: lost.linkId }])
})

test('links are listed with who made them and what opens them, and the same link is always the same text', async () => {
  const api = await charging()
  const answer = await api.send('POST', '/api/v1/driver-links', { bay: { siteId: 'depot', bayId: 'A2' } })
  const made = (await answer.json()) as { linkId: string; link: string; token: string; expiresAt: string }
  const list = async (query = '') =>
    (await (await api.get(`/api/v1/driver-links${query}`)).json()) as { items: { link: string | null }[] }
  expect((await list()).items).toEqual([
    {
      linkId: made.linkId,
      label: 'A2',
      vehicleId: null,
      bay: { siteId: 'depot', bayId: 'A2' },
      link: made.link,
      madeBy: 'ADMIN_KEY',
      createdAt: '2026-11-23T20:00:00.000Z',
      expiresAt: made.expiresAt,
      revokedAt: null,
      lastUsedAt: null,
    },
  ])
  await post(api, '/api/v1/driver-links/open', { token: made.token })
  expect((await list()).items).toMatchObject([{ lastUsedAt: '2026-11-23T20:00:00.000Z' }])
  await api.send('DELETE', `/api/v1/driver-links/${made.linkId}`)
  expect((await list()).items).toMatchObject([{ link: null, revokedAt: '2026-11-23T20:00:00.000Z' }])
  expect((await list('?usable=true')).items).toEqual([])
})

test('a driver is told the bays, and the time zone that the clock on the wall shows', async () => {
  const api = await charging()
  const driver = await driverOf(api, 'bus-2')
  const { items } = (await (await driver.get('/api/v1/sites/depot/bays')).json()) as { items: object[] }
  expect(items).toMatchObject([{ bayId: 'A1', stationId: 'CP1', evseId: 1 }, { bayId: 'A2' }])
  expect((await driver.get('/api/v1/sites/nowhere/bays')).status).toBe(404)
  expect(await (await driver.get('/api/v1/info')).json()).toMatchObject({ sites: [{ timeZone: 'Europe/Sofia' }] })
})

async function personOfBus1(api: TestApi) {
  const { email } = await invited(api, 'driver', { vehicleId: 'bus-1', email: 'driver-1@depot.example' })
  return signedIn(api, email)
}
