import { createRoute, z } from '@hono/zod-openapi'
import type { Api, AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { problems, SIGNED_IN } from '../route-parts.ts'
import { say } from '../../domain/sentences/sentence.ts'

const getMetrics = createRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  tags: ['System'],
  summary: 'Figures for monitoring',
  description:
    'In the text format of Prometheus: of this process (memory, event loop, requests by route) and of the installation (stations, sessions, power, alerts, age of plans and jobs, webhooks). Scrape with `authorization: credentials: KEY`.',
  security: SIGNED_IN,
  responses: {
    200: {
      description: 'Figures',
      content: {
        'text/plain': {
          schema: z.string(),
          example:
            '# HELP zaryad_open_sessions Charging sessions that are going on.\n# TYPE zaryad_open_sessions gauge\nzaryad_open_sessions 4\n',
        },
      },
    },
    ...problems(401, 403, 404),
  },
})

export function metricsRoutes(app: Api, { metrics }: AppContext): void {
  app.openapi(getMetrics, async (c) => {
    if (metrics === undefined)
      throw new ApiError('not-found', {
        detail: say('notOurProcesses'),
      })
    return c.text(await metrics.text(), 200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' })
  })
}
