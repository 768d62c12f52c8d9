import { expect, test } from 'vitest'
import { CLIENT, startOidcProvider } from '../support/oidc-provider.ts'
import { cookiesOf, invited, OWN, PASSWORD, post, signedIn } from './access-people.ts'
import { depotApi, KEY } from './api-depot.ts'

test('a new password that is easy to guess is refused, as it is when a link is opened', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const viewer = await signedIn(api, email)
  for (const newPassword of ['aaaaaaaaaaaaaaaa', `my ${email} again`]) {
    const answer = await viewer.send('POST', '/api/auth/change-password', { currentPassword: PASSWORD, newPassword })
    expect([newPassword, answer.status]).toEqual([newPassword, 400])
  }
  expect((await signedIn(api, email)).cookie).not.toBe('')
})

test('signing in through the identity provider is in the audit log', async () => {
  const provider = await startOidcProvider()
  const api = await depotApi({ auth: { secret: null, publicUrl: OWN, oidc: { issuer: provider.issuer, ...CLIENT } } })
  await api.send('POST', '/api/v1/users', { name: 'Anna', email: 'anna@city.example', role: 'energy' })
  const begun = await post(api, '/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' })
  const { url } = (await begun.json()) as { url: string }
  const back = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? ''
  const answer = await api.app.request(back, { headers: { Cookie: cookiesOf(begun), Host: 'localhost' } })
  expect(answer.headers.getSetCookie().join()).toMatch(/session_token=[^;]/)
  await provider.close()
  const entries = (await (await api.get('/api/v1/audit?subjectKind=userSession')).json()) as {
    items: { action: string; before: unknown; after: unknown }[]
  }
  expect(entries.items).toMatchObject([{ action: 'auth/callback/oidc', before: null }])
  expect(JSON.stringify(entries)).not.toContain(
    /session_token=([^.;]+)/.exec(answer.headers.getSetCookie().join())?.[1],
  )
})

test('the cookie of a session that is renewed goes with no answer that a cache between may keep', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const viewer = await signedIn(api, email)
  // As if begun two days ago: the next request renews it.
  await api.db
    .updateTable('auth_session')
    .set({ expires_at: new Date(Date.now() + 5 * 86_400_000), updated_at: new Date(Date.now() - 2 * 86_400_000) })
    .execute()
  const renewed = await viewer.get('/api/v1/lines')
  expect(renewed.status).toBe(200)
  expect(renewed.headers.getSetCookie().join()).toMatch(/session_token=[^;]/)
  expect(renewed.headers.get('cache-control')).toBe('private, no-store')
  const quiet = await viewer.get('/api/v1/lines')
  expect(quiet.headers.getSetCookie()).toEqual([])
  expect(quiet.headers.get('cache-control')).toBe('public, max-age=300')
})

