import { createRoute, z } from '@hono/zod-openapi'
import { adHocTariffs, deleteAdHocTariff, putAdHocTariff } from '../../db/ad-hoc-tariffs.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page, stringCursor } from '../cursor.ts'
import { notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { leftOut } from '../../domain/left-out.ts'
import { listOf, paging } from '../schemas/common.ts'
import { adHocTariff } from '../schemas/places.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { matching } from '../matching.ts'

const micro = leftOut(z.int().min(0).max(1_000_000_000).nullable())
const params = z.object({
  tariffId: matching(z.string().min(1).max(36), /^[\w.-]+$/, say('plainName')).openapi({ example: 'day' }),
})

const list = createRoute({
  method: 'get',
  path: '/api/v1/ad-hoc-tariffs',
  operationId: 'listAdHocTariffs',
  tags: ['Prices'],
  summary: 'What charging costs those who come without a contract',
  description: 'Ordered by id. Sites and stations name one of them (`adHocTariffId`).',
  security: SIGNED_IN,
  request: { query: z.object(paging) },
  responses: { 200: jsonAnswer('Tariffs', listOf(adHocTariff)), ...problems(400, 401, 403) },
})

const put = createRoute({
  method: 'put',
  path: '/api/v1/ad-hoc-tariffs/{tariffId}',
  operationId: 'putAdHocTariff',
  tags: ['Prices'],
  summary: 'Make or change an ad-hoc tariff',
  description: 'It is shown with the chargers that have it, and in OCPI. What is left out is not charged for.',
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'The tariff as it is to be',
      z
        .strictObject({
          name: z.string().min(1).max(120),
          energyMicroEurPerKwh: micro,
          sessionMicroEur: micro,
          timeMicroEurPerHour: micro,
          vatPercent: leftOut(z.number().min(0).max(100).nullable()),
        })
        .openapi('AdHocTariffChange', {
          example: { name: 'Ad hoc, per kWh', energyMicroEurPerKwh: 350_000, vatPercent: 20 },
        }),
    ),
  },
  responses: { 200: jsonAnswer('The tariff', adHocTariff), ...problems(400, 401, 403, 413) },
})

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/ad-hoc-tariffs/{tariffId}',
  operationId: 'deleteAdHocTariff',
  tags: ['Prices'],
  summary: 'Remove an ad-hoc tariff',
  description: 'Sites and stations that had it have none.',
  security: SIGNED_IN,
  request: { params },
  responses: { 204: { description: 'It is gone' }, ...problems(400, 401, 403, 404) },
})

const NOTHING = { energyMicroEurPerKwh: null, sessionMicroEur: null, timeMicroEurPerHour: null, vatPercent: null }

export function adHocTariffRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(list, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const rows = await adHocTariffs(db, { after: stringCursor(cursor), limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.tariffId])), 200)
  })

  app.openapi(put, async (c) => {
    const { tariffId } = c.req.valid('param')
    const tariff = { tariffId, ...NOTHING, ...c.req.valid('json'), updatedAt: now() }
    await putAdHocTariff(db, tariff)
    return c.json(asJson(tariff), 200)
  })

  app.openapi(remove, async (c) => {
    const { tariffId } = c.req.valid('param')
    if (!(await deleteAdHocTariff(db, tariffId, now()))) throw notFound('tariff', tariffId)
    return c.body(null, 204)
  })
}
