import { createRoute, z } from '@hono/zod-openapi'
import { putToken } from '../../db/put-token.ts'
import { tokenViews } from '../../db/views/tokens.ts'
import { vehicleExists } from '../../db/views/vehicles.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page, stringCursor } from '../cursor.ts'
import { ApiError } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { leftOut } from '../../domain/left-out.ts'
import { listOf, paging, vehicleId } from '../schemas/common.ts'
import { token } from '../schemas/records.ts'
import { say } from '../../domain/sentences/sentence.ts'

const listTokens = createRoute({
  method: 'get',
  path: '/api/v1/tokens',
  operationId: 'listTokens',
  tags: ['Tokens'],
  summary: 'Cards and identifiers that may charge',
  description: 'Ordered by value.',
  security: SIGNED_IN,
  request: { query: z.object({ vehicleId: vehicleId.optional(), ...paging }) },
  responses: { 200: jsonAnswer('Tokens', listOf(token)), ...problems(400, 401) },
})

const put = createRoute({
  method: 'put',
  path: '/api/v1/tokens/{value}',
  operationId: 'putToken',
  tags: ['Tokens'],
  summary: 'Make or change a token',
  description:
    'A token with a vehicle tells which vehicle stands at a plug. A new token may charge unless it is blocked.',
  security: SIGNED_IN,
  request: {
    params: z.object({ value: z.string().min(1).max(36).openapi({ example: '04A2B3C4D5' }) }),
    body: jsonBody(
      'What to set; what is left out stays',
      z
        .strictObject({
          vehicleId: leftOut(vehicleId.nullable()),
          blocked: leftOut(z.boolean()),
          label: leftOut(z.string().max(60).nullable()),
          type: leftOut(z.enum(['Central', 'eMAID', 'ISO14443', 'ISO15693', 'KeyCode', 'Local', 'MacAddress'])),
        })
        .openapi('TokenChange', { example: { vehicleId: 'bus-1' } }),
    ),
  },
  responses: { 200: jsonAnswer('The token', token), ...problems(400, 401, 403, 409, 413) },
})

export function tokenRoutes(app: Api, { db }: AppContext): void {
  app.openapi(listTokens, async (c) => {
    const { vehicleId, cursor, limit } = c.req.valid('query')
    const rows = await tokenViews(db, { vehicleId, after: stringCursor(cursor), limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.value])), 200)
  })

  app.openapi(put, async (c) => {
    const change = c.req.valid('json')
    if (typeof change.vehicleId === 'string' && !(await vehicleExists(db, change.vehicleId)))
      throw new ApiError('conflict', { detail: say('no_vehicle', { id: change.vehicleId }) })
    return c.json(asJson(await putToken(db, c.req.valid('param').value, change)), 200)
  })
}
