import { expect, test } from 'vitest'
import { forgetOldAccess } from '../../db/forget-access.ts'
import { linkAddress, makeSetupLink } from '../../fleet-api/auth/one-time-links.ts'
import { cookiesOf, invited, OWN, PASSWORD, personOf, post, signedIn, signIn, tokenOf } from './access-people.ts'
import { depotApi, emptyApi, EVENING } from './api-depot.ts'

test('the set-up link makes the first admin, once', async () => {
  const api = await emptyApi()
  const secret = await makeSetupLink(api.db, EVENING)
  if (secret === null) throw new Error('no link')
  const link = linkAddress(OWN, secret)
  const shown = await api.app.request(link)
  expect(shown.status).toBe(200)
  expect(shown.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await shown.text()).toContain('You are the first')
  const me = { name: 'Ана', email: 'Ana@Depot.example' }
  const both = await Promise.all(
    ['', '!'].map((end) =>
      post(api, '/api/v1/links/accept', { token: tokenOf(link), ...me, password: PASSWORD + end }),
    ),
  )
  expect(both.map((answer) => answer.status).toSorted()).toEqual([204, 404])
  expect((await api.app.request(link)).status).toBe(404)
  expect(await makeSetupLink(api.db, EVENING)).toBeNull()
  const password = both[0]?.status === 204 ? PASSWORD : `${PASSWORD}!`
  const answer = await signIn(api, 'ana@depot.example', password)
  expect(answer.status).toBe(200)
  const ana = personOf(api, cookiesOf(answer))
  expect(await (await ana.get('/api/v1/me')).json()).toMatchObject({ kind: 'user', role: 'admin', name: 'Ана' })
})

test('the set-up link lapses, a newer one ends the older, and only its hash is kept', async () => {
  const api = await emptyApi()
  const [older, newer] = [await makeSetupLink(api.db, EVENING), await makeSetupLink(api.db, EVENING)]
  const accept = (token: string | null) =>
    post(api, '/api/v1/links/accept', { token, name: 'A', email: 'a@depot.example', password: PASSWORD })
  expect((await accept(older)).status).toBe(404)
  const kept = await api.db.selectFrom('auth_link').selectAll().execute()
  expect(JSON.stringify(kept)).not.toContain(newer)
  api.clock.now = new Date(EVENING.getTime() + 25 * 3_600_000)
  expect((await accept(newer)).status).toBe(404)
})

test('the page of a link works as a plain form, and says what is wrong', async () => {
  const api = await emptyApi()
  const token = (await makeSetupLink(api.db, EVENING)) ?? ''
  const submit = (fields: Record<string, string>) =>
    api.app.request(`${OWN}/welcome`, { method: 'POST', headers: { Origin: OWN }, body: new URLSearchParams(fields) })
  const weak = await submit({ token, name: 'Ana', email: 'ana@depot.example', password: 'aaaaaaaaaaaaaaaa' })
  expect(weak.status).toBe(400)
  expect(await weak.text()).toContain('at least 12 characters')
  // A browser sends a form only where the page's policy lets it.
  expect(weak.headers.get('content-security-policy')).toContain("form-action 'self'")
  const good = await submit({ token, name: 'Ana', email: 'ana@depot.example', password: PASSWORD })
  expect(good.status).toBe(303)
  const me = await personOf(api, cookiesOf(good)).get('/api/v1/me')
  expect(await me.json()).toMatchObject({ kind: 'user', role: 'admin', name: 'Ana' })
  expect((await signIn(api, 'ana@depot.example')).status).toBe(200)
})

test('nobody can sign up, and of better-auth only what we serve is there', async () => {
  const api = await emptyApi()
  const before = await api.db.selectFrom('auth_user').select('id').execute()
  for (const path of ['/sign-up/email', '/api-key/create', '/update-user', '/delete-user', '/reset-password', '/ok'])
    expect((await post(api, `/api/auth${path}`, { name: 'x', email: 'x@x.example', password: PASSWORD })).status).toBe(
      404,
    )
  expect(await api.db.selectFrom('auth_user').select('id').execute()).toEqual(before)
})

test('who has tried wrong passwords before gets through the link all the same, and signs in when the lock is over', async () => {
  const api = await emptyApi()
  const token = (await makeSetupLink(api.db, EVENING)) ?? ''
  for (let i = 0; i < 8; i += 1) await signIn(api, 'ana@depot.example', 'wrong wrong wrong')
  const opened = await api.app.request(`${OWN}/welcome`, {
    method: 'POST',
    headers: { Origin: OWN },
    body: new URLSearchParams({ token, name: 'Ana', email: 'ana@depot.example', password: PASSWORD }),
  })
  expect([opened.status, opened.headers.getSetCookie()]).toEqual([303, []])
  api.clock.now = new Date(EVENING.getTime() + 16 * 60_000)
  expect((await signIn(api, 'ana@depot.example')).status).toBe(200)
})

