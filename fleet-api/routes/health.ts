import { createRoute, z } from '@hono/zod-openapi'
import { databaseAnswers, readiness } from '../../db/readiness.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { jsonAnswer, OPEN_TO_ALL, problems } from '../route-parts.ts'

const getHealth = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  tags: ['System'],
  summary: 'Whether the server and its database answer',
  description: 'Asks the database. For liveness probes.',
  security: OPEN_TO_ALL,
  responses: { 200: jsonAnswer('Both answer', z.object({ status: z.literal('ok') })), ...problems(503) },
})

const readyAnswer = z
  .object({
    ready: z.boolean(),
    /** The database takes changes; a standby, or one that ran into a limit, may only be read. */
    writable: z.boolean(),
    /** The schema is the newest one. */
    migrated: z.boolean(),
    /** This month's and the next month's partitions stand. */
    partitions: z.boolean(),
    /** Jobs have run within the last quarter of an hour of the product's clock. */
    jobs: z.boolean(),
  })
  .openapi('Readiness')

const getReady = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadiness',
  tags: ['System'],
  summary: 'Whether everything is there to do the work',
  description: 'For readiness probes and for monitoring: 503 says which part is missing.',
  security: OPEN_TO_ALL,
  responses: { 200: jsonAnswer('Ready', readyAnswer), 503: jsonAnswer('Not ready', readyAnswer) },
})

export function healthRoutes(app: Api, { db, now, log }: AppContext): void {
  app.openapi(getHealth, async (c) => {
    try {
      await databaseAnswers(db)
    } catch (error) {
      log.error({ err: error }, 'the database does not answer')
      throw new ApiError('database-unavailable')
    }
    return c.json({ status: 'ok' as const }, 200)
  })

  app.openapi(getReady, async (c) => {
    const parts = await readiness(db, now())
    const ready = parts.writable && parts.migrated && parts.partitions && parts.jobs
    return ready ? c.json({ ready, ...parts }, 200) : c.json({ ready, ...parts }, 503)
  })
}
