import { createRoute, z } from '@hono/zod-openapi'
import { auditEntries } from '../../db/audit.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { numberCursor, page } from '../cursor.ts'
import { jsonAnswer, problems, SIGNED_IN } from '../route-parts.ts'
import { instantInput, listOf, paging } from '../schemas/common.ts'
import { auditEntry } from '../schemas/people.ts'

const text = z.string().min(1).max(200)

const listAudit = createRoute({
  method: 'get',
  path: '/api/v1/audit',
  operationId: 'listAudit',
  tags: ['System'],
  summary: 'Who changed what, and when',
  description:
    'Newest first. Every change through the API, with what it was before and after; written with the change itself, and never changed afterwards. Secrets are hidden.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      from: instantInput.optional(),
      to: instantInput.optional(),
      actorId: text.optional(),
      action: text.optional().openapi({ example: 'changeSite' }),
      subjectKind: text.optional().openapi({ example: 'limitNode' }),
      subjectId: text.optional(),
      requestId: text.optional(),
      ...paging,
    }),
  },
  responses: { 200: jsonAnswer('Changes', listOf(auditEntry)), ...problems(400, 401, 403) },
})

export function auditRoutes(app: Api, { db }: AppContext): void {
  app.openapi(listAudit, async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const rows = await auditEntries(db, { ...filter, before: numberCursor(cursor), limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.id])), 200)
  })
}
