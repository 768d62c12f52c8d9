import { createRoute, z } from '@hono/zod-openapi'
import { apiKeys, dateApiKey, removeApiKey } from '../../db/api-keys.ts'
import { asJson } from '../as-json.ts'
import type { AuthHouse } from '../auth/auth-house.ts'
import type { Api, AppContext } from '../context.ts'
import { page, stringCursor } from '../cursor.ts'
import { notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { id, listOf, paging } from '../schemas/common.ts'
import { apiKey, role } from '../schemas/people.ts'

const listKeys = createRoute({
  method: 'get',
  path: '/api/v1/keys',
  operationId: 'listKeys',
  tags: ['People'],
  summary: 'Machines’ keys',
  description: 'Ordered by key id; never the keys themselves, of which only a hash is kept.',
  security: SIGNED_IN,
  request: { query: z.object(paging) },
  responses: { 200: jsonAnswer('Keys', listOf(apiKey)), ...problems(400, 401, 403) },
})

const postKey = createRoute({
  method: 'post',
  path: '/api/v1/keys',
  operationId: 'makeKey',
  tags: ['People'],
  summary: 'Make a key for a machine',
  description:
    'The key is told once, here. It is sent as `Authorization: Bearer`, has the rights of its role, and ends when it is removed, when its time is over, or when the user who made it is disabled, removed, or no longer an admin.',
  security: SIGNED_IN,
  request: {
    body: jsonBody(
      'What for, and what it may',
      z
        .strictObject({
          name: z.string().trim().min(1).max(120),
          role,
          expiresInDays: z.int().min(1).max(3650).nullable().default(365).describe('null: it does not end by itself.'),
        })
        .openapi('KeyRequest', {
          example: { name: 'Telemetry of the on-board units', role: 'manager', expiresInDays: 365 },
        }),
    ),
  },
  responses: {
    201: jsonAnswer(
      'The key, this once',
      z
        .object({ keyId: z.string(), key: z.string() })
        .openapi('MadeKey', { example: { keyId: 'Yy6tHn0q', key: 'zk_AbCdEfGh…' } }),
    ),
    ...problems(400, 401, 403, 413),
  },
})

const deleteKey = createRoute({
  method: 'delete',
  path: '/api/v1/keys/{keyId}',
  operationId: 'removeKey',
  tags: ['People'],
  summary: 'End a key',
  description: 'At once.',
  security: SIGNED_IN,
  request: { params: z.object({ keyId: id.openapi({ example: 'Yy6tHn0q' }) }) },
  responses: { 204: { description: 'Ended' }, ...problems(400, 401, 403, 404) },
})

const DAY_S = 86_400

export function keyRoutes(app: Api, { db, now }: AppContext, auth: AuthHouse): void {
  app.openapi(listKeys, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const rows = await apiKeys(db, { after: stringCursor(cursor), limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.keyId])), 200)
  })

  app.openapi(postKey, async (c) => {
    const { name, role, expiresInDays } = c.req.valid('json')
    const madeBy = c.var.caller.kind === 'user' ? c.var.caller.id : null
    const expiresInSeconds = expiresInDays === null ? null : expiresInDays * DAY_S
    const made = await auth.makeKey({ name, role, madeBy, expiresInSeconds })
    const at = now()
    await dateApiKey(
      db,
      made.keyId,
      at,
      expiresInSeconds === null ? null : new Date(at.getTime() + expiresInSeconds * 1000),
    )
    return c.json(made, 201)
  })

  app.openapi(deleteKey, async (c) => {
    const { keyId } = c.req.valid('param')
    if (!(await removeApiKey(db, keyId))) throw notFound('apiKey', keyId)
    return c.body(null, 204)
  })
}
