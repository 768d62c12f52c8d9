import { expect, test } from 'vitest'
import { createAuthenticator, type Authenticator } from '../support/authenticator.ts'
import { cookiesOf, invited, OWN, personOf, post, signedIn, type Person } from './access-people.ts'
import { depotApi, type TestApi } from './api-depot.ts'

async function challengeOf(answer: Response): Promise<{ challenge: string; cookie: string }> {
  expect(answer.status).toBe(200)
  return { challenge: ((await answer.clone().json()) as { challenge: string }).challenge, cookie: cookiesOf(answer) }
}

async function register(api: TestApi, person: Person, authenticator: Authenticator): Promise<Response> {
  const { challenge, cookie } = await challengeOf(await person.get('/api/auth/passkey/generate-register-options'))
  const both = personOf(api, `${person.cookie}; ${cookie}`)
  const response = authenticator.register(challenge)
  return both.send('POST', '/api/auth/passkey/verify-registration', { response, name: 'phone' })
}

async function begin(api: TestApi) {
  const options = await api.app.request(`${OWN}/api/auth/passkey/generate-authenticate-options`, {
    headers: { Host: 'localhost' },
  })
  return challengeOf(options)
}

function finish(api: TestApi, response: object, cookie: string): Promise<Response> {
  return post(api, '/api/auth/passkey/verify-authentication', { response }, { Cookie: cookie })
}

test('a passkey signs in who registered it, with their rights', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const authenticator = createAuthenticator(OWN)
  expect((await register(api, await signedIn(api, email), authenticator)).status).toBe(200)

  const { challenge, cookie } = await begin(api)
  const response = authenticator.signIn(challenge)
  const answer = await finish(api, response, cookie)
  expect(answer.status).toBe(200)
  const person = personOf(api, cookiesOf(answer))
  expect(await (await person.get('/api/v1/me')).json()).toMatchObject({ kind: 'user', role: 'viewer' })
  expect((await finish(api, response, cookie)).status).toBeGreaterThanOrEqual(400)
})

test('a passkey of another site, an unknown one, and one whose owner is disabled open nothing', async () => {
  const api = await depotApi()
  const { userId, email } = await invited(api, 'viewer')
  const person = await signedIn(api, email)
  expect((await register(api, person, createAuthenticator('https://evil.example'))).status).toBe(400)
  const authenticator = createAuthenticator(OWN)
  expect((await register(api, person, authenticator)).status).toBe(200)

  const first = await begin(api)
  const unknown = await finish(api, createAuthenticator(OWN).signIn(first.challenge), first.cookie)
  expect(unknown.status).toBe(401)
  const second = await begin(api)
  const other = await finish(api, authenticator.signIn(first.challenge), second.cookie)
  expect(other.status).toBeGreaterThanOrEqual(400)
  await api.send('PATCH', `/api/v1/users/${userId}`, { disabled: true })
  const third = await begin(api)
  const disabled = await finish(api, authenticator.signIn(third.challenge), third.cookie)
  expect(disabled.headers.getSetCookie().join()).not.toMatch(/session_token=[^;]/)
  expect(await api.db.selectFrom('auth_session').selectAll().execute()).toEqual([])
})
