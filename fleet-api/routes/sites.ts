import { createRoute, z } from '@hono/zod-openapi'
import { changeSite } from '../../db/change-site.ts'
import { sitePowerHistory } from '../../db/site-power.ts'
import { bayViews } from '../../db/views/bays.ts'
import { siteExists, siteViews } from '../../db/views/sites.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page, stringCursor } from '../cursor.ts'
import { ApiError, found, notFound, wrongField } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { leftOut } from '../../domain/left-out.ts'
import { id, instantInput, listOf, paging, siteId } from '../schemas/common.ts'
import { bay, site } from '../schemas/depot.ts'
import { sitePower } from '../schemas/records.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { matching } from '../matching.ts'

const DAY_MS = 86_400_000
const params = z.object({ siteId })

const listSites = createRoute({
  method: 'get',
  path: '/api/v1/sites',
  operationId: 'listSites',
  tags: ['Sites'],
  summary: 'Sites with their limits, bays and present power',
  description: 'Ordered by site id.',
  security: SIGNED_IN,
  request: { query: z.object(paging) },
  responses: { 200: jsonAnswer('Sites', listOf(site)), ...problems(400, 401) },
})

const getSite = createRoute({
  method: 'get',
  path: '/api/v1/sites/{siteId}',
  operationId: 'getSite',
  tags: ['Sites'],
  summary: 'One site',
  description: 'Its limit tree, its bays, what it draws now, this month’s peak and the present price.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('The site', site), ...problems(400, 401, 404) },
})

const listBays = createRoute({
  method: 'get',
  path: '/api/v1/sites/{siteId}/bays',
  operationId: 'listBays',
  tags: ['Sites'],
  summary: 'The bays of a site, as they lie',
  description: 'With the outlet at each; a site has all of them on one page.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('Bays', listOf(bay)), ...problems(400, 401, 404) },
})

const patchSite = createRoute({
  method: 'patch',
  path: '/api/v1/sites/{siteId}',
  operationId: 'changeSite',
  tags: ['Sites'],
  summary: 'Change limits, base loads or the outdoor temperature',
  description: 'A new plan is asked for at once; chargers follow it within seconds.',
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'What to change; what is left out stays',
      z
        .strictObject({
          outdoorTemperatureC: leftOut(z.number().min(-60).max(60).nullable()).describe(
            'null: unknown, so the long-term mean is assumed.',
          ),
          public: leftOut(z.boolean()).describe('Its chargers are listed for everybody; a bus depot’s are not.'),
          address: leftOut(z.string().max(45).nullable()),
          city: leftOut(z.string().max(45).nullable()),
          postalCode: leftOut(z.string().max(10).nullable()),
          country: leftOut(matching(z.string(), /^[A-Z]{3}$/, say('plainCountry3'))),
          adHocTariffId: leftOut(z.string().max(36).nullable()),
          nodes: leftOut(
            z
              .array(
                z.strictObject({
                  nodeId: id,
                  limitW: leftOut(z.int().min(0).max(1_000_000_000)),
                  baseLoadW: leftOut(z.int().min(0).max(1_000_000_000)),
                }),
              )
              .max(1000),
          ),
        })
        .openapi('SiteChange', { example: { nodes: [{ nodeId: 'site', limitW: 300_000 }] } }),
    ),
  },
  responses: { 200: jsonAnswer('The site as it is now', site), ...problems(400, 401, 403, 404, 409, 413) },
})

const listPower = createRoute({
  method: 'get',
  path: '/api/v1/sites/{siteId}/power',
  operationId: 'listSitePower',
  tags: ['Sites'],
  summary: 'Measured power, quarter by quarter',
  description:
    'Means of 15 minutes from the chargers’ energy registers, at most 32 days at once; the last 24 hours when `from` is left out. What was not measured is null, not zero.',
  security: SIGNED_IN,
  request: { params, query: z.object({ from: instantInput.optional(), to: instantInput.optional() }) },
  responses: { 200: jsonAnswer('Quarters, oldest first', listOf(sitePower)), ...problems(400, 401, 404) },
})

export function siteRoutes(app: Api, { db, now, plans }: AppContext): void {
  app.openapi(listSites, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const rows = await siteViews(db, plans, { after: stringCursor(cursor), limit: limit + 1 }, now())
    return c.json(asJson(page(rows, limit, (row) => [row.siteId])), 200)
  })

  app.openapi(getSite, async (c) => {
    const { siteId } = c.req.valid('param')
    const [view] = await siteViews(db, plans, { ids: [siteId] }, now())
    return c.json(asJson(found(view, 'site', siteId)), 200)
  })

  app.openapi(listBays, async (c) => {
    const { siteId: site } = c.req.valid('param')
    if (!(await siteExists(db, site))) throw notFound('site', site)
    return c.json({ items: await bayViews(db, site), next: null }, 200)
  })

  app.openapi(patchSite, async (c) => {
    const { siteId } = c.req.valid('param')
    const result = await changeSite(db, siteId, c.req.valid('json'), now())
    if (result === 'unknownSite') throw notFound('site', siteId)
    if (result === 'unknownNode') throw new ApiError('conflict', { detail: say('unknownNode') })
    if (result === 'unknownTariff') throw new ApiError('conflict', { detail: say('unknownTariff') })
    const [view] = await siteViews(db, plans, { ids: [siteId] }, now())
    return c.json(asJson(found(view, 'site', siteId)), 200)
  })

  app.openapi(listPower, async (c) => {
    const { siteId } = c.req.valid('param')
    const { from, to = now() } = c.req.valid('query')
    const since = from ?? new Date(to.getTime() - DAY_MS)
    if (to.getTime() - since.getTime() > 32 * DAY_MS || to < since)
      throw wrongField('query.from', say('daysBeforeTo', { n: 32 }))
    if (!(await siteExists(db, siteId))) throw notFound('site', siteId)
    return c.json(
      asJson({ items: await sitePowerHistory(db, siteId, { from: since, to, now: now() }), next: null }),
      200,
    )
  })
}
