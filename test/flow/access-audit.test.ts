import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { actingOn, type Actor } from '../../db/acting.ts'
import { invited, keyOf, PASSWORD, signedIn, signIn } from './access-people.ts'
import { depotApi, EVENING, KEY, type TestApi } from './api-depot.ts'

interface Line {
  id: number
  at: string
  actorKind: string
  actorId: string | null
  actorName: string | null
  action: string
  subjectKind: string | null
  subjectId: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  requestId: string | null
}

async function audit(api: TestApi, query = ''): Promise<Line[]> {
  const answer = await api.get(`/api/v1/audit?limit=500${query}`)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { items: Line[] }).items
}

test('a change says who, when, what, before and after', async () => {
  const api = await depotApi()
  const { userId, email } = await invited(api, 'manager')
  const person = await signedIn(api, email)
  const answer = await person.send('PATCH', '/api/v1/sites/depot', {
    outdoorTemperatureC: 4,
    nodes: [{ nodeId: 'grid', limitW: 250_000 }],
  })
  expect(answer.status).toBe(200)
  const lines = await audit(api, '&action=changeSite')
  expect(lines.find((line) => line.subjectKind === 'limitNode')).toEqual({
    id: expect.any(Number),
    at: EVENING.toISOString(),
    actorKind: 'user',
    actorId: userId,
    actorName: 'The manager',
    action: 'changeSite',
    subjectKind: 'limitNode',
    subjectId: 'depot/grid',
    before: { limit_w: 300_000 },
    after: { limit_w: 250_000 },
    requestId: answer.headers.get('x-request-id'),
    address: 'unknown',
  })
  expect(lines.find((line) => line.subjectKind === 'site')).toMatchObject({
    before: { outdoor_temperature_c: null },
    after: { outdoor_temperature_c: 4 },
  })
  expect(lines).toHaveLength(2)
})

test('the log can be neither changed nor emptied', async () => {
  const api = await depotApi()
  await keyOf(api, 'viewer')
  const before = await audit(api)
  expect(before.length).toBeGreaterThan(0)
  const refused = /the audit log only grows/
  await expect(sql`update audit_log set actor_name = 'somebody else'`.execute(api.db)).rejects.toThrow(refused)
  await expect(sql`delete from audit_log`.execute(api.db)).rejects.toThrow(refused)
  await expect(sql`truncate audit_log`.execute(api.db)).rejects.toThrow(refused)
  expect(await audit(api)).toEqual(before)
})

