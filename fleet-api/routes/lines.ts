import { createRoute, z } from '@hono/zod-openapi'
import { blockPath } from '../../db/views/block-path.ts'
import { lineViews } from '../../db/views/lines.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { found } from '../errors.ts'
import { jsonAnswer, OPEN_TO_ALL, problems, SIGNED_IN } from '../route-parts.ts'
import { listOf, localDate, paging } from '../schemas/common.ts'
import { blockPath as blockPathSchema, line } from '../schemas/timetable.ts'
import { say } from '../../domain/sentences/sentence.ts'

const getBlockPath = createRoute({
  method: 'get',
  path: '/api/v1/blocks/{blockId}/path',
  operationId: 'getBlockPath',
  tags: ['Timetable'],
  summary: 'The way that a block takes',
  description: 'Its trips in order with stops, scheduled times and, where the timetable has them, lines on the map.',
  security: SIGNED_IN,
  request: {
    params: z.object({ blockId: z.string().min(1).max(120).openapi({ example: '12-1' }) }),
    query: z.object({ date: localDate }),
  },
  responses: { 200: jsonAnswer('The way', blockPathSchema), ...problems(400, 401, 404) },
})

const listLines = createRoute({
  method: 'get',
  path: '/api/v1/lines',
  operationId: 'listLines',
  tags: ['Timetable'],
  summary: 'Lines and their ways on the map',
  description: 'Of the timetables in use. Open to all, like the timetables themselves.',
  security: OPEN_TO_ALL,
  request: {
    query: z.object({ ...paging, limit: z.coerce.number().int().min(1).max(200).default(100) }),
  },
  responses: { 200: jsonAnswer('Lines', listOf(line)), ...problems(400) },
})

export function lineRoutes(app: Api, { db }: AppContext): void {
  app.openapi(getBlockPath, async (c) => {
    const { blockId } = c.req.valid('param')
    const { date } = c.req.valid('query')
    const path = found(await blockPath(db, { blockId, date }), say('noBlockOn', { id: blockId, date }))
    return c.json(asJson(path), 200, { 'Cache-Control': 'private, max-age=60' })
  })

  app.openapi(listLines, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const [feedId, lineId] = cursor === undefined ? [] : decodeCursor(cursor, ['string', 'string'])
    const after =
      feedId === undefined || lineId === undefined ? null : { feedId: String(feedId), lineId: String(lineId) }
    const rows = await lineViews(db, after, limit + 1)
    return c.json(
      page(rows, limit, (row) => [row.feedId, row.lineId]),
      200,
      { 'Cache-Control': 'public, max-age=300' },
    )
  })
}
