import { createRoute, z } from '@hono/zod-openapi'
import { queueTest, retryDeliveries, webhookDeliveries } from '../../db/webhook-deliveries.ts'
import { addWebhook, changeWebhook, removeWebhook, webhooks } from '../../db/webhooks.ts'
import { outboundProblem } from '../../domain/outbound-url.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { numberCursor, page } from '../cursor.ts'
import { ApiError, found, notFound, wrongField } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { leftOut } from '../../domain/left-out.ts'
import { listOf, paging } from '../schemas/common.ts'
import {
  webhook,
  webhookChange,
  webhookDelivery,
  webhookDraft,
  webhookId,
  webhookWithSecret,
} from '../schemas/webhooks.ts'
import { newWebhookSecret } from '../webhooks/sign.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { wordedFor } from '../asked-language.ts'
import { withWords } from '../with-words.ts'

const MOST_WEBHOOKS = 100
const params = z.object({ webhookId })
const parts = { tags: ['Webhooks'], security: SIGNED_IN }

const list = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/webhooks',
  operationId: 'listWebhooks',
  summary: 'Addresses that are told what happens',
  description: 'Oldest first, without their secrets.',
  responses: { 200: jsonAnswer('Webhooks', listOf(webhook)), ...problems(401, 403) },
})

const get = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/webhooks/{webhookId}',
  operationId: 'getWebhook',
  summary: 'One webhook',
  description: 'Without its secret.',
  request: { params },
  responses: { 200: jsonAnswer('The webhook', webhook), ...problems(401, 403, 404) },
})

const add = createRoute({
  ...parts,
  method: 'post',
  path: '/api/v1/webhooks',
  operationId: 'addWebhook',
  summary: 'Have an address told what happens',
  description:
    'Each event is a POST of JSON (`eventId`, `type`, `at`, `siteId`, `stationId`, `vehicleId`, `details`), signed as Standard Webhooks has it: `webhook-id`, `webhook-timestamp` and `webhook-signature` = `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body` with the bytes behind `whsec_`. Any 2xx takes it; anything else is tried again over three days, then kept in a list of dead deliveries. 410 switches the webhook off. An event may come twice: remember `webhook-id`.',
  request: { body: jsonBody('Where to, and what', webhookDraft) },
  responses: {
    201: jsonAnswer('The webhook, with its secret', webhookWithSecret),
    ...problems(400, 401, 403, 409, 413),
  },
})

const change = createRoute({
  ...parts,
  method: 'patch',
  path: '/api/v1/webhooks/{webhookId}',
  operationId: 'changeWebhook',
  summary: 'Change a webhook',
  description: 'One that is switched on again is told what happens from then on.',
  request: { params, body: jsonBody('What to change; what is left out stays', webhookChange) },
  responses: {
    200: jsonAnswer(
      'The webhook; with `newSecret` its new secret too',
      webhook.extend({ secret: leftOut(z.string()) }),
    ),
    ...problems(400, 401, 403, 404, 413),
  },
})

const remove = createRoute({
  ...parts,
  method: 'delete',
  path: '/api/v1/webhooks/{webhookId}',
  operationId: 'removeWebhook',
  summary: 'Take a webhook out',
  description: 'With everything that waits for it.',
  request: { params },
  responses: { 204: { description: 'Taken out' }, ...problems(401, 403, 404) },
})

const listDeliveries = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/webhooks/{webhookId}/deliveries',
  operationId: 'listWebhookDeliveries',
  summary: 'What became of each event',
  description:
    'Newest event first. `status=dead` is the list of what was given up. Delivered ones are kept for 7 days, dead ones for 30.',
  request: { params, query: z.object({ status: z.enum(['pending', 'delivered', 'dead']).optional(), ...paging }) },
  responses: { 200: jsonAnswer('Deliveries', listOf(webhookDelivery)), ...problems(400, 401, 403, 404) },
})

