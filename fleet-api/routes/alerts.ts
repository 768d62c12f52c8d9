import { createRoute, z } from '@hono/zod-openapi'
import { snoozeAlert } from '../../db/snooze-alert.ts'
import { alertViews } from '../../db/views/alerts.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { found, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { flag, instantOrNullInput, listOf, paging, siteId } from '../schemas/common.ts'
import { alert } from '../schemas/depot.ts'

const listAlerts = createRoute({
  method: 'get',
  path: '/api/v1/alerts',
  operationId: 'listAlerts',
  tags: ['Alerts'],
  summary: 'What needs somebody',
  description: 'Each with its cause, its remedy and, where there is one, the request that mends it. Latest first.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      siteId: siteId.optional(),
      open: flag.optional().describe('Only those that still hold, or only those that cleared.'),
      ...paging,
    }),
  },
  responses: { 200: jsonAnswer('Alerts', listOf(alert)), ...problems(400, 401) },
})

const patchAlert = createRoute({
  method: 'patch',
  path: '/api/v1/alerts/{alertId}',
  operationId: 'snoozeAlert',
  tags: ['Alerts'],
  summary: 'Put an alert aside for a while',
  description: 'It stays open; pages show it again after that time.',
  security: SIGNED_IN,
  request: {
    params: z.object({ alertId: z.coerce.number().int().min(0).max(2_147_483_647).openapi({ example: 3 }) }),
    body: jsonBody(
      'Until when; null: show it again now',
      z.strictObject({ snoozedUntil: instantOrNullInput }).openapi('AlertChange'),
    ),
  },
  responses: { 200: jsonAnswer('The alert', alert), ...problems(400, 401, 403, 404, 413) },
})

export function alertRoutes(app: Api, { db }: AppContext): void {
  app.openapi(listAlerts, async (c) => {
    const { siteId, open, cursor, limit } = c.req.valid('query')
    const [raisedAt, alertId] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'number'])
    const before =
      raisedAt === undefined ? undefined : { raisedAt: new Date(Number(raisedAt)), alertId: Number(alertId) }
    const rows = await alertViews(db, { siteId, open, before, limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.raisedAt.getTime(), row.alertId])), 200)
  })

  app.openapi(patchAlert, async (c) => {
    const { alertId } = c.req.valid('param')
    if (!(await snoozeAlert(db, alertId, c.req.valid('json').snoozedUntil))) throw notFound('alert', alertId)
    const [view] = await alertViews(db, { ids: [alertId] })
    return c.json(asJson(found(view, 'alert', alertId)), 200)
  })
}
