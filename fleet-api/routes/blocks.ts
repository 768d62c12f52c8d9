import { createRoute, z } from '@hono/zod-openapi'
import { blocksBetween } from '../../db/blocks.ts'
import { reassignBlock } from '../../db/reassign-block.ts'
import { vehicleExists } from '../../db/views/vehicles.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { ApiError, notFound, wrongField } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { instantInput, listOf, localDate, paging, siteId, vehicleId } from '../schemas/common.ts'
import { block } from '../schemas/depot.ts'
import { blockAssignment } from '../schemas/records.ts'
import { say } from '../../domain/sentences/sentence.ts'

const DAY_MS = 86_400_000

const listBlocks = createRoute({
  method: 'get',
  path: '/api/v1/blocks',
  operationId: 'listBlocks',
  tags: ['Timetable'],
  summary: 'Blocks: the day’s work of each vehicle',
  description:
    'Those that run at some time between `from` and `to`, at most 8 days; from now until 36 hours ahead when left out.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      from: instantInput.optional(),
      to: instantInput.optional(),
      siteId: siteId.optional(),
      vehicleId: vehicleId.optional().describe('Only what this one drives.'),
      ...paging,
      limit: z.coerce.number().int().min(1).max(2000).default(500),
    }),
  },
  responses: { 200: jsonAnswer('Blocks, earliest first', listOf(block)), ...problems(400, 401) },
})

const assign = createRoute({
  method: 'put',
  path: '/api/v1/blocks/{date}/{blockId}/assignment',
  operationId: 'assignBlock',
  tags: ['Timetable'],
  summary: 'Give a block to a vehicle, or take it away',
  description: 'Answers with what it was before, so that it can be taken back. Asks for a new plan.',
  security: SIGNED_IN,
  request: {
    params: z.object({ date: localDate, blockId: z.string().min(1).max(120).openapi({ example: '101' }) }),
    body: jsonBody(
      'The vehicle; null: nobody, and nobody is put there automatically',
      z
        .strictObject({ vehicleId: vehicleId.nullable() })
        .openapi('BlockAssignmentChange', { example: { vehicleId: 'bus-3' } }),
    ),
  },
  responses: {
    200: jsonAnswer('The assignment and the one before', blockAssignment),
    ...problems(400, 401, 403, 404, 409, 413),
  },
})

export function blockRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(listBlocks, async (c) => {
    const {
      from = now(),
      to = new Date(from.getTime() + 1.5 * DAY_MS),
      siteId,
      vehicleId,
      cursor,
      limit,
    } = c.req.valid('query')
    if (to.getTime() - from.getTime() > 8 * DAY_MS || to < from)
      throw wrongField('query.to', say('daysAfterFrom', { n: 8 }))
    const [startMs, lastId] = cursor === undefined ? [] : decodeCursor(cursor, ['number', 'string'])
    const known = await blocksBetween(db, { from, to, ...(siteId === undefined ? {} : { siteId }) })
    const blocks = vehicleId === undefined ? known : known.filter((one) => one.vehicleId === vehicleId)
    const rest =
      startMs === undefined || lastId === undefined
        ? blocks
        : blocks.filter(
            ({ startAt, blockId }) =>
              startAt.getTime() > Number(startMs) || (startAt.getTime() === startMs && blockId > lastId),
          )
    return c.json(asJson(page(rest, limit, (one) => [one.startAt.getTime(), one.blockId])), 200)
  })

  app.openapi(assign, async (c) => {
    const { date, blockId } = c.req.valid('param')
    const { vehicleId } = c.req.valid('json')
    if (vehicleId !== null && !(await vehicleExists(db, vehicleId)))
      throw new ApiError('conflict', { detail: say('no_vehicle', { id: vehicleId }) })
    const previous = await reassignBlock(db, { date, blockId, vehicleId, at: now() })
    if (previous === undefined) throw notFound(say('noBlockOn', { id: blockId, date }))
    return c.json({ date, blockId, vehicleId, previous }, 200)
  })
}
