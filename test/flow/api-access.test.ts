import { expect, test } from 'vitest'
import { issueSession } from '../../fleet-api/session-cookie.ts'
import { depotApi, emptyApi, EVENING, KEY } from './api-depot.ts'

const OWN = 'http://localhost'
const json = { 'Content-Type': 'application/json' }

test('without a key nothing of the depot is told, and the answer says how to get in', async () => {
  const { app } = await depotApi()
  const answer = await app.request('/api/v1/vehicles')
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({
    type: 'urn:zaryad:problem:signed-out',
    status: 401,
    requestId: answer.headers.get('x-request-id'),
  })
  const info = await (await app.request('/api/v1/info')).json()
  expect(info).toMatchObject({
    name: 'Zaryad',
    version: '0.0.0-test',
    now: EVENING.toISOString(),
    speed: 1,
    demo: false,
    signedIn: false,
    sites: [],
  })
})

test('the key opens everything, a wrong one nothing', async () => {
  const { app, get } = await depotApi()
  expect((await get('/api/v1/vehicles')).status).toBe(200)
  expect(await (await get('/api/v1/info')).json()).toMatchObject({
    signedIn: true,
    sites: [{ siteId: 'depot', name: 'Depot' }],
  })
  for (const wrong of ['', 'A-key-for-tests', `${KEY}x`, KEY.slice(1)]) {
    const answer = await app.request('/api/v1/vehicles', { headers: { Authorization: `Bearer ${wrong}` } })
    expect(answer.status).toBe(401)
  }
})

test('signing in gives a cookie that works until it ends, and no other can be made', async () => {
  const { app, clock } = await depotApi()
  const signedIn = await app.request('/api/v1/session', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ key: KEY }),
  })
  expect(signedIn.status).toBe(200)
  const header = signedIn.headers.get('set-cookie') ?? ''
  expect(header).toMatch(/HttpOnly/i)
  expect(header).toMatch(/SameSite=Strict/i)
  expect(header).not.toContain(KEY)
  const cookie = header.split(';')[0] ?? ''
  const with_ = async (value: string) => (await app.request('/api/v1/vehicles', { headers: { Cookie: value } })).status
  expect(await with_(cookie)).toBe(200)

  const later = cookie.replace(/v1\.\d+/, `v1.${Math.floor(EVENING.getTime() / 1000) + 10 * 365 * 86_400}`)
  expect(await with_(later)).toBe(401)
  expect(await with_(`zaryad_session=${await issueSession('another key', new Date('2030-01-01'))}`)).toBe(401)
  expect(await with_('zaryad_session=nonsense')).toBe(401)
  clock.now = new Date(EVENING.getTime() + 31 * 86_400_000)
  expect(await with_(cookie)).toBe(401)
})

test('behind TLS the cookie is for TLS only', async () => {
  const { app } = await emptyApi()
  const answer = await app.request('/api/v1/session', {
    method: 'POST',
    headers: { ...json, 'X-Forwarded-Proto': 'https' },
    body: JSON.stringify({ key: KEY }),
  })
  expect(answer.headers.get('set-cookie')).toMatch(/Secure/i)
})

test('signing out takes the cookie away', async () => {
  const { app } = await emptyApi()
  const answer = await app.request('/api/v1/session', { method: 'DELETE' })
  expect(answer.status).toBe(204)
  expect(answer.headers.get('set-cookie')).toMatch(/Max-Age=0/)
})