test('a session cookie is httpOnly and for TLS only behind TLS, and ends when one signs out', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const plain = await signIn(api, email)
  expect(plain.headers.get('set-cookie')).toMatch(/^zaryad\.session_token=.*HttpOnly.*SameSite=Lax/i)
  const secure = await post(
    api,
    '/api/auth/sign-in/email',
    { email, password: PASSWORD },
    {
      'X-Forwarded-Proto': 'https',
      Origin: 'https://localhost',
    },
  )
  expect(secure.status).toBe(200)
  expect(secure.headers.get('set-cookie')).toMatch(/^__Secure-zaryad\.session_token=.*Secure/i)

  const person = personOf(api, cookiesOf(plain))
  expect((await person.get('/api/v1/vehicles')).status).toBe(200)
  expect((await person.send('DELETE', '/api/v1/session')).status).toBe(204)
  expect((await person.get('/api/v1/vehicles')).status).toBe(401)
  const forged = personOf(api, person.cookie.replace(/.{6}$/, 'AAAAAA'))
  expect((await forged.get('/api/v1/vehicles')).status).toBe(401)
})

test('a user’s cookie changes things from our own pages only', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'manager')
  const person = await signedIn(api, email)
  const change = async (headers: Record<string, string>) =>
    (await person.send('PATCH', '/api/v1/vehicles/bus-1', { delaySeconds: 60 }, headers)).status
  expect(await change({ Origin: OWN })).toBe(200)
  expect(await change({})).toBe(403)
  expect(await change({ Origin: 'https://evil.example' })).toBe(403)
  expect(await change({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
  const signOut = await person.send('POST', '/api/auth/sign-out', {}, { Origin: 'https://evil.example' })
  expect(signOut.status).toBe(403)
  expect((await person.get('/api/v1/vehicles')).status).toBe(200)
})

test(
  'after eight wrong passwords an account is locked for a quarter of an hour, for the right one too, whether it exists or not',
  { timeout: 60_000 },
  async () => {
    const api = await depotApi()
    const { email } = await invited(api, 'viewer')
    for (const address of [email, 'nobody@depot.example']) {
      const tries = await Promise.all(Array.from({ length: 8 }, (_, n) => signIn(api, address, `wrong password ${n}`)))
      expect(tries.map((answer) => answer.status)).toEqual(Array.from({ length: 8 }, () => 401))
      expect(await tries[0]?.json()).toMatchObject({ type: 'urn:zaryad:problem:wrong-credentials' })
      const locked = await signIn(api, address.toUpperCase())
      expect(locked.status).toBe(429)
      expect(locked.headers.get('retry-after')).toBe('900')
    }
    const kept = await api.db.selectFrom('auth_attempt').select(['key', 'failures']).execute()
    expect(JSON.stringify(kept)).not.toContain('depot.example')
    api.clock.now = new Date(EVENING.getTime() + 901_000)
    expect((await signIn(api, email)).status).toBe(200)
    expect((await signIn(api, email, 'wrong again')).status).toBe(401)
  },
)

test(
  'a right password forgives the account, but an address that tries many accounts is locked',
  { timeout: 120_000 },
  async () => {
    const api = await depotApi()
    const { email } = await invited(api, 'viewer')
    for (let n = 0; n < 7; n += 1) expect((await signIn(api, email, 'wrong password')).status).toBe(401)
    expect((await signIn(api, email)).status).toBe(200)
    expect((await signIn(api, email, 'wrong password')).status).toBe(401)
    await api.db.updateTable('auth_attempt').set({ failures: 50 }).where('key', 'like', 'password from %').execute()
    expect((await signIn(api, 'somebody-else@depot.example')).status).toBe(429)
  },
)

test('who is disabled, or gets another role, is signed out at once; who is disabled cannot come back', async () => {
  const api = await depotApi()
  const { userId, email } = await invited(api, 'manager')
  const person = await signedIn(api, email)
  expect((await api.send('PATCH', `/api/v1/users/${userId}`, { role: 'viewer' })).status).toBe(200)
  expect((await person.get('/api/v1/vehicles')).status).toBe(401)
  const again = await signedIn(api, email)
  expect((await again.send('PATCH', '/api/v1/vehicles/bus-1', { delaySeconds: 1 })).status).toBe(403)
  expect((await api.send('PATCH', `/api/v1/users/${userId}`, { disabled: true })).status).toBe(200)
  expect((await again.get('/api/v1/vehicles')).status).toBe(401)
  expect((await signIn(api, email)).status).toBe(401)
})

test('the last admin stays one, also when two are demoted at the same time', async () => {
  const api = await emptyApi()
  const one = await invited(api, 'admin', { email: 'one@depot.example' })
  expect((await api.send('PATCH', `/api/v1/users/${one.userId}`, { role: 'viewer' })).status).toBe(409)
  expect((await api.send('DELETE', `/api/v1/users/${one.userId}`)).status).toBe(409)
  const two = await invited(api, 'admin', { email: 'two@depot.example' })
  const both = await Promise.all(
    [one, two].map(({ userId }) => api.send('PATCH', `/api/v1/users/${userId}`, { disabled: true })),
  )
  expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 409])
})

