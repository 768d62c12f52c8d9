import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

const ADMIN_KEY = 'a-key-for-hostile-tests'
const KEY = { authorization: `Bearer ${ADMIN_KEY}` }

interface Operation {
  method: string
  path: string
  queries: string[]
  /** The document says that everybody may call it. */
  open: boolean
}

let server: TestServer
let operations: Operation[]

beforeAll(async () => {
  server = await startServer({
    adminKey: ADMIN_KEY,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  const document = (await (await fetch(`${server.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { parameters?: { in: string; name: string }[]; security?: object[] }>>
  }
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], security = [] }]) => ({
      method: method.toUpperCase(),
      path,
      queries: parameters.filter((one) => one.in === 'query').map((one) => one.name),
      open: security.some((one) => Object.keys(one).length === 0),
    })),
  )
})
afterAll(() => server.close())

function ask(method: string, path: string, options: { body?: string; headers?: Record<string, string> } = {}) {
  const sendsBody = method !== 'GET' && method !== 'DELETE'
  return fetch(`${server.url}${path}`, {
    method,
    headers: { ...KEY, connection: 'close', 'content-type': 'application/json', ...options.headers },
    ...(sendsBody ? { body: options.body ?? '{}' } : {}),
  })
}

function filled(path: string, value: string): string {
  return path.replaceAll(/\{[^}]+\}/g, value)
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

test('every route of the document but the open ones asks for a key', async () => {
  for (const { method, path } of operations.filter((one) => !one.open)) {
    const response = await ask(method, filled(path, 'x'), { headers: { authorization: '' } })
    expect([method, path, response.status]).toEqual([method, path, 401])
  }
})

const WILD_IDS = ['%00', '%ED%A0%80', '..%2F..%2Fetc%2Fpasswd', 'x'.repeat(2000), '__proto__', '%25', '%zz']

test('no identifier in a path makes the server fail', async () => {
  for (const { method, path } of operations.filter((one) => one.path.includes('{'))) {
    for (const id of WILD_IDS) {
      const { status } = await ask(method, filled(path, id))
      expect([method, filled(path, id), status < 500]).toEqual([method, filled(path, id), true])
    }
  }
})

const WILD_QUERIES = [
  '',
  '%00',
  '%ED%A0%80',
  '-1',
  '1e309',
  'NaN',
  '9999999999999999999',
  '9999-12-31T23:59:59-23:00',
  '0000-01-01T00:00:00Z',
  '%2B275760-09-13T00:00:00Z',
  base64url(['\u0000']),
  base64url([1e308]),
  base64url([1.5]),
  base64url([-1]),
  base64url([99_999_999_999_999]),
  base64url(['x', 1e300]),
  base64url(['\u0000', '\u0000']),
  base64url(['9999-12-31T23:59:59-23:00', 1]),
]

test('no query and no forged cursor makes the server fail', { timeout: 180_000 }, async () => {
  for (const { method, path, queries } of operations.filter((one) => one.path !== '/api/v1/events')) {
    for (const name of queries) {
      for (const value of WILD_QUERIES) {
        const target = `${filled(path, 'x')}?${name}=${value}`
        const { status } = await ask(method, target)
        expect([method, target, status < 500]).toEqual([method, target, true])
      }
    }
  }
})

const WILD_BODIES = [
  '',
  'null',
  '[]',
  '"x"',
  '{"a":',
  '{"__proto__":{"a":1}}',
  '\uFEFF{}',
  '{"siteId":"\\u0000","wait":true}',
  '{"siteId":"\\ud800"}',
  '['.repeat(30_000) + ']'.repeat(30_000),
  '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
]

test('no body makes the server fail', async () => {
  for (const { method, path } of operations.filter((one) => one.method !== 'GET' && one.method !== 'DELETE')) {
    for (const body of WILD_BODIES) {
      const { status } = await ask(method, filled(path, '1'), { body })
      expect([method, path, body.slice(0, 40), status < 500]).toEqual([method, path, body.slice(0, 40), true])
    }
  }
})

test('a body of megabytes is refused before it is read', async () => {
  const response = await ask('POST', '/api/v1/session', { body: JSON.stringify({ key: 'x'.repeat(3_000_000) }) })
  expect(response.status).toBe(413)
})

describe('with a session cookie', () => {
  let cookie: string

  beforeAll(async () => {
    const response = await ask('POST', '/api/v1/session', { body: JSON.stringify({ key: ADMIN_KEY }) })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  })

  test.each([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ])('a change that comes with %j is refused', async (headers) => {
    const response = await fetch(`${server.url}/api/v1/plans`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: '{}',
    })
    expect(response.status).toBe(403)
  })
})

test('live streams by the hundred leave nothing behind when they break off', async () => {
  for (let round = 0; round < 2; round += 1) {
    const streams = Array.from({ length: 60 }, () => new AbortController())
    const statuses = await Promise.all(
      streams.map(async ({ signal }) => (await fetch(`${server.url}/api/v1/events`, { headers: KEY, signal })).status),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
    for (const stream of streams) stream.abort()
  }
  expect((await ask('GET', '/api/v1/stations')).status).toBe(200)
})
