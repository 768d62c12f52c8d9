import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { AwsV4Signer } from 'aws4fetch'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pushReports } from '../../fleet-api/jobs/push-reports.ts'
import { reportSchedule } from '../../fleet-api/schemas/report-schedules.ts'
import { body, depotApi, type TestApi } from './api-depot.ts'
import { charged } from './report-rows.ts'

interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

let api: TestApi
let server: Server
let received: Received[]
let status: number
let base: string

beforeEach(async () => {
  api = await depotApi({ outbound: { allowPrivate: true } })
  await charged(api.db, '2026-11-23', 'bus-1', 123_000)
  received = []
  status = 200
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
      })
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  base = `http://127.0.0.1:${address.port}`
})

afterEach(async () => {
  await new Promise((closed) => server.close(closed))
})

const DAILY = {
  name: 'Yesterday by vehicle',
  report: 'energy',
  format: 'csv',
  every: 'day',
  atLocal: '06:00',
  parameters: { groupBy: 'vehicle' },
}

async function schedule(more: object): Promise<number> {
  const answer = await api.send('POST', '/api/v1/report-schedules', { ...DAILY, ...more })
  expect(answer.status).toBe(201)
  return reportSchedule.parse(await answer.json()).scheduleId
}

async function run(at: string): Promise<void> {
  api.clock.now = new Date(at)
  const line = (level: string) => (fields: object, message: string) => void api.lines.push({ level, fields, message })
  await pushReports({
    db: api.db,
    now: () => api.clock.now,
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    outbound: { allowPrivate: true },
  })
}

interface Delivery {
  periodStart: string
  state: string
  attempts: number
  error: string | null
  location: string | null
}

async function deliveries(id: number): Promise<Delivery[]> {
  const answer = await api.get(`/api/v1/report-schedules/${id}/deliveries`)
  return ((await answer.json()) as { items: Delivery[] }).items
}

test('yesterday’s report is pushed once when its time has come, with its headers and a key for its period', async () => {
  const id = await schedule({
    target: { kind: 'http', url: `${base}/in?token=hush`, headers: { authorization: 'Bearer hush' } },
  })
  await run('2026-11-24T03:55:00Z')
  expect(received).toEqual([])
  await run('2026-11-24T04:00:00Z')
  await run('2026-11-24T04:05:00Z')
  expect(received).toHaveLength(1)
  expect(received[0]).toMatchObject({ method: 'POST', path: '/in?token=hush' })
  expect(received[0]?.headers).toMatchObject({
    authorization: 'Bearer hush',
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="energy-by-vehicle-2026-11-23-2026-11-23.csv"',
    'idempotency-key': `zaryad-report-${id}-2026-11-23`,
  })
  expect(received[0]?.body.toString()).toMatch(/\r\nbus-1,bus-1,123\.000,/)
  expect(await deliveries(id)).toMatchObject([
    { periodStart: '2026-11-23', state: 'delivered', attempts: 1, error: null, location: `${base}/in` },
  ])
})

test('what is not taken is tried again later, with the same key, and a redirect is not followed', async () => {
  const id = await schedule({ target: { kind: 'http', url: `${base}/in` } })
  status = 302
  await run('2026-11-24T04:00:00Z')
  await run('2026-11-24T04:00:01Z')
  expect(received.map((one) => one.path)).toEqual(['/in'])
  expect(await deliveries(id)).toMatchObject([{ state: 'pending', attempts: 1, error: 'The address answered 302.' }])
  status = 200
  await run('2026-11-24T04:05:00Z')
  expect(received.map((one) => one.headers['idempotency-key'])).toEqual(
    [1, 2].map(() => `zaryad-report-${id}-2026-11-23`),
  )
  expect(await deliveries(id)).toMatchObject([{ state: 'delivered', attempts: 2, error: null }])
})

test('after three days without success a push is given up, and days that were missed are made up for', async () => {
  const id = await schedule({ target: { kind: 'http', url: `${base}/in` } })
  status = 500
  for (let hour = 0; hour < 24 * 8; hour += 6) await run(new Date(Date.UTC(2026, 10, 24, 4 + hour)).toISOString())
  const [oldest] = (await deliveries(id)).toReversed()
  expect(oldest).toMatchObject({ periodStart: '2026-11-23', state: 'failed', attempts: 11 })
  status = 200
  received = []
  await run('2026-12-05T12:00:00Z')
  const made = (await deliveries(id)).filter((one) => one.state === 'delivered').map((one) => one.periodStart)
  expect(made).toContain('2026-12-04')
  expect(made).toContain('2026-12-03')
})

