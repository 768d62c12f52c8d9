import { createRoute, z } from '@hono/zod-openapi'
import { carbonFactors, deleteCarbonFactor, putCarbonFactor, storeCarbon } from '../../db/carbon.ts'
import { carbonSlotViews } from '../../db/views/carbon-slots.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page } from '../cursor.ts'
import { found, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { id, listOf, localDate, siteId } from '../schemas/common.ts'
import {
  carbonFactor,
  carbonFactorUpload,
  carbonMethod,
  carbonSlot,
  carbonUpload,
  slotFilter,
} from '../schemas/markets.ts'
import { checkSlots, slotAfter } from '../series-slots.ts'
import { say } from '../../domain/sentences/sentence.ts'

const series = id.openapi({ example: 'entsoe:10YCA-BULGARIA-R' })
const factorParams = z.object({ siteId, method: carbonMethod, validFrom: localDate })

const listCarbon = createRoute({
  method: 'get',
  path: '/api/v1/carbon',
  operationId: 'listCarbon',
  tags: ['Prices'],
  summary: 'Carbon intensity of the grid over time',
  description: 'Ordered by series and time. Those that hold anywhere between `from` and `to`.',
  security: SIGNED_IN,
  request: {
    query: z.object({ series: series.optional(), ...slotFilter }),
  },
  responses: { 200: jsonAnswer('Intensities', listOf(carbonSlot)), ...problems(400, 401) },
})

const putCarbon = createRoute({
  method: 'put',
  path: '/api/v1/carbon',
  operationId: 'putCarbon',
  tags: ['Prices'],
  summary: 'Upload carbon intensities',
  description:
    'What they overlap is replaced. Slots must ascend without overlap; at most 10,000 at once. Sites whose tariff names the series go by it, in plans at once.',
  security: SIGNED_IN,
  request: { query: z.object({ series }), body: jsonBody('Grams of CO2 equivalent per kWh', carbonUpload) },
  responses: {
    200: jsonAnswer('How many were stored', z.object({ series, stored: z.int().openapi({ example: 96 }) })),
    ...problems(400, 401, 403, 413),
  },
})

const listCarbonFactors = createRoute({
  method: 'get',
  path: '/api/v1/sites/{siteId}/carbon-factors',
  operationId: 'listCarbonFactors',
  tags: ['Prices'],
  summary: 'A site’s yearly carbon factors, with source and year',
  description:
    'Location-based ones count where the site’s carbon series is not known. The default of the country, where one is known, comes first and gives way to any that is entered.',
  security: SIGNED_IN,
  request: { params: z.object({ siteId }) },
  responses: { 200: jsonAnswer('Factors', listOf(carbonFactor)), ...problems(400, 401, 404) },
})

const putFactor = createRoute({
  method: 'put',
  path: '/api/v1/sites/{siteId}/carbon-factors/{method}/{validFrom}',
  operationId: 'putCarbonFactor',
  tags: ['Prices'],
  summary: 'Set a yearly carbon factor from a day on',
  description: 'It holds until the next of the same method. One of the same day is replaced.',
  security: SIGNED_IN,
  request: { params: factorParams, body: jsonBody('The factor', carbonFactorUpload) },
  responses: { 200: jsonAnswer('As stored', carbonFactor), ...problems(400, 401, 403, 404) },
})

const deleteFactor = createRoute({
  method: 'delete',
  path: '/api/v1/sites/{siteId}/carbon-factors/{method}/{validFrom}',
  operationId: 'deleteCarbonFactor',
  tags: ['Prices'],
  summary: 'Take away a yearly carbon factor',
  description: 'The one before it, or the default, holds in its place.',
  security: SIGNED_IN,
  request: { params: factorParams },
  responses: { 204: { description: 'It is gone.' }, ...problems(400, 401, 403, 404) },
})

export function carbonRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(listCarbon, async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const after = slotAfter(cursor)
    const rows = await carbonSlotViews(db, { ...filter, after, limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.series, row.startAt.getTime()])), 200)
  })

  app.openapi(putCarbon, async (c) => {
    const { series } = c.req.valid('query')
    const { slots, source } = c.req.valid('json')
    checkSlots(slots)
    return c.json({ series, stored: await storeCarbon(db, series, slots, source, now()) }, 200)
  })

  app.openapi(listCarbonFactors, async (c) => {
    const { siteId } = c.req.valid('param')
    const items = found(await carbonFactors(db, siteId), 'site', siteId)
    return c.json({ items, next: null }, 200)
  })

  app.openapi(putFactor, async (c) => {
    const { siteId, method, validFrom } = c.req.valid('param')
    const factor = { method, validFrom, ...c.req.valid('json') }
    if (!(await putCarbonFactor(db, siteId, factor, now()))) throw notFound('site', siteId)
    return c.json({ ...factor, isDefault: false }, 200)
  })

  app.openapi(deleteFactor, async (c) => {
    const key = c.req.valid('param')
    if (!(await deleteCarbonFactor(db, key, now())))
      throw notFound(
        say('noFactorFrom', {
          method: say(key.method === 'location' ? 'byLocation' : 'byMarket'),
          siteId: key.siteId,
          date: key.validFrom,
        }),
      )
    return c.body(null, 204)
  })
}
