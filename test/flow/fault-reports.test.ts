import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { forgetFaultPhotos } from '../../db/fault-photos.ts'
import { faultReport } from '../../fleet-api/schemas/drivers.ts'
import { cookiesOf, invited, OWN, personOf, post, signedIn, type Person } from './access-people.ts'
import { body, depotApi, type TestApi } from './api-depot.ts'

const TORN = {
  subject: { kind: 'station', stationId: 'CP1', evseId: 2 },
  category: 'cable',
  usable: false,
  text: 'Обвивката е скъсана.',
}
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3)

async function driverBy(api: TestApi, vehicleId: string): Promise<Person> {
  const made = await api.send('POST', '/api/v1/driver-links', { vehicleId })
  const { token } = (await made.json()) as { token: string }
  return personOf(api, cookiesOf(await post(api, '/api/v1/driver-links/open', { token })))
}

const report = (person: Person, fault: object = TORN, id: string = randomUUID()) =>
  person.send('PUT', `/api/v1/fault-reports/${id}`, fault)

function sendPhoto(api: TestApi, person: Person, id: string, bytes: Uint8Array<ArrayBuffer>) {
  return api.app.request(`${OWN}/api/v1/fault-reports/${id}/photo`, {
    method: 'PUT',
    headers: { Cookie: person.cookie, Host: 'localhost', Origin: OWN, 'Content-Type': 'image/jpeg' },
    body: bytes,
  })
}

async function openAlerts(api: TestApi) {
  const { items } = (await (await api.get('/api/v1/alerts?open=true')).json()) as {
    items: { kind: string; severity: string; sentence: string; cause: string; stationId: string | null }[]
  }
  return items.filter((alert) => alert.kind === 'faultReported')
}

test('a fault that a driver reports is an alert at the depot until it is done, and again when it is opened anew', async () => {
  const api = await depotApi()
  const driver = await driverBy(api, 'bus-2')
  const told = await body(report(driver), faultReport)
  expect(told).toMatchObject({ subjectLabel: 'Charger 1', siteId: 'depot', reportedBy: 'bus-2', state: 'open' })
  const [alert] = await openAlerts(api)
  expect(alert).toMatchObject({ severity: 'act', stationId: 'CP1' })
  expect(alert?.sentence).toBe(
    'Charger 1, outlet 2: reported that cable or plug is damaged, and that it cannot be used.',
  )
  expect(alert?.cause).toContain('Обвивката е скъсана.')

  const settle = (change: object) => api.send('PATCH', `/api/v1/fault-reports/${told.reportId}`, change)
  const done = await body(settle({ state: 'done', answer: 'Нов кабел.' }), faultReport)
  expect(done).toMatchObject({ state: 'done', doneBy: 'ADMIN_KEY', answer: 'Нов кабел.' })
  expect(await openAlerts(api)).toEqual([])
  await settle({ state: 'open' })
  expect(await openAlerts(api)).toHaveLength(1)
  const events = await api.db.selectFrom('event').select('type').where('type', 'like', 'fault%').orderBy('id').execute()
  expect(events.map((event) => event.type)).toEqual(['faultReported', 'faultDone', 'faultReported'])
})

test('a report that is sent again is one report, and an id that is another’s is refused', async () => {
  const api = await depotApi()
  const [driver, other] = [await driverBy(api, 'bus-2'), await driverBy(api, 'bus-1')]
  const id = randomUUID()
  const answers = await Promise.all([report(driver, TORN, id), report(driver, TORN, id)])
  expect(answers.map((answer) => answer.status)).toEqual([200, 200])
  api.clock.now = new Date(api.clock.now.getTime() + 60_000)
  expect((await report(driver, TORN, id)).status).toBe(200)
  expect(await openAlerts(api)).toHaveLength(1)
  expect((await report(driver, { ...TORN, text: 'else' }, id)).status).toBe(409)
  expect((await report(other, TORN, id)).status).toBe(409)
})

test('a photo is taken by its first bytes, from whoever reported, once, and is shown to the depot as an image', async () => {
  const api = await depotApi()
  const [driver, other] = [await driverBy(api, 'bus-2'), await driverBy(api, 'bus-1')]
  const { reportId } = await body(report(driver), faultReport)
  expect((await sendPhoto(api, other, reportId, JPEG)).status).toBe(403)
  const script = new TextEncoder().encode('<svg onload="alert(1)"/>')
  expect((await sendPhoto(api, driver, reportId, script)).status).toBe(400)
  expect((await sendPhoto(api, driver, randomUUID(), JPEG)).status).toBe(404)
  const large = new Uint8Array(5 * 1024 * 1024 + 1)
  large.set(JPEG)
  expect((await sendPhoto(api, driver, reportId, large)).status).toBe(413)
  const photo = large.slice(0, 5 * 1024 * 1024)
  expect((await sendPhoto(api, driver, reportId, photo)).status).toBe(204)
  expect((await sendPhoto(api, driver, reportId, photo)).status).toBe(204)
  expect((await sendPhoto(api, driver, reportId, JPEG)).status).toBe(409)

  expect((await driver.get(`/api/v1/fault-reports/${reportId}/photo`)).status).toBe(403)
  const shown = await api.get(`/api/v1/fault-reports/${reportId}/photo`)
  expect(shown.headers.get('content-type')).toBe('image/jpeg')
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(photo)
  const [alert] = await openAlerts(api)
  expect(alert?.cause).toContain('There is a photo.')
})

