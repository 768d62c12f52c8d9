import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT, startOidcProvider, type OidcProvider } from '../support/oidc-provider.ts'
import { cookiesOf, OWN, personOf, post } from './access-people.ts'
import { depotApi, type TestApi } from './api-depot.ts'

let provider: OidcProvider
beforeAll(async () => void (provider = await startOidcProvider()))
afterAll(() => provider.close())

function oidcApi(issuer = provider.issuer): Promise<TestApi> {
  return depotApi({ auth: { secret: null, publicUrl: OWN, oidc: { issuer, ...CLIENT } } })
}

/** What a browser does: asks us where to sign on, does it there, and comes back. */
async function signOn(api: TestApi): Promise<Response> {
  const begun = await post(api, '/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/',
    errorCallbackURL: '/energy',
  })
  expect(begun.status).toBe(200)
  const { url } = (await begun.json()) as { url: string }
  expect(url.startsWith(`${provider.issuer}/authorize?`)).toBe(true)
  const there = await fetch(url, { redirect: 'manual' })
  const back = there.headers.get('location') ?? ''
  expect(back.startsWith(`${OWN}/api/auth/callback/oidc?`)).toBe(true)
  return api.app.request(back, { headers: { Cookie: cookiesOf(begun), Host: 'localhost' } })
}

async function inviteAnna(api: TestApi): Promise<void> {
  const answer = await api.send('POST', '/api/v1/users', { name: 'Anna', email: 'anna@city.example', role: 'energy' })
  expect(answer.status).toBe(201)
}

test('who is invited signs on through the identity provider, with the role of the invitation, again and again', async () => {
  const api = await oidcApi()
  await inviteAnna(api)
  for (let time = 0; time < 2; time += 1) {
    const answer = await signOn(api)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('/')
    const anna = personOf(api, cookiesOf(answer))
    expect(await (await anna.get('/api/v1/me')).json()).toMatchObject({
      kind: 'user',
      role: 'energy',
      name: 'Anna',
      signIn: { oidc: true },
    })
  }
  const accounts = await api.db.selectFrom('auth_account').select('provider_id').execute()
  expect(accounts).toEqual([{ provider_id: 'oidc' }])
})

test('who is not invited does not get in, whatever the provider says', async () => {
  const api = await oidcApi()
  const answer = await signOn(api)
  expect(answer.headers.getSetCookie().join()).not.toMatch(/session_token=[^;]/)
  expect(answer.headers.get('location')).toBe('/energy?error=signup_disabled')
  expect(await api.db.selectFrom('auth_user').selectAll().execute()).toEqual([])
})

test('who is disabled does not get in', async () => {
  const api = await oidcApi()
  await inviteAnna(api)
  await api.db.updateTable('auth_user').set({ disabled: true }).execute()
  const answer = await signOn(api)
  expect(answer.headers.getSetCookie().join()).not.toMatch(/session_token=[^;]/)
  expect(answer.headers.get('location')).toBe('/energy?error=unable_to_create_session')
})

test.each(['wrongKey', 'wrongNonce', 'wrongAudience'] as const)(
  'an ID token with trouble (%s) opens nothing',
  async (trouble) => {
    const api = await oidcApi()
    await inviteAnna(api)
    provider.trouble = trouble
    const answer = await signOn(api)
    provider.trouble = null
    expect(answer.headers.getSetCookie().join()).not.toMatch(/session_token=[^;]/)
    expect(await api.db.selectFrom('auth_session').selectAll().execute()).toEqual([])
  },
)

test('an answer that this browser did not ask for is refused', async () => {
  const api = await oidcApi()
  await inviteAnna(api)
  const begun = await post(api, '/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' })
  const { url } = (await begun.json()) as { url: string }
  const back = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? ''
  const answer = await api.app.request(back, { headers: { Host: 'localhost' } })
  // Where to go back to is not known of it: the first page tells the reader, in their language.
  expect(answer.headers.get('location')).toMatch(new RegExp(`^${OWN}/\\?error=state_`))
  expect(answer.headers.getSetCookie().join()).not.toMatch(/session_token=[^;]/)
  const elsewhere = await post(api, '/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: 'https://evil.example/',
  })
  expect(elsewhere.status).toBe(403)
})

test('a provider that does not answer keeps nobody from signing in otherwise, and is asked again', async () => {
  const dead = await startOidcProvider()
  await dead.close()
  const api = await oidcApi(dead.issuer)
  const refused = await post(api, '/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' })
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect((await api.get('/api/v1/vehicles')).status).toBe(200)
})
