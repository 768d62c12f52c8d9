import { createRoute, z } from '@hono/zod-openapi'
import { readiness } from '../../db/readiness.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { jsonAnswer, OPEN_TO_ALL, problems } from '../route-parts.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'

const getHealth = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  tags: ['System'],
  summary: 'Whether the server can do its work',
  description:
    'For liveness probes: 503 when the database does not answer within 3 s, takes no changes or lacks a migration, or when no job has run for a quarter of an hour, so that a restart may help. `detail` says which.',
  security: OPEN_TO_ALL,
  responses: {
    200: jsonAnswer('It can', z.object({ status: z.literal('ok') }).openapi({ example: { status: 'ok' } })),
    ...problems(503),
  },
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
  .openapi('Readiness', { example: { ready: true, writable: true, migrated: true, partitions: true, jobs: true } })

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

const ANSWERS_WITHIN_MS = 3_000
/** Jobs need a while to run for the first time after a start. */
const JOBS_GRACE_MS = 15 * 60_000

export function healthRoutes(app: Api, { db, now, log, clock }: AppContext): void {
  const startedMs = performance.now()

  app.openapi(getHealth, async (c) => {
    const trouble = await troubleOf()
    if (trouble === null) return c.json({ status: 'ok' as const }, 200)
    throw new ApiError('database-unavailable', { detail: trouble })
  })

  async function troubleOf(): Promise<Sentence | null> {
    let parts
    try {
      parts = await within(ANSWERS_WITHIN_MS, readiness(db, now()))
    } catch (error) {
      log.error({ err: error }, 'the database does not answer')
      return say('databaseSilent')
    }
    if (parts === 'late') return say('databaseLate', { seconds: ANSWERS_WITHIN_MS / 1000 })
    if (!parts.writable) return say('databaseReadOnly')
    if (!parts.migrated) return say('databaseUnmigrated')
    const ranFor = (performance.now() - startedMs) * clock.speed
    if (!parts.jobs && ranFor > JOBS_GRACE_MS) return say('jobsStandStill')
    return null
  }

  app.openapi(getReady, async (c) => {
    const parts = await readiness(db, now())
    const ready = parts.writable && parts.migrated && parts.partitions && parts.jobs
    return ready ? c.json({ ready, ...parts }, 200) : c.json({ ready, ...parts }, 503)
  })
}

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value | 'late'> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), ms)))
  // Whatever becomes of it later is nobody's business any more.
  work.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