test('a large body is taken as a photo only', async () => {
  const api = await depotApi()
  const driver = await driverBy(api, 'bus-2')
  const answer = await report(driver, { ...TORN, text: 'x'.repeat(2 * 1024 * 1024) })
  expect(answer.status).toBe(413)
})

test('what is reported must be there, and nobody floods the depot', async () => {
  const api = await depotApi()
  const driver = await driverBy(api, 'bus-2')
  expect((await report(driver, { ...TORN, subject: { kind: 'station', stationId: 'CP9' } })).status).toBe(404)
  expect((await report(driver, { ...TORN, subject: { kind: 'bay', siteId: 'depot', bayId: 'A1' } })).status).toBe(200)
  expect((await report(driver, { ...TORN, subject: { kind: 'vehicle', vehicleId: 'bus-2' } })).status).toBe(200)
  for (let n = 2; n < 30; n += 1) expect((await report(driver)).status).toBe(200)
  const refused = await report(driver)
  expect(refused.status).toBe(429)
  expect((await report(await driverBy(api, 'bus-1'))).status).toBe(200)
  api.clock.now = new Date(api.clock.now.getTime() + 3_700_000)
  expect((await report(driver)).status).toBe(200)
})

test('a report that waited on a phone says when it was seen, but never later than now', async () => {
  const api = await depotApi()
  const driver = await driverBy(api, 'bus-2')
  const seen = '2026-11-23T18:12:00.000Z'
  expect(await body(report(driver, { ...TORN, reportedAt: seen }), faultReport)).toMatchObject({
    reportedAt: seen,
    receivedAt: '2026-11-23T20:00:00.000Z',
  })
  const ahead = await body(report(driver, { ...TORN, reportedAt: '2027-01-01T00:00:00Z' }), faultReport)
  expect(ahead.reportedAt).toBe('2026-11-23T20:00:00.000Z')
})

test('the depot lists reports page by page, latest first, and a viewer settles none', async () => {
  const api = await depotApi()
  const driver = await driverBy(api, 'bus-2')
  const ids: string[] = []
  for (let n = 0; n < 3; n += 1) {
    api.clock.now = new Date(api.clock.now.getTime() + 60_000)
    ids.unshift((await body(report(driver), faultReport)).reportId)
  }
  const list = async (query: string) =>
    (await (await api.get(`/api/v1/fault-reports?siteId=depot&${query}`)).json()) as {
      items: { reportId: string }[]
      next: string | null
    }
  const first = await list('limit=2')
  const second = await list(`limit=2&cursor=${first.next}`)
  expect([...first.items, ...second.items].map((one) => one.reportId)).toEqual(ids)
  expect((await list('state=done')).items).toEqual([])
  const { email } = await invited(api, 'viewer')
  const viewer = await signedIn(api, email)
  expect((await viewer.get('/api/v1/fault-reports')).status).toBe(200)
  expect((await viewer.send('PATCH', `/api/v1/fault-reports/${ids[0]}`, { state: 'done' })).status).toBe(403)
  expect((await driver.get('/api/v1/fault-reports')).status).toBe(403)
})

test('photos of what is done are thrown away in time, the reports stay', async () => {
  const api = await depotApi()
  const driver = await driverBy(api, 'bus-2')
  const [done, open] = [await body(report(driver), faultReport), await body(report(driver), faultReport)]
  for (const { reportId } of [done, open]) expect((await sendPhoto(api, driver, reportId, JPEG)).status).toBe(204)
  await api.send('PATCH', `/api/v1/fault-reports/${done.reportId}`, { state: 'done' })
  expect(await forgetFaultPhotos(api.db, api.clock.now)).toBe(0)
  expect(await forgetFaultPhotos(api.db, new Date(api.clock.now.getTime() + 1))).toBe(1)
  expect((await api.get(`/api/v1/fault-reports/${done.reportId}/photo`)).status).toBe(404)
  expect((await api.get(`/api/v1/fault-reports/${open.reportId}/photo`)).status).toBe(200)
  expect(await body(api.get(`/api/v1/fault-reports/${done.reportId}`), faultReport)).toMatchObject({
    hasPhoto: false,
    state: 'done',
  })
})
