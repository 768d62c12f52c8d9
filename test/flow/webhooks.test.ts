import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { appendEvent } from '../../db/events.ts'
import { deliverWebhooks, pruneWebhookDeliveries } from '../../fleet-api/jobs/deliver-webhooks.ts'
import { depotApi, EVENING, KEY, type TestApi } from './api-depot.ts'

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A system of somebody else's, on loopback: answers what `answer` says. */
async function receiver() {
  const state = { answer: 200, received: [] as Received[], url: '', location: '' }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      state.received.push({ headers: request.headers, body })
      response.writeHead(state.answer, state.location === '' ? {} : { location: state.location }).end('taken')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  closers.push(() => server.close())
  return state
}

async function hooked(draft: object = {}) {
  const api = await depotApi()
  const target = await receiver()
  const answer = await send(api, 'POST', '/api/v1/webhooks', { url: target.url, ...draft })
  const created = (await answer.json()) as { webhookId: string; secret: string }
  const context = {
    db: api.db,
    now: () => api.clock.now,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    outbound: { allowPrivate: true },
  }
  return {
    api,
    target,
    ...created,
    status: answer.status,
    run: () => deliverWebhooks(context),
    prune: () => pruneWebhookDeliveries(context),
    later: (ms: number) => void (api.clock.now = new Date(api.clock.now.getTime() + ms)),
    happen: (type: 'sessionEnded' | 'stationBooted' = 'sessionEnded', siteId = 'depot') =>
      appendEvent(api.db, { type, at: api.clock.now, siteId, stationId: 'CP1', details: { energyWh: 1200 } }),
    deliveries: async (query = '') =>
      (
        (await (await api.get(`/api/v1/webhooks/${created.webhookId}/deliveries${query}`)).json()) as {
          items: Record<string, unknown>[]
        }
      ).items,
  }
}

