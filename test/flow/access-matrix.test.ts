import { expect, test } from 'vitest'
import { ROLES } from '../../domain/role.ts'
import { rolesOf, ruleOf, RULES } from '../../fleet-api/access/rules.ts'
import { keyOf } from './access-people.ts'
import { depotApi, emptyApi } from './api-depot.ts'

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete'])

interface Operation {
  operationId: string
  security?: object[]
}

type Document = { paths: Record<string, Record<string, Operation>> }

function operations(document: Document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
}

test('every operation of the document has a rule, every rule an operation, and only what is public says that it is open', async () => {
  const { app } = await emptyApi()
  const document = (await (await app.request('/api/v1/openapi.json')).json()) as Document
  const list = operations(document)
  const ids = list.map(({ operation }) => operation.operationId)
  expect(ids.filter((id) => ruleOf(id) === undefined)).toEqual([])
  expect(Object.keys(RULES).filter((id) => !ids.includes(id))).toEqual([])
  for (const { operation } of list) {
    const rule = ruleOf(operation.operationId)
    const open = operation.security?.some((one) => Object.keys(one).length === 0) ?? false
    expect({ id: operation.operationId, open }).toEqual({ id: operation.operationId, open: rule === 'public' })
  }
})

test('each role is refused exactly what the table does not give it', { timeout: 120_000 }, async () => {
  const api = await depotApi()
  const document = (await (await api.app.request('/api/v1/openapi.json')).json()) as Document
  const wrong: unknown[] = []
  for (const role of ROLES) {
    const { key } = await keyOf(api, role)
    for (const { path, method, operation } of operations(document)) {
      const url = path.replaceAll(/\{[^}]+\}/g, '1')
      const answer = await api.app.request(url, { method, headers: { Authorization: `Bearer ${key}` } })
      const refused = answer.status === 403 && /needs the right of/.test(await answer.clone().text())
      await answer.body?.cancel()
      const rule = ruleOf(operation.operationId)
      const roles = rule === undefined ? [] : rolesOf(rule)
      const may = roles === 'public' || roles.includes(role)
      // What is public may look for a signature of its own.
      if (refused === may || (answer.status === 401 && roles !== 'public'))
        wrong.push({ role, id: operation.operationId, status: answer.status, may })
    }
  }
  expect(wrong).toEqual([])
})

test('a route without a rule is closed to everybody, the admin too, and said in the log', async () => {
  const { app, get, lines } = await emptyApi()
  app.get('/api/v1/forgotten', (c) => c.text('secret'))
  const answer = await get('/api/v1/forgotten')
  expect(answer.status).toBe(403)
  expect(await answer.text()).not.toContain('secret')
  expect(lines.filter((line) => line.level === 'error')).toHaveLength(1)
})

test('everybody can ask who they are, and is told what they may and how to sign in', async () => {
  const api = await emptyApi()
  const nobody = (await (await api.app.request('/api/v1/me')).json()) as { may: string[] }
  expect(nobody).toMatchObject({
    kind: 'none',
    role: null,
    userId: null,
    signIn: { password: true, passkey: true, oidc: false },
  })
  expect(nobody.may.toSorted()).toEqual(
    Object.keys(RULES)
      .filter((id) => {
        const rule = ruleOf(id)
        return rule !== undefined && rolesOf(rule) === 'public'
      })
      .toSorted(),
  )
  const admin = (await (await api.get('/api/v1/me')).json()) as { may: string[] }
  expect(admin.may.toSorted()).toEqual(Object.keys(RULES).toSorted())
})

test('a missing right is named', async () => {
  const api = await depotApi()
  const { key } = await keyOf(api, 'viewer')
  const answer = await api.app.request('/api/v1/vehicles/bus-1', {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: '{"delaySeconds":60}',
  })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({
    type: 'urn:zaryad:problem:forbidden',
    detail: 'This needs the right of admin, manager; you have that of viewer.',
  })
})

test('a caller in a loop is told to wait, and others are not', async () => {
  const api = await depotApi({ requestsPer10s: 5 })
  const [one, other] = [await keyOf(api, 'viewer'), await keyOf(api, 'energy')]
  const ask = async (key: string) =>
    api.app.request('/api/v1/vehicles', { headers: { Authorization: `Bearer ${key}` } })
  for (let n = 0; n < 5; n += 1) expect((await ask(one.key)).status).toBe(200)
  const limited = await ask(one.key)
  expect(limited.status).toBe(429)
  expect(limited.headers.get('retry-after')).toBe('10')
  expect((await ask(other.key)).status).toBe(200)
  api.clock.now = new Date(api.clock.now.getTime() + 10_000)
  expect((await ask(one.key)).status).toBe(200)
})