test('an invitation is for one person once; a new link ends the password and the sessions', async () => {
  const api = await depotApi()
  const { userId, email } = await invited(api, 'viewer')
  const person = await signedIn(api, email)
  expect((await api.send('POST', '/api/v1/users', { name: 'B', email, role: 'viewer' })).status).toBe(409)
  const renewed = (await (await api.send('POST', `/api/v1/users/${userId}/link`)).json()) as { link: string }
  expect((await person.get('/api/v1/vehicles')).status).toBe(200)
  const password = 'another four good words'
  const accept = () => post(api, '/api/v1/links/accept', { token: tokenOf(renewed.link), password })
  expect((await accept()).status).toBe(204)
  expect((await accept()).status).toBe(404)
  expect((await person.get('/api/v1/vehicles')).status).toBe(401)
  expect((await signIn(api, email)).status).toBe(401)
  expect((await signIn(api, email, password)).status).toBe(200)
})

test('who changes the password may end the other sessions, and short ones are refused', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const [here, elsewhere] = [await signedIn(api, email), await signedIn(api, email)]
  const change = (newPassword: string) =>
    here.send('POST', '/api/auth/change-password', {
      currentPassword: PASSWORD,
      newPassword,
      revokeOtherSessions: true,
    })
  expect((await change('short')).status).toBe(400)
  expect((await change('five words that are different')).status).toBe(200)
  expect((await elsewhere.get('/api/v1/vehicles')).status).toBe(401)
})

test('a passkey can be registered by who is signed in, for this host and no other', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const person = await signedIn(api, email)
  const options = await person.get('/api/auth/passkey/generate-register-options')
  expect(options.status).toBe(200)
  expect(await options.json()).toMatchObject({ rp: { id: 'localhost', name: 'Zaryad' }, user: { name: email } })
  expect((await api.app.request(`${OWN}/api/auth/passkey/generate-register-options`)).status).toBe(401)
  const asked = await api.app.request(`${OWN}/api/auth/passkey/generate-authenticate-options`)
  expect(asked.status).toBe(200)
  expect(await asked.json()).toMatchObject({ rpId: 'localhost' })
  const refused = await post(api, '/api/auth/passkey/verify-authentication', { response: { id: 'made-up' } })
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect(refused.status).toBeLessThan(500)
})

test('the secret that the database keeps holds for every process, and another secret ends every session', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const person = await signedIn(api, email)
  const { createApp } = await import('../../fleet-api/app.ts')
  const common = {
    db: api.db,
    gateway: { send: () => Promise.resolve({ outcome: 'offline' as const }) },
    now: () => EVENING,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    access: { adminKey: null, open: false },
    clock: { speed: 1, demo: false },
    outbound: { allowPrivate: true },
    version: '0',
  }
  const ask = async (app: typeof api.app) =>
    (await app.request(`${OWN}/api/v1/vehicles`, { headers: { Cookie: person.cookie, Host: 'localhost' } })).status
  expect(await ask(createApp(common))).toBe(200)
  const other = { secret: 'another-secret-of-at-least-32-characters', publicUrl: null, oidc: null }
  expect(await ask(createApp({ ...common, auth: other }))).toBe(401)
})

test('a password opens the documented way too, and counts for the same lock', { timeout: 60_000 }, async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const session = (password: string) => post(api, '/api/v1/session', { email, password })
  const opened = await session(PASSWORD)
  expect(await opened.json()).toEqual({ signedIn: true, expiresAt: null })
  expect((await personOf(api, cookiesOf(opened)).get('/api/v1/vehicles')).status).toBe(200)
  for (let n = 0; n < 4; n += 1) {
    const wrong = await session('wrong password')
    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toMatchObject({ type: 'urn:zaryad:problem:wrong-credentials' })
    expect((await signIn(api, email, 'wrong password')).status).toBe(401)
  }
  expect((await session(PASSWORD)).status).toBe(429)
})

test('one account cannot be counted while another one is tried', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const both = `{"email":"decoy@depot.example","password":"x","z":"&email=${email}&password=${encodeURIComponent(PASSWORD)}&z="}`
  const answer = await api.app.request(`${OWN}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: OWN, Host: 'localhost' },
    body: both,
  })
  expect(answer.status).toBe(401)
})

test('what is over is forgotten: sessions, links and counted tries; the audit log stays', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  await signIn(api, email)
  await signIn(api, email, 'wrong password')
  const lines = await api.db.selectFrom('audit_log').select('id').execute()
  await forgetOldAccess(api.db, new Date())
  expect(await api.db.selectFrom('auth_session').select('id').execute()).toHaveLength(1)
  await forgetOldAccess(api.db, new Date(Date.now() + 30 * 86_400_000))
  for (const table of ['auth_session', 'auth_attempt', 'auth_link', 'auth_rate_limit'] as const)
    expect({ table, left: await api.db.selectFrom(table).selectAll().execute() }).toEqual({ table, left: [] })
  expect(await api.db.selectFrom('audit_log').select('id').execute()).toEqual(lines)
})