test('a change that is taken back leaves no line, and one that is written leaves both', async () => {
  const { db } = await depotApi()
  const actor: Actor = { kind: 'user', id: 'u', name: 'U', action: 'test', requestId: null, address: null, at: EVENING }
  const acting = actingOn(db, () => actor)
  await expect(
    acting.transaction().execute(async (tx) => {
      await tx.updateTable('vehicle').set({ label: 'X' }).where('id', '=', 'bus-1').execute()
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  expect(await db.selectFrom('audit_log').selectAll().execute()).toEqual([])
  await acting.updateTable('vehicle').set({ label: 'X' }).where('id', '=', 'bus-1').execute()
  await expect(
    acting
      .insertInto('vehicle_type')
      .values({ id: 'solo' } as never)
      .execute(),
  ).rejects.toThrow()
  await acting.transaction().execute((tx) => tx.deleteFrom('token').where('value', '=', 'TAG-1').execute())
  const lines = await db.selectFrom('audit_log').select(['subject_id', 'before', 'after']).orderBy('id').execute()
  expect(lines).toEqual([
    { subject_id: 'bus-1', before: { label: 'bus-1' }, after: { label: 'X' } },
    { subject_id: 'TAG-1', before: expect.objectContaining({ value: 'TAG-1', vehicle_id: 'bus-1' }), after: null },
  ])
})

test('what no caller does is not written down, and requests at the same time are not mixed up', async () => {
  const api = await depotApi()
  await api.db.updateTable('vehicle').set({ label: 'by a job' }).where('id', '=', 'bus-1').execute()
  expect(await audit(api)).toEqual([])
  const answers = await Promise.all(
    ['bus-1', 'bus-2', 'bus-3'].map((id, n) => api.send('PATCH', `/api/v1/vehicles/${id}`, { delaySeconds: 60 + n })),
  )
  const lines = await audit(api, '&subjectKind=vehicle')
  for (const [n, answer] of answers.entries())
    expect(lines.filter((line) => line.requestId === answer.headers.get('x-request-id'))).toMatchObject([
      { subjectId: `bus-${n + 1}`, after: { delay_seconds: 60 + n } },
    ])
})

test('a command to a charger is written down with its outcome, a bulk upload as what was asked', async () => {
  const api = await depotApi()
  await api.send('POST', '/api/v1/stations/CP1/call', {
    action: 'ChangeConfiguration',
    payload: { key: 'AuthorizationKey', value: 'hush-hush' },
  })
  await api.send('POST', '/api/v1/plans', { siteId: 'depot', wait: 0 })
  await api.send('PUT', '/api/v1/prices?series=ibex', {
    slots: [{ startAt: '2026-11-23T22:00:00Z', endAt: '2026-11-23T22:15:00Z', priceMicroEurPerKwh: 84_200 }],
  })
  const lines = await audit(api)
  expect(lines.find((line) => line.action === 'callStation')).toMatchObject({
    actorKind: 'key',
    subjectKind: 'station',
    subjectId: 'CP1',
    after: { action: 'ChangeConfiguration', outcome: 'answered' },
  })
  expect(lines.some((line) => line.action === 'replan')).toBe(true)
  expect(lines.find((line) => line.action === 'putPrices')).toMatchObject({ after: { series: 'ibex' } })
  expect(JSON.stringify(lines)).not.toContain('hush-hush')
})

test('signing in, keys and passwords are written down without their secrets', async () => {
  const api = await depotApi()
  const { email, userId } = await invited(api, 'viewer')
  const cookie = (await signIn(api, email)).headers.get('set-cookie') ?? ''
  const { key } = await keyOf(api, 'viewer')
  const lines = await audit(api)
  expect(lines.find((line) => line.subjectKind === 'userSession')).toMatchObject({
    action: 'auth/sign-in/email',
    after: { user_id: userId },
  })
  const made = lines.find((line) => line.subjectKind === 'apiKey' && line.before === null)
  expect(made).toMatchObject({ after: { key: '(hidden)' } })
  expect(lines.find((line) => line.subjectKind === 'account')).toMatchObject({ after: { password: '(hidden)' } })
  const hashes = await api.db.selectFrom('auth_account').select('password').execute()
  const rows = await api.db.selectFrom('audit_log').selectAll().execute()
  const token = cookie.split(/[=.;]/)[2] ?? ''
  expect(token.length).toBeGreaterThan(20)
  for (const secret of [PASSWORD, KEY, key, token, hashes[0]?.password ?? PASSWORD])
    expect(JSON.stringify(rows)).not.toContain(secret)
})

test('the log is read in pages and by what one looks for', async () => {
  const api = await depotApi()
  for (const seconds of [60, 120, 180]) await api.send('PATCH', '/api/v1/vehicles/bus-1', { delaySeconds: seconds })
  const first = (await (await api.get('/api/v1/audit?subjectId=bus-1&limit=2')).json()) as {
    items: Line[]
    next: string
  }
  const rest = (await (await api.get(`/api/v1/audit?subjectId=bus-1&limit=2&cursor=${first.next}`)).json()) as {
    items: Line[]
    next: null
  }
  expect([...first.items, ...rest.items].map((line) => line.after?.['delay_seconds'])).toEqual([180, 120, 60])
  expect(rest.next).toBeNull()
  const later = encodeURIComponent(new Date(EVENING.getTime() + 1).toISOString())
  expect(await audit(api, `&from=${later}`)).toEqual([])
})

test('every operation that changed something has left a line', { timeout: 120_000 }, async () => {
  const api = await depotApi()
  interface Body {
    content?: { 'application/json'?: { schema: { $ref?: string; example?: unknown } } }
  }
  const document = (await (await api.app.request('/api/v1/openapi.json')).json()) as {
    paths: Record<string, Record<string, { operationId: string; requestBody?: Body }>>
    components: { schemas: Record<string, { example?: unknown }> }
  }
  const { ruleOf, isAudited } = await import('../../fleet-api/access/rules.ts')
  const known: Record<string, string> = {
    stationId: 'CP1',
    vehicleId: 'bus-1',
    siteId: 'depot',
    date: '2026-11-24',
    blockId: 'B1',
  }
  const silent: string[] = []
  let changed = 0
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const rule = ruleOf(operation.operationId)
      if (method === 'get' || rule === undefined || !isAudited(rule)) continue
      const schema = operation.requestBody?.content?.['application/json']?.schema
      const example = schema?.example ?? document.components.schemas[schema?.$ref?.split('/').at(-1) ?? '']?.example
      const url = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => known[name] ?? '1')
      const answer = await api.send(method.toUpperCase(), url, example)
      await answer.body?.cancel()
      if (answer.status >= 300) continue
      changed += 1
      const lines = await audit(api, `&requestId=${answer.headers.get('x-request-id')}`)
      if (lines.length === 0) silent.push(operation.operationId)
    }
  expect(silent).toEqual([])
  expect(changed).toBeGreaterThan(8)
})