test('what OCPI tells depends on who asks, so no cache may keep it', async () => {
  const api = await depotApi()
  for (const answer of [await api.get('/ocpi/versions'), await api.app.request('/ocpi/2.2.1/locations')])
    expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('the keys that an admin made end when the admin is none any more', async () => {
  const api = await depotApi()
  await invited(api, 'admin', { email: 'first@depot.example' })
  const { userId, email } = await invited(api, 'admin', { email: 'second@depot.example' })
  const second = await signedIn(api, email)
  const made = await second.send('POST', '/api/v1/keys', { name: 'back door', role: 'admin' })
  const { key } = (await made.json()) as { key: string }
  const byKey = () => api.app.request(`${OWN}/api/v1/users`, { headers: { Authorization: `Bearer ${key}` } })
  expect((await byKey()).status).toBe(200)
  expect((await api.send('PATCH', `/api/v1/users/${userId}`, { role: 'viewer' })).status).toBe(200)
  expect((await byKey()).status).toBe(401)
})

test.each([
  ['JSON', 'application/json', '{"token":"x"}'],
  ['a broken form', 'multipart/form-data; boundary=x', '--y\r\n'],
  ['no type', 'text/plain', 'token=x'],
])('the page of a link takes a form and calls nothing else (%s) its own fault', async (_, type, body) => {
  const api = await depotApi()
  const headers = { 'Content-Type': type, Origin: OWN, Host: 'localhost' }
  const answer = await api.app.request(`${OWN}/welcome`, { method: 'POST', headers, body })
  expect(answer.status).toBe(400)
})

test.each([
  [
    'a place’s properties',
    'PUT',
    '/api/v1/places/manual:deep',
    (deep: string) => `{"kind":"building","name":"x","latitude":42,"longitude":23,"properties":{"a":${deep}}}`,
  ],
  [
    'a feature',
    'PUT',
    '/api/v1/place-sources/deep/geojson',
    (deep: string) =>
      `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[23,42]},"properties":{"id":"1","name":"x","data":${deep}}}]}`,
  ],
  ['telemetry', 'POST', '/api/v1/telemetry', (deep: string) => `{"readings":[${deep}]}`],
  ['a tariff', 'PUT', '/api/v1/sites/depot/tariffs/2026-01-01', (deep: string) => `{"tariff":${deep}}`],
  ['a password', 'POST', '/api/auth/change-password', (deep: string) => `{"newPassword":${deep}}`],
])('JSON nested half a million deep in %s is no failure of ours', async (_, method, path, bodyOf) => {
  const api = await depotApi()
  await api.send('PUT', '/api/v1/place-sources/deep', { kind: 'parking', name: 'Deep' })
  for (const deep of ['['.repeat(500_000) + ']'.repeat(500_000), '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)]) {
    const answer = await api.app.request(`${OWN}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${KEY}`, Host: 'localhost' },
      body: bodyOf(deep),
    })
    expect(answer.status).toBeLessThan(500)
  }
})

test('of a sign-on that is under way the database keeps only the hash of its state', async () => {
  const provider = await startOidcProvider()
  const api = await depotApi({ auth: { secret: null, publicUrl: OWN, oidc: { issuer: provider.issuer, ...CLIENT } } })
  const begun = await post(api, '/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' })
  await provider.close()
  const state = new URL(((await begun.json()) as { url: string }).url).searchParams.get('state') ?? ''
  expect(state.length).toBeGreaterThan(20)
  const kept = await api.db.selectFrom('auth_verification').selectAll().execute()
  expect(kept).toHaveLength(1)
  expect(kept[0]).toHaveProperty('identifier', expect.not.stringContaining(state))
})

test('one caller cannot take all live streams from the others', { timeout: 60_000 }, async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const greedy = await signedIn(api, email)
  const other = await signedIn(api, (await invited(api, 'energy')).email)
  const open = []
  for (let time = 0; time < 100; time += 1) open.push(await greedy.get('/api/v1/events'))
  expect(open.every((stream) => stream.status === 200)).toBe(true)
  const refused = await greedy.get('/api/v1/events')
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('30')
  expect((await api.get('/api/v1/events')).status).toBe(200)
  const others = await other.get('/api/v1/events')
  expect(others.status).toBe(200)
  await others.body?.cancel()
  await open.pop()?.body?.cancel()
  const again = await greedy.get('/api/v1/events')
  expect(again.status).toBe(200)
  for (const stream of [...open, again]) await stream.body?.cancel()
})

test('the query of a source’s address, where a key may stand, is for those who may change it', async () => {
  const api = await depotApi()
  const url = 'https://city.example/parking.geojson?key=hush'
  expect((await api.send('PUT', '/api/v1/place-sources/city', { name: 'City', kind: 'parking', url })).status).toBe(200)
  const urls = async (get: (path: string) => Promise<Response>) =>
    ((await (await get('/api/v1/place-sources')).json()) as { items: { url: string }[] }).items.map((one) => one.url)
  expect(await urls(async (path) => api.get(path))).toEqual([url])
  const viewer = await signedIn(api, (await invited(api, 'viewer')).email)
  expect(await urls(viewer.get)).toEqual(['https://city.example/parking.geojson'])
})
