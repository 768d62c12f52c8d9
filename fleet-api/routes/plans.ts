import { createRoute, z } from '@hono/zod-openapi'
import { askForPlan, planAnswering } from '../../db/ask-for-plan.ts'
import { planActual } from '../../db/views/plan-actual.ts'
import { planSummaries } from '../../db/views/plans.ts'
import { siteExists } from '../../db/views/sites.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { numberCursor, page } from '../cursor.ts'
import { found, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { instantInput, listOf, paging, siteId } from '../schemas/common.ts'
import { plan } from '../schemas/depot.ts'
import { planActual as planActualSchema } from '../schemas/plan-history.ts'
import { planSummary } from '../schemas/records.ts'
import { seenStay } from './plan-days.ts'

const LOOK_AGAIN_MS = 200
const planParams = z.object({ planId: z.coerce.number().int().min(0).max(2_147_483_647).openapi({ example: 7 }) })

const getCurrent = createRoute({
  method: 'get',
  path: '/api/v1/plans/current',
  operationId: 'getCurrentPlan',
  tags: ['Plans'],
  summary: 'The plan that the chargers follow',
  description:
    'Power for every visit and slot, against limit and price, with cost, the certified bound and the uncontrolled comparison.',
  security: SIGNED_IN,
  request: { query: z.object({ siteId }) },
  responses: { 200: jsonAnswer('The plan', plan), ...problems(400, 401, 404) },
})

const listPlans = createRoute({
  method: 'get',
  path: '/api/v1/plans',
  operationId: 'listPlans',
  tags: ['Plans'],
  summary: 'Plans that were made',
  description: 'Newest first, in short; with `from` and `to` those made in that time. They are kept for 30 days.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      siteId: siteId.optional(),
      from: instantInput.optional(),
      to: instantInput.optional(),
      ...paging,
    }),
  },
  responses: { 200: jsonAnswer('Plans in short', listOf(planSummary)), ...problems(400, 401) },
})

const getPlan = createRoute({
  method: 'get',
  path: '/api/v1/plans/{planId}',
  operationId: 'getPlan',
  tags: ['Plans'],
  summary: 'One plan',
  description: 'As it was when it was made.',
  security: SIGNED_IN,
  request: { params: planParams },
  responses: { 200: jsonAnswer('The plan', plan), ...problems(400, 401, 404) },
})

const getActual = createRoute({
  method: 'get',
  path: '/api/v1/plans/{planId}/actual',
  operationId: 'getPlanActual',
  tags: ['Plans'],
  summary: 'What came of a plan',
  description:
    'Its power slot by slot against what was measured, and each visit with what it was to get and what it got, whether or not the plan stood to its end: a plan that was replaced is compared all the same.',
  security: SIGNED_IN,
  request: { params: planParams },
  responses: { 200: jsonAnswer('The comparison', planActualSchema), ...problems(400, 401, 404) },
})

const postPlan = createRoute({
  method: 'post',
  path: '/api/v1/plans',
  operationId: 'replan',
  tags: ['Plans'],
  summary: 'Make a new plan now',
  description:
    'With `wait` it answers with the new plan when it stands within that many seconds; otherwise 202, and it comes in its own time.',
  security: SIGNED_IN,
  request: {
    body: jsonBody(
      'The site',
      z
        .strictObject({ siteId, wait: z.number().min(0).max(60).default(0) })
        .openapi('ReplanRequest', { example: { siteId: 'depot', wait: 10 } }),
    ),
  },
  responses: {
    200: jsonAnswer('The new plan', plan),
    202: jsonAnswer(
      'Asked for; not made yet',
      z.object({ siteId: z.string(), asked: z.literal(true) }).openapi({ example: { siteId: 'depot', asked: true } }),
    ),
    ...problems(400, 401, 403, 404, 413),
  },
})

export function planRoutes(app: Api, { db, now, plans }: AppContext): void {
  app.openapi(getCurrent, async (c) => {
    const { siteId } = c.req.valid('query')
    const [current] = await plans.current([siteId])
    return c.json(asJson(found(current?.view, 'currentPlan', siteId)), 200)
  })

  app.openapi(listPlans, async (c) => {
    const { siteId, from, to, cursor, limit } = c.req.valid('query')
    const rows = await planSummaries(db, { siteId, from, to, before: numberCursor(cursor), limit: limit + 1 })
    const plans = rows.map((row) => ({ ...row, endAt: endOf(row) }))
    return c.json(asJson(page(plans, limit, (row) => [row.planId])), 200)
  })

  app.openapi(getPlan, async (c) => {
    const { planId } = c.req.valid('param')
    return c.json(asJson(found((await plans.one(planId))?.view, 'plan', planId)), 200)
  })

  app.openapi(getActual, async (c) => {
    const { planId } = c.req.valid('param')
    const { view } = found(await plans.one(planId), 'plan', planId)
    const actual = await planActual(db, view, now())
    const visits = actual.visits.map(({ measured, ...visit }) => ({ ...visit, ...seenStay(measured) }))
    return c.json(asJson({ ...actual, visits }), 200)
  })

  app.openapi(postPlan, async (c) => {
    const { siteId, wait } = c.req.valid('json')
    if (!(await siteExists(db, siteId))) throw notFound('site', siteId)
    const ask = await askForPlan(db, siteId, { kind: 'byHand' }, now())
    for (let left = wait * 1000; left > 0; left -= LOOK_AGAIN_MS) {
      const planId = await planAnswering(db, ask)
      const made = planId === undefined ? undefined : await plans.one(planId)
      if (made !== undefined) return c.json(asJson(made.view), 200)
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, LOOK_AGAIN_MS)))
    }
    return c.json({ siteId, asked: true as const }, 202)
  })
}

function endOf(plan: { startAt: Date; slots: number; slotMinutes: number }): Date {
  return new Date(plan.startAt.getTime() + plan.slots * plan.slotMinutes * 60_000)
}
