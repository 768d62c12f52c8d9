import { createRoute, z } from '@hono/zod-openapi'
import { leavings } from '../../db/views/leavings.ts'
import type { SeenStay } from '../../db/views/measured-stays.ts'
import { planDay, planDays } from '../../db/views/plan-days.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page, stringCursor } from '../cursor.ts'
import { found } from '../errors.ts'
import { jsonAnswer, problems, SIGNED_IN } from '../route-parts.ts'
import { listOf, localDate, paging, siteId } from '../schemas/common.ts'
import { planDay as planDaySchema, planDayReport } from '../schemas/plan-history.ts'
import { say } from '../../domain/sentences/sentence.ts'

const MOST_DAYS = 31
const USUAL_DAYS = 14

const listPlanDays = createRoute({
  method: 'get',
  path: '/api/v1/sites/{siteId}/plan-days',
  operationId: 'listPlanDays',
  tags: ['Plans'],
  summary: 'Nights: what was planned, and what happened',
  description:
    'The latest first. Each goes from noon to noon and bears the date of its morning, whose departures it counts. Cost and peak are those of the plan of the night, the first that was made after noon, against what was measured.',
  security: SIGNED_IN,
  request: {
    params: z.object({ siteId }),
    query: z.object({
      cursor: paging.cursor,
      limit: z.coerce.number().int().min(1).max(MOST_DAYS).default(USUAL_DAYS),
    }),
  },
  responses: { 200: jsonAnswer('Nights', listOf(planDaySchema)), ...problems(400, 401, 404) },
})

const getPlanDay = createRoute({
  method: 'get',
  path: '/api/v1/sites/{siteId}/plan-days/{date}',
  operationId: 'getPlanDay',
  tags: ['Plans'],
  summary: 'One night: what was planned, and what happened',
  description:
    'Every pull-out of the service day with its need, what the plan of the night and the last plan before it foresaw, and what was measured; and the site’s power by quarter hour. What was not measured is null.',
  security: SIGNED_IN,
  request: { params: z.object({ siteId, date: localDate }) },
  responses: { 200: jsonAnswer('The night', planDayReport), ...problems(400, 401, 404) },
})

export function planDayRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(listPlanDays, async (c) => {
    const { siteId } = c.req.valid('param')
    const { cursor, limit } = c.req.valid('query')
    const days = await planDays(db, { siteId, before: stringCursor(cursor), limit: limit + 1 }, now())
    return c.json(asJson(page(found(days, 'site', siteId), limit, (day) => [day.date])), 200)
  })

  app.openapi(getPlanDay, async (c) => {
    const { siteId, date } = c.req.valid('param')
    const night = found(await planDay(db, { siteId, date }, now()), say('noPlanOfDay', { date, siteId }))
    const left = await leavings(db, date)
    return c.json(
      asJson({
        ...night.day,
        quarters: night.quarters,
        pullOuts: night.departures.map(({ measured, ...departure }) => ({
          ...departure,
          ...seenStay(measured),
          leftAt: left.get(`${departure.blockId} ${departure.vehicleId}`) ?? null,
        })),
      }),
      200,
    )
  })
}

/** What was measured of a stay, under the names that it has outside. */
export function seenStay({ energyWh, complete, chargedUntil, socPercent, socAt, unpluggedAt }: SeenStay) {
  return { deliveredWh: energyWh, deliveryComplete: complete, chargedUntil, socPercent, socAt, unpluggedAt }
}