test('a cookie changes things from our own pages only', async () => {
  const { app } = await depotApi()
  const Cookie = `zaryad_session=${await issueSession(KEY, new Date(EVENING.getTime() + 60_000))}`
  const change = async (headers: Record<string, string>) =>
    (
      await app.request(`${OWN}/api/v1/vehicles/bus-1`, {
        method: 'PATCH',
        headers: { ...json, Host: 'localhost', Cookie, ...headers },
        body: JSON.stringify({ delaySeconds: 60 }),
      })
    ).status
  expect(await change({ Origin: OWN })).toBe(200)
  expect(await change({ 'Sec-Fetch-Site': 'same-origin', Origin: 'https://depot.example' })).toBe(200)
  expect(await change({})).toBe(403)
  expect(await change({ Origin: 'https://evil.example' })).toBe(403)
  expect(await change({ Origin: 'null' })).toBe(403)
  expect(await change({ Origin: 'http://localhost.evil.example' })).toBe(403)
  expect(await change({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
  expect(await change({ Authorization: `Bearer ${KEY}`, Origin: 'https://evil.example' })).toBe(200)
})

test('after twenty wrong keys in a minute every further one is turned away, the right one too; a minute later it works', async () => {
  const { app, get, clock } = await depotApi()
  const signIn = (key: string) =>
    app.request('/api/v1/session', { method: 'POST', headers: json, body: JSON.stringify({ key }) })
  for (let n = 0; n < 20; n += 1) expect((await signIn(`guess ${n}`)).status).toBe(401)
  const limited = await signIn(KEY)
  expect(limited.status).toBe(429)
  expect(Number(limited.headers.get('retry-after'))).toBe(60)
  expect(await limited.json()).toMatchObject({ type: 'urn:zaryad:problem:too-many-requests' })
  expect((await get('/api/v1/vehicles')).status).toBe(429)
  clock.now = new Date(clock.now.getTime() + 61_000)
  expect((await signIn(KEY)).status).toBe(200)
})

test('in the open demo everybody may read and change, but no other site’s page may', async () => {
  const { app } = await depotApi({ access: { adminKey: null, open: true } })
  expect((await app.request('/api/v1/vehicles')).status).toBe(200)
  expect(await (await app.request('/api/v1/info')).json()).toMatchObject({ signedIn: true })
  const body = JSON.stringify({ delaySeconds: 60 })
  const change = (headers: Record<string, string>) =>
    app.request('/api/v1/vehicles/bus-1', { method: 'PATCH', headers: { ...json, ...headers }, body })
  expect((await change({})).status).toBe(200)
  expect((await change({ Origin: 'https://evil.example' })).status).toBe(403)
})

test('a server without a key lets nobody in, and says why', async () => {
  const { app } = await emptyApi({ access: { adminKey: null, open: false } })
  const answer = await app.request('/api/v1/vehicles', { headers: { Authorization: 'Bearer undefined' } })
  expect(answer.status).toBe(401)
  expect((await app.request('/api/v1/session', { method: 'POST', headers: json, body: '{"key":"null"}' })).status).toBe(
    401,
  )
  expect(await (await app.request('/api/v1/vehicles')).json()).toMatchObject({
    detail: expect.stringContaining('ADMIN_KEY'),
  })
})

test('answers carry security headers and a request id, and are kept in no cache', async () => {
  const { get } = await depotApi()
  const { headers } = await get('/api/v1/vehicles')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-request-id')).toMatch(/^[\w-]{20,}$/)
})

test('an error that nobody foresaw is told to the log with the request’s id, and to the caller without any detail', async () => {
  const { app, lines, get } = await depotApi({
    gateway: { send: () => Promise.reject(new Error('secret of the house')) },
  })
  const answer = await app.request('/api/v1/stations/CP1/commands', {
    method: 'POST',
    headers: { ...json, Authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ type: 'remoteStart', idToken: 'PRIVATE-TOKEN' }),
  })
  expect(answer.status).toBe(500)
  expect(await answer.json()).toEqual({
    type: 'urn:zaryad:problem:internal',
    title: 'Something went wrong on our side',
    status: 500,
    code: 'problem_internal',
    values: {},
    requestId: answer.headers.get('x-request-id'),
  })
  expect(lines.find((line) => line.level === 'error')?.fields).toMatchObject({
    requestId: answer.headers.get('x-request-id'),
  })
  await get('/api/v1/tokens?cursor=WyJhIl0')
  expect(JSON.stringify(lines)).not.toMatch(/PRIVATE-TOKEN|cursor|a-key-for-tests/)
})

test('a body that is too large is refused', async () => {
  const { send } = await emptyApi()
  const answer = await send('PUT', '/api/v1/prices?series=x', { source: 'x'.repeat(3_000_000), slots: [] })
  expect(answer.status).toBe(413)
  expect(await answer.json()).toMatchObject({ type: 'urn:zaryad:problem:body-too-large' })
})

test('a path that leads nowhere is a problem of its own kind', async () => {
  const { get } = await emptyApi()
  const answer = await get('/api/v1/nowhere')
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({
    type: 'urn:zaryad:problem:not-found',
    detail: 'GET /api/v1/nowhere leads nowhere.',
  })
})