test('a bucket gets the file once under a name of its period, signed so that the store can check it', async () => {
  await schedule({
    format: 'parquet',
    target: {
      kind: 's3',
      endpoint: base,
      bucket: 'reports',
      prefix: 'depot 1/energy/',
      region: 'eu-central-1',
      accessKeyId: 'AKIA-TEST',
      secretAccessKey: 'a-secret-key-of-the-store',
    },
  })
  await run('2026-11-24T04:00:00Z')
  const [put] = received
  if (put === undefined) throw new Error('nothing came')
  expect(put).toMatchObject({
    method: 'PUT',
    path: '/reports/depot%201/energy/energy-by-vehicle-2026-11-23-2026-11-23.parquet',
  })
  expect(put.body.subarray(0, 4).toString()).toBe('PAR1')
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(put.body)))
  expect(put.headers['x-amz-content-sha256']).toBe(Buffer.from(digest).toString('hex'))
  const signer = new AwsV4Signer({
    method: 'PUT',
    url: `${base}${put.path}`,
    headers: {
      'content-type': String(put.headers['content-type']),
      'x-amz-content-sha256': String(put.headers['x-amz-content-sha256']),
    },
    accessKeyId: 'AKIA-TEST',
    secretAccessKey: 'a-secret-key-of-the-store',
    service: 's3',
    region: 'eu-central-1',
    datetime: String(put.headers['x-amz-date']),
  })
  expect(put.headers.authorization).toBe((await signer.sign()).headers.get('authorization'))
})

test('no answer, no log line and no audit line tells a secret', async () => {
  const id = await schedule({
    target: { kind: 'http', url: `${base}/in?token=hush-1`, headers: { 'x-key': 'hush-2' } },
  })
  const second = await schedule({
    target: {
      kind: 's3',
      endpoint: base,
      bucket: 'reports',
      region: 'r',
      accessKeyId: 'id',
      secretAccessKey: 'hush-3',
    },
  })
  status = 403
  await run('2026-11-24T04:00:00Z')
  expect(received.length).toBe(2)
  await api.send('PATCH', `/api/v1/report-schedules/${id}`, { name: 'Other' })
  const told = [
    await (await api.get('/api/v1/report-schedules')).text(),
    await (await api.get(`/api/v1/report-schedules/${second}`)).text(),
    JSON.stringify(await deliveries(id)),
    JSON.stringify(api.lines),
    JSON.stringify(await api.db.selectFrom('audit_log').selectAll().execute()),
  ].join('\n')
  expect(told).toContain('x-key')
  expect(told).not.toMatch(/hush/)
})

test('changing a schedule keeps its secrets unless it gets a new target; a disabled one rests; a removed one is gone', async () => {
  const id = await schedule({ target: { kind: 'http', url: `${base}/in`, headers: { 'x-key': 'one' } } })
  const path = `/api/v1/report-schedules/${id}`
  await body(api.send('PATCH', path, { atLocal: '05:00' }), reportSchedule)
  await run('2026-11-24T03:00:00Z')
  expect(received[0]?.headers['x-key']).toBe('one')
  await body(api.send('PATCH', path, { target: { kind: 'http', url: `${base}/other` } }), reportSchedule)
  await run('2026-11-25T03:00:00Z')
  expect(received[1]).toMatchObject({ path: '/other' })
  expect(received[1]?.headers['x-key']).toBeUndefined()
  await body(api.send('PATCH', path, { enabled: false }), reportSchedule)
  await run('2026-11-26T03:00:00Z')
  expect(received).toHaveLength(2)
  expect((await api.send('DELETE', path)).status).toBe(204)
  expect((await api.get(path)).status).toBe(404)
})

