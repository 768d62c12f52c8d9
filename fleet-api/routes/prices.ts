import { createRoute, z } from '@hono/zod-openapi'
import { storePrices } from '../../db/prices.ts'
import { priceSlotViews } from '../../db/views/price-slots.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page } from '../cursor.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { id, listOf } from '../schemas/common.ts'
import { priceSlot, priceUpload, slotFilter } from '../schemas/markets.ts'
import { checkSlots, slotAfter } from '../series-slots.ts'

const series = id.openapi({ example: 'ibex-day-ahead' })

const listPrices = createRoute({
  method: 'get',
  path: '/api/v1/prices',
  operationId: 'listPrices',
  tags: ['Prices'],
  summary: 'Imported energy prices',
  description: 'Ordered by series and time. Those that hold anywhere between `from` and `to`.',
  security: SIGNED_IN,
  request: {
    query: z.object({ series: series.optional(), ...slotFilter }),
  },
  responses: { 200: jsonAnswer('Prices', listOf(priceSlot)), ...problems(400, 401) },
})

const putPrices = createRoute({
  method: 'put',
  path: '/api/v1/prices',
  operationId: 'putPrices',
  tags: ['Prices'],
  summary: 'Upload energy prices',
  description:
    'What they overlap is replaced, so that quarter hours take the place of an hour. Slots must ascend without overlap; at most 10,000 at once. Sites whose tariff names the series are planned anew.',
  security: SIGNED_IN,
  request: {
    query: z.object({ series }),
    body: jsonBody('Prices per kWh in millionths of a euro; may be negative', priceUpload),
  },
  responses: {
    200: jsonAnswer(
      'How many were stored',
      z.object({ series: z.string(), stored: z.int() }).openapi({ example: { series: 'ibex-day-ahead', stored: 96 } }),
    ),
    ...problems(400, 401, 403, 413),
  },
})

export function priceRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(listPrices, async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const after = slotAfter(cursor)
    const rows = await priceSlotViews(db, { ...filter, after, limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.series, row.startAt.getTime()])), 200)
  })

  app.openapi(putPrices, async (c) => {
    const { series } = c.req.valid('query')
    const { slots, source } = c.req.valid('json')
    checkSlots(slots)
    return c.json({ series, stored: await storePrices(db, series, slots, source, now()) }, 200)
  })
}