function send({ app }: TestApi, method: string, path: string, body?: object): Promise<Response> {
  return Promise.resolve(
    app.request(path, {
      method,
      headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
}

test('what happens is told once, signed so that the receiver can check it', async () => {
  const { status, secret, target, happen, run, deliveries, webhookId } = await hooked()
  expect(status).toBe(201)
  await happen()
  await run()
  await run()
  expect(target.received).toHaveLength(1)
  const [{ headers, body }] = target.received as [Received]
  expect(JSON.parse(body)).toMatchObject({
    type: 'sessionEnded',
    at: EVENING.toISOString(),
    siteId: 'depot',
    stationId: 'CP1',
    vehicleId: null,
    details: { energyWh: 1200 },
  })
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const expected = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(signed)
    .digest('base64')
  expect(headers['webhook-signature']).toBe(`v1,${expected}`)
  expect(headers['webhook-id']).toMatch(new RegExp(`^${webhookId}\\.\\d+$`))
  expect(await deliveries()).toMatchObject([
    { eventType: 'sessionEnded', status: 'delivered', attempts: 1, responseStatus: 200, error: null },
  ])
})

test('only the types and the site that were asked for are told, nothing from before, and what is learned late', async () => {
  const { api, target, happen, run } = await hooked({ events: ['stationBooted'], siteId: 'depot' })
  await happen('sessionEnded')
  await happen('stationBooted', 'elsewhere')
  await run()
  expect(target.received).toEqual([])
  await happen('stationBooted')
  await run()
  expect(target.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(['stationBooted'])
  const other = await receiver()
  await send(api, 'POST', '/api/v1/webhooks', { url: other.url })
  await run()
  expect(other.received).toEqual([])
  const hourAgo = new Date(EVENING.getTime() - 3_600_000)
  await appendEvent(api.db, { type: 'stationBooted', at: hourAgo, siteId: 'depot' })
  await run()
  expect(other.received.map(({ body }) => (JSON.parse(body) as { at: string }).at)).toEqual([hourAgo.toISOString()])
})

test('a server that is down gets everything later, in order, and is not asked more often than agreed', async () => {
  const { target, happen, run, later, deliveries } = await hooked()
  target.answer = 500
  await happen()
  await happen('stationBooted')
  await run()
  expect(target.received).toHaveLength(1)
  expect(await deliveries('?status=pending')).toMatchObject([
    { eventType: 'stationBooted', attempts: 0 },
    { eventType: 'sessionEnded', attempts: 1, responseStatus: 500, error: 'The address answered 500.' },
  ])
  target.answer = 200
  later(4_000)
  await run()
  expect(target.received).toHaveLength(2)
  later(2_000)
  await run()
  expect(target.received).toHaveLength(3)
  expect(await deliveries('?status=pending')).toEqual([])
})

test('what nobody takes for three days ends in the dead list, and goes out again when a person says so', async () => {
  const { api, webhookId, target, happen, run, later, deliveries } = await hooked()
  target.answer = 503
  await happen()
  for (let i = 0; i < 12; i += 1) {
    await run()
    later(25 * 3_600_000)
  }
  expect(target.received).toHaveLength(11)
  const [dead] = await deliveries('?status=dead')
  expect(dead).toMatchObject({ attempts: 11, nextAttemptAt: null, responseStatus: 503 })
  target.answer = 204
  const retried = await send(api, 'POST', `/api/v1/webhooks/${webhookId}/retry`, { eventId: dead?.['eventId'] })
  expect(await retried.json()).toEqual({ queued: 1 })
  await run()
  expect(await deliveries('?status=dead')).toEqual([])
  expect(await deliveries()).toMatchObject([{ status: 'delivered', responseStatus: 204 }])
})

test('410 Gone ends a webhook and says why; switched on again it hears only of what is new', async () => {
  const { api, webhookId, target, happen, run } = await hooked()
  target.answer = 410
  await happen()
  await run()
  const listed = (await (await api.get('/api/v1/webhooks')).json()) as { items: object[] }
  expect(listed.items).toMatchObject([
    { webhookId, active: false, dead: 1, disabledReason: expect.stringContaining('410') as string },
  ])
  await happen()
  await run()
  target.answer = 200
  await send(api, 'PATCH', `/api/v1/webhooks/${webhookId}`, { active: true })
  await run()
  expect(target.received).toHaveLength(1)
  await happen('stationBooted')
  await run()
  expect(target.received).toHaveLength(2)
})

test('a redirect is not followed, a server that is not there is no disaster', async () => {
  const { api, webhookId, target, happen, run, later, deliveries } = await hooked()
  const elsewhere = await receiver()
  target.answer = 302
  target.location = elsewhere.url
  await happen()
  await run()
  expect(elsewhere.received).toEqual([])
  await send(api, 'PATCH', `/api/v1/webhooks/${webhookId}`, { url: 'http://127.0.0.1:9/none' })
  later(6_000)
  await run()
  expect(await deliveries()).toMatchObject([
    { status: 'pending', attempts: 2, responseStatus: null, error: expect.stringMatching(/^Not reached/) as string },
  ])
})

test('the secret is shown when it is made and never again', async () => {
  const { api, webhookId, secret, target, happen, run } = await hooked()
  for (const path of ['/api/v1/webhooks', `/api/v1/webhooks/${webhookId}/deliveries`])
    expect(await (await api.get(path)).text()).not.toContain(secret)
  const changed = (await (await send(api, 'PATCH', `/api/v1/webhooks/${webhookId}`, { newSecret: true })).json()) as {
    secret: string
  }
  expect(changed.secret).toMatch(/^whsec_/)
  expect(changed.secret).not.toBe(secret)
  await happen()
  await run()
  const [{ headers, body }] = target.received as [Received]
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const expected = createHmac('sha256', Buffer.from(changed.secret.slice(6), 'base64'))
    .update(signed)
    .digest('base64')
  expect(headers['webhook-signature']).toBe(`v1,${expected}`)
})

test('a test message goes the same way and is no event', async () => {
  const { api, webhookId, target, run } = await hooked()
  const answer = await send(api, 'POST', `/api/v1/webhooks/${webhookId}/test`)
  expect(await answer.json()).toEqual({ eventId: -1 })
  await run()
  expect(JSON.parse(target.received[0]?.body ?? '')).toMatchObject({ type: 'test', eventId: -1 })
})

test('addresses of private networks are refused unless the operator allows them', async () => {
  const { app } = await depotApi({ outbound: { allowPrivate: false } })
  const ask = (url: string) =>
    app.request('/api/v1/webhooks', {
      method: 'POST',
      headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ url }),
    })
  expect((await ask('https://169.254.169.254/latest')).status).toBe(400)
  expect((await ask('http://example.org/')).status).toBe(400)
  expect((await ask('https://example.org/hook')).status).toBe(201)
})

test('old deliveries are forgotten, a webhook takes its own with it', async () => {
  const { api, webhookId, happen, run, later, prune, deliveries } = await hooked()
  await happen()
  await run()
  later(6 * 86_400_000)
  await prune()
  expect(await deliveries()).toHaveLength(1)
  later(2 * 86_400_000)
  await prune()
  expect(await deliveries()).toEqual([])
  await happen()
  await run()
  expect((await send(api, 'DELETE', `/api/v1/webhooks/${webhookId}`)).status).toBe(204)
  expect(await api.db.selectFrom('webhook_delivery').selectAll().execute()).toEqual([])
})
