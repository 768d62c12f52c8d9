import { createRoute, z } from '@hono/zod-openapi'
import { storePrices } from '../../db/prices.ts'
import { priceSlotViews } from '../../db/views/price-slots.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { id, instantInput, listOf, paging } from '../schemas/common.ts'
import { priceSlot } from '../schemas/records.ts'
import { checkSlots } from '../slots-in-order.ts'

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
    query: z.object({
      series: series.optional(),
      from: instantInput.optional(),
      to: instantInput.optional(),
      ...paging,
      limit: z.coerce.number().int().min(1).max(5000).default(1000),
    }),
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
    body: jsonBody(
      'Prices per kWh in millionths of a euro; may be negative',
      z
        .strictObject({
          source: z.string().min(1).max(120).default('api'),
          slots: z
            .array(
              z.strictObject({
                startAt: instantInput,
                endAt: instantInput,
                priceMicroEurPerKwh: z.int().min(-100_000_000).max(100_000_000),
              }),
            )
            .min(1)
            .max(10_000),
        })
        .openapi('PriceUpload', {
          example: {
            source: 'day-ahead',
            slots: [{ startAt: '2026-11-23T22:00:00Z', endAt: '2026-11-23T22:15:00Z', priceMicroEurPerKwh: 84_200 }],
          },
        }),
    ),
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
    const [afterSeries, afterStart] = cursor === undefined ? [] : decodeCursor(cursor, ['string', 'instant'])
    const after =
      afterSeries === undefined ? undefined : { series: String(afterSeries), startAt: new Date(Number(afterStart)) }
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