test('a report that cannot be made is given up at once, with the reason', async () => {
  const id = await schedule({
    report: 'load',
    parameters: { siteId: 'depot' },
    target: { kind: 'http', url: `${base}/in` },
  })
  await api.db
    .updateTable('report_schedule')
    .set({ parameters: JSON.stringify({ siteId: 'gone' }) })
    .where('id', '=', id)
    .execute()
  await run('2026-11-24T04:00:00Z')
  expect(await deliveries(id)).toMatchObject([
    { state: 'failed', error: expect.stringContaining('There is no site gone') },
  ])
})

test('addresses that only the server can reach are refused, as are parameters that the report does not take', async () => {
  const closed = await depotApi({ outbound: { allowPrivate: false } })
  const post = async (more: object) => {
    const answer = await closed.send('POST', '/api/v1/report-schedules', {
      ...DAILY,
      target: { kind: 'http', url: 'https://city.example.org/in' },
      ...more,
    })
    return { status: answer.status, told: (await answer.json()) as { errors?: { path: string }[] } }
  }
  expect((await post({})).status).toBe(201)
  const s3 = { kind: 's3', bucket: 'reports', region: 'r', accessKeyId: 'id', secretAccessKey: 'key' }
  for (const [more, path] of [
    [{ target: { kind: 'http', url: 'https://127.0.0.1/in' } }, 'body.target.url'],
    [{ target: { kind: 'http', url: 'http://city.example.org/in' } }, 'body.target.url'],
    [{ target: { kind: 'http', url: 'https://169.254.169.254/latest' } }, 'body.target.url'],
    [{ target: { ...s3, endpoint: 'https://localhost:9000' } }, 'body.target.endpoint'],
    [{ parameters: { groupBy: 'driver' } }, 'body.parameters.groupBy'],
    [{ parameters: { from: '2026-11-01' } }, 'body.parameters'],
    [{ report: 'load' }, 'body.parameters.siteId'],
    [
      { target: { kind: 'http', url: 'https://city.example.org/', headers: { Host: 'other' } } },
      'body.target.headers.Host',
    ],
  ] as const) {
    const { status, told } = await post(more)
    expect({ more, status, path: told.errors?.[0]?.path }).toEqual({ more, status: 400, path })
  }
})

test('a schedule is tried out at once with the period that ended last, as often as one likes, but not while it is paused', async () => {
  const id = await schedule({ atLocal: '23:00', target: { kind: 'http', url: `${base}/in` } })
  status = 500
  const asked = await api.send('POST', `/api/v1/report-schedules/${id}/deliveries`, undefined)
  expect(asked.status).toBe(202)
  expect(await asked.json()).toMatchObject({ state: 'pending', attempts: 0 })
  const [first] = await deliveries(id)
  await run(new Date(api.clock.now.getTime() + 60_000).toISOString())
  expect(received).toHaveLength(1)
  expect((await deliveries(id))[0]).toMatchObject({ periodStart: first?.periodStart, attempts: 1 })
  status = 200
  expect((await api.send('POST', `/api/v1/report-schedules/${id}/deliveries`, undefined)).status).toBe(202)
  await run(new Date(api.clock.now.getTime() + 60_000).toISOString())
  expect(received).toHaveLength(2)
  expect((await deliveries(id))[0]).toMatchObject({ state: 'delivered', error: null })
  await api.send('PATCH', `/api/v1/report-schedules/${id}`, { enabled: false })
  expect((await api.send('POST', `/api/v1/report-schedules/${id}/deliveries`, undefined)).status).toBe(409)
})

test('why a report could not be made stands in the log, though its readers are only told that it will be tried again', async () => {
  const id = await schedule({ target: { kind: 'http', url: `${base}/in` } })
  await sql`alter table energy_day rename to energy_day_gone`.execute(api.db)
  await run('2026-11-24T04:00:00Z')
  expect(received).toEqual([])
  const [delivery] = await deliveries(id)
  expect(delivery?.error).not.toContain('energy_day')
  const failed = api.lines.find(({ level }) => level === 'error')
  expect(failed?.fields).toMatchObject({
    scheduleId: id,
    err: { message: expect.stringContaining('energy_day') as string },
  })
  await sql`alter table energy_day_gone rename to energy_day`.execute(api.db)
  await run('2026-11-24T04:30:00Z')
  expect(received).toHaveLength(1)
})
