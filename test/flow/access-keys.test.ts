import { expect, test } from 'vitest'
import { invited, keyOf, OWN, signedIn } from './access-people.ts'
import { depotApi, EVENING, KEY } from './api-depot.ts'

test('a machine’s key has the rights of its role, until it is ended', async () => {
  const api = await depotApi()
  const { keyId, key } = await keyOf(api, 'manager')
  expect(key).toMatch(/^zk_\w{40,}$/)
  const change = () =>
    api.app.request('/api/v1/vehicles/bus-1', {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: '{"delaySeconds":60}',
    })
  expect((await change()).status).toBe(200)
  const listed = (await (await api.get('/api/v1/keys')).json()) as { items: object[] }
  expect(listed.items).toEqual([
    {
      keyId,
      name: 'manager key',
      start: key.slice(0, 6),
      role: 'manager',
      createdAt: EVENING.toISOString(),
      expiresAt: expect.any(String),
      lastUsedAt: EVENING.toISOString(),
      madeBy: null,
    },
  ])
  expect((await api.send('DELETE', `/api/v1/keys/${keyId}`)).status).toBe(204)
  expect((await change()).status).toBe(401)
  expect((await api.send('DELETE', `/api/v1/keys/${keyId}`)).status).toBe(404)
})

test('only a hash of a key is kept, and it ends when its time is over', async () => {
  const api = await depotApi()
  const { key } = await keyOf(api, 'viewer', 1)
  const kept = await api.db.selectFrom('auth_api_key').selectAll().execute()
  expect(JSON.stringify(kept)).not.toContain(key)
  const ask = async () =>
    (await api.app.request('/api/v1/vehicles', { headers: { Authorization: `Bearer ${key}` } })).status
  expect(await ask()).toBe(200)
  await api.db
    .updateTable('auth_api_key')
    .set({ expires_at: new Date(EVENING.getTime() + 60_000) })
    .execute()
  api.clock.now = new Date(EVENING.getTime() + 61_000)
  expect(await ask()).toBe(401)
})

test('a user’s keys end with the user', async () => {
  const api = await depotApi()
  await invited(api, 'admin', { email: 'first@depot.example' })
  const { userId, email } = await invited(api, 'admin', { email: 'second@depot.example' })
  const person = await signedIn(api, email)
  const made = await person.send('POST', '/api/v1/keys', { name: 'mine', role: 'viewer' })
  const { key } = (await made.json()) as { key: string }
  const ask = async () =>
    (await api.app.request('/api/v1/vehicles', { headers: { Authorization: `Bearer ${key}` } })).status
  expect(await ask()).toBe(200)
  await api.send('PATCH', `/api/v1/users/${userId}`, { disabled: true })
  expect(await ask()).toBe(401)
  await api.send('PATCH', `/api/v1/users/${userId}`, { disabled: false })
  expect(await ask()).toBe(200)
  expect((await api.send('DELETE', `/api/v1/users/${userId}`)).status).toBe(204)
  expect(await ask()).toBe(401)
  expect(await api.db.selectFrom('auth_api_key').select('id').execute()).toEqual([])
})

test('wrong keys of one address are counted for all processes together', async () => {
  const api = await depotApi()
  const { key } = await keyOf(api, 'viewer')
  const ask = async (text: string) =>
    (await api.app.request(`${OWN}/api/v1/vehicles`, { headers: { Authorization: `Bearer ${text}` } })).status
  const wrong = await Promise.all(Array.from({ length: 20 }, (_, n) => ask(`zk_guess${n}`)))
  expect(new Set(wrong)).toEqual(new Set([401]))
  expect(await ask(key)).toBe(429)
  expect(await ask(KEY)).toBe(429)
  api.clock.now = new Date(EVENING.getTime() + 61_000)
  expect(await ask(key)).toBe(200)
})

test('a key needs neither a page nor a cookie, and a made-up role may do nothing', async () => {
  const api = await depotApi()
  const { key, keyId } = await keyOf(api, 'admin')
  await api.db
    .updateTable('auth_api_key')
    .set({ permissions: JSON.stringify({ role: ['owner'] }) })
    .where('id', '=', keyId)
    .execute()
  const answer = await api.app.request('/api/v1/vehicles', { headers: { Authorization: `Bearer ${key}` } })
  expect(answer.status).toBe(403)
})

test('in the open demo a key shows what it may, on the product’s clock, and a wrong one is told apart from none', async () => {
  const api = await depotApi({ access: { adminKey: null, open: true } })
  const { key } = await keyOf(api, 'energy', 1)
  const ask = (bearer: string | null, init: RequestInit = {}) =>
    api.app.request('/api/v1/vehicles/bus-1', {
      ...init,
      headers: {
        ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
        'Content-Type': 'application/json',
      },
    })
  const change = { method: 'PATCH', body: '{"delaySeconds":60}' }
  expect((await ask(key)).status).toBe(200)
  expect((await ask(key, change)).status).toBe(403)
  expect((await ask(null, change)).status).toBe(200)
  expect((await ask(`${key}x`)).status).toBe(401)
})
