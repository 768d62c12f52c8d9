import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDatabaseServer } from '../support/database-server.ts'
import { startWorkerd, type Workerd } from '../support/workerd.ts'

const KEY = 'a-key-for-the-worker-tests'
const PASSWORD = 'four words nobody guesses'

let database: Awaited<ReturnType<typeof startDatabaseServer>>
let workerd: Workerd
beforeAll(async () => {
  database = await startDatabaseServer()
  workerd = await startWorkerd(database.url, { ADMIN_KEY: KEY })
}, 120_000)
afterAll(async () => {
  await workerd.close()
  await database.close()
})

test(
  'on Workers people are invited, sign in, are kept to their rights and written down',
  { timeout: 120_000 },
  async () => {
    const json = { 'Content-Type': 'application/json' }
    const invited = await fetch(`${workerd.url}/api/v1/users`, {
      method: 'POST',
      headers: { ...json, Authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ name: 'Ana', email: 'ana@depot.example', role: 'viewer' }),
    })
    expect(invited.status).toBe(201)
    const { link } = (await invited.json()) as { link: string }
    const accepted = await fetch(`${workerd.url}/api/v1/links/accept`, {
      method: 'POST',
      headers: { ...json, Origin: workerd.url },
      body: JSON.stringify({ token: new URL(link).searchParams.get('token'), password: PASSWORD }),
    })
    expect(accepted.status).toBe(204)
    const signIn = (password: string) =>
      fetch(`${workerd.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { ...json, Origin: workerd.url },
        body: JSON.stringify({ email: 'ana@depot.example', password }),
      })
    expect((await signIn('not this one at all')).status).toBe(401)
    const signedIn = await signIn(PASSWORD)
    expect(signedIn.status).toBe(200)
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const ask = (path: string, method = 'GET') =>
      fetch(`${workerd.url}${path}`, { method, headers: { Cookie: cookie, Origin: workerd.url } })
    expect(await (await ask('/api/v1/me')).json()).toMatchObject({ kind: 'user', role: 'viewer', name: 'Ana' })
    expect((await ask('/api/v1/vehicles')).status).toBe(200)
    expect((await ask('/api/v1/audit')).status).toBe(403)
    const lines = await database.db.selectFrom('audit_log').select(['actor_kind', 'action', 'subject_kind']).execute()
    expect(lines).toContainEqual({ actor_kind: 'key', action: 'inviteUser', subject_kind: 'user' })
  },
)
