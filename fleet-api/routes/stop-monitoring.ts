import { createRoute, z } from '@hono/zod-openapi'
import { Temporal } from 'temporal-polyfill'
import { onwardCalls, stopCalls } from '../../db/views/stop-calls.ts'
import { stopWithPlatforms } from '../../db/views/stops.ts'
import type { Api, AppContext } from '../context.ts'
import { chosenVisits, DETAIL_LEVELS, stopMonitoring, stopVisit } from '../feeds/siri.ts'
import { OPEN_TO_ALL, problems } from '../route-parts.ts'
import { siriStopMonitoring } from '../schemas/siri.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { refusing } from '../../domain/sentences/issue-sentence.ts'

const LONGEST_PREVIEW_S = 24 * 3600

/** xsd:duration, or plain minutes as some boards send them; in seconds. */
const preview = z
  .string()
  .max(30)
  .transform((text, context) => {
    const seconds = /^\d{1,4}$/.test(text) ? Number(text) * 60 : durationSeconds(text)
    if (seconds !== null && seconds > 0 && seconds <= LONGEST_PREVIEW_S) return seconds
    context.addIssue({ code: 'custom', ...refusing(say('notPreview')) })
    return z.NEVER
  })
  .openapi({ type: 'string', example: 'PT30M' })

const getStopMonitoring = createRoute({
  method: 'get',
  path: '/siri/stop-monitoring.json',
  operationId: 'getStopMonitoring',
  tags: ['Feeds'],
  summary: 'Stop monitoring by SIRI, for boards',
  description:
    'EN 15531-3 Stop Monitoring in JSON, with the standard’s names. A visit that is not `Monitored` has no expected times, and its status is `noReport`: nothing is known of the bus, which is not on time. A stop that is not there is told in `ErrorCondition`, as the standard has it.',
  security: OPEN_TO_ALL,
  request: {
    query: z.object({
      MonitoringRef: z.string().min(1).max(200).openapi({ example: '1201' }),
      LineRef: z.string().min(1).max(100).optional(),
      DirectionRef: z.enum(['0', '1']).optional(),
      MaximumStopVisits: z.coerce.number().int().min(1).max(200).default(20),
      MinimumStopVisitsPerLine: z.coerce.number().int().min(0).max(20).default(0),
      StopMonitoringDetailLevel: z.enum(DETAIL_LEVELS).default('normal'),
      PreviewInterval: preview.default(3_600),
    }),
  },
  responses: {
    200: { description: 'The delivery', content: { 'application/json': { schema: siriStopMonitoring } } },
    ...problems(400),
  },
})

export function stopMonitoringRoutes(app: Api, { db, now, clock }: AppContext): void {
  app.openapi(getStopMonitoring, async (c) => {
    const query = c.req.valid('query')
    const at = now()
    const headers = { 'Cache-Control': 'public, max-age=5', 'Access-Control-Allow-Origin': '*' }
    const found = await stopWithPlatforms(db, query.MonitoringRef)
    if (found === undefined) {
      const error = `There is no stop ${query.MonitoringRef}.`
      const delivery = { now: at, timeZone: 'UTC', monitoringRef: query.MonitoringRef, error }
      return c.json(siriStopMonitoring.parse(stopMonitoring(delivery, [])), 200, headers)
    }
    const { stop, timeZone, platforms } = found
    const detail = query.StopMonitoringDetailLevel
    const calls = chosenVisits(
      await stopCalls(db, {
        feedId: stop.feedId,
        timeZone,
        stopIds: platforms.map((one) => one.stopId),
        from: at,
        to: new Date(at.getTime() + query.PreviewInterval * 1000),
        lineId: query.LineRef,
        directionId: query.DirectionRef === undefined ? undefined : Number(query.DirectionRef),
      }),
      { maximum: query.MaximumStopVisits, minimumPerLine: query.MinimumStopVisitsPerLine },
    )
    const options = {
      now: at,
      speed: clock.speed,
      timeZone,
      detail,
      stopNames: new Map(platforms.map((one) => [one.stopId, one.name])),
      onward: detail === 'calls' ? await onwardCalls(db, { feedId: stop.feedId, timeZone }, calls) : new Map(),
    }
    const visits = calls.map((call) => stopVisit(call, options))
    const delivery = { now: at, timeZone, monitoringRef: query.MonitoringRef, error: null }
    return c.json(siriStopMonitoring.parse(stopMonitoring(delivery, visits)), 200, headers)
  })
}

function durationSeconds(text: string): number | null {
  try {
    return Temporal.Duration.from(text).total({ unit: 'seconds', relativeTo: '2026-01-01' })
  } catch {
    return null
  }
}