const retry = createRoute({
  ...parts,
  method: 'post',
  path: '/api/v1/webhooks/{webhookId}/retry',
  operationId: 'retryWebhookDeliveries',
  summary: 'Send dead deliveries once more',
  description: 'One event, or all that are dead when `eventId` is left out.',
  request: {
    params,
    body: jsonBody('Which', z.strictObject({ eventId: leftOut(z.int()) }).openapi({ example: { eventId: 4711 } })),
  },
  responses: {
    200: jsonAnswer('How many were put back', z.object({ queued: z.int() }).openapi({ example: { queued: 1 } })),
    ...problems(400, 401, 403, 404, 413),
  },
})

const test = createRoute({
  ...parts,
  method: 'post',
  path: '/api/v1/webhooks/{webhookId}/test',
  operationId: 'testWebhook',
  summary: 'Send a test message',
  description: 'It goes the way of every event; what became of it is in the deliveries.',
  request: { params },
  responses: {
    202: jsonAnswer('Queued', z.object({ eventId: z.int() }).openapi({ example: { eventId: -1 } })),
    ...problems(401, 403, 404),
  },
})

export function webhookRoutes(app: Api, { db, now, outbound }: AppContext): void {
  function refuseUnreachable(url: string | undefined): void {
    const problem = url === undefined ? null : outboundProblem(url, outbound)
    if (problem !== null) throw wrongField('body.url', problem)
  }

  async function one(id: string) {
    return found((await webhooks(db, id))[0], 'webhook', id)
  }

  app.openapi(list, async (c) => c.json(asJson({ items: await webhooks(db), next: null }), 200))

  app.openapi(get, async (c) => c.json(asJson(await one(c.req.valid('param').webhookId)), 200))

  app.openapi(add, async (c) => {
    const { url, label, events, siteId } = c.req.valid('json')
    refuseUnreachable(url)
    if ((await webhooks(db)).length >= MOST_WEBHOOKS)
      throw new ApiError('conflict', { detail: say('tooManyWebhooks', { n: MOST_WEBHOOKS }) })
    const id = `wh_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
    const secret = newWebhookSecret()
    await addWebhook(db, { id, url, label: label ?? null, secret, events: events ?? [], siteId: siteId ?? null }, now())
    return c.json(asJson({ ...(await one(id)), secret }), 201)
  })

  app.openapi(change, async (c) => {
    const { webhookId: id } = c.req.valid('param')
    const { newSecret, ...changes } = c.req.valid('json')
    refuseUnreachable(changes.url)
    const secret = newSecret === true ? newWebhookSecret() : undefined
    const done = await changeWebhook(db, id, { ...changes, ...(secret === undefined ? {} : { secret }) })
    if (!done) throw notFound('webhook', id)
    return c.json(asJson({ ...(await one(id)), ...(secret === undefined ? {} : { secret }) }), 200)
  })

  app.openapi(remove, async (c) => {
    const { webhookId: id } = c.req.valid('param')
    if (!(await removeWebhook(db, id))) throw notFound('webhook', id)
    return c.body(null, 204)
  })

  app.openapi(listDeliveries, async (c) => {
    const { webhookId: id } = c.req.valid('param')
    const { status, cursor, limit } = c.req.valid('query')
    await one(id)
    const rows = await webhookDeliveries(db, { webhookId: id, status, before: numberCursor(cursor), limit: limit + 1 })
    const told = page(rows, limit, (row) => [row.eventId])
    return c.json(asJson({ ...told, items: withWords(told.items, wordedFor(c)) }), 200)
  })

  app.openapi(retry, async (c) => {
    const { webhookId: id } = c.req.valid('param')
    await one(id)
    return c.json({ queued: await retryDeliveries(db, id, c.req.valid('json').eventId, now()) }, 200)
  })

  app.openapi(test, async (c) => {
    const { webhookId: id } = c.req.valid('param')
    await one(id)
    return c.json({ eventId: await queueTest(db, id, now()) }, 202)
  })
}
