import { createRoute, z } from '@hono/zod-openapi'
import { deleteSiteTariff, putSiteTariff, siteTariffs } from '../../db/tariffs.ts'
import { localDate as dateAt } from '../../domain/service-time.ts'
import { tariffOn } from '../../domain/tariff/tariff-spans.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { found, notFound, wrongField } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { listOf, localDate, siteId } from '../schemas/common.ts'
import { datedTariff, tariffUpload } from '../schemas/markets.ts'
import { say } from '../../domain/sentences/sentence.ts'

const siteParams = z.object({ siteId })
const tariffParams = z.object({ siteId, validFrom: localDate })

const listTariffs = createRoute({
  method: 'get',
  path: '/api/v1/sites/{siteId}/tariffs',
  operationId: 'listTariffs',
  tags: ['Prices'],
  summary: 'What energy costs at a site, and from when to when',
  description:
    'Ordered by the day from which they hold, after the fleet file’s own, which holds on days that no other covers. Where several cover a day, the one that began last holds.',
  security: SIGNED_IN,
  request: { params: siteParams },
  responses: { 200: jsonAnswer('Tariffs', listOf(datedTariff)), ...problems(400, 401, 404) },
})

const putTariff = createRoute({
  method: 'put',
  path: '/api/v1/sites/{siteId}/tariffs/{validFrom}',
  operationId: 'putTariff',
  tags: ['Prices'],
  summary: 'Set the tariff from a day on',
  description:
    'By the site’s calendar, from its midnight. One that begins on the same day is replaced. The site is planned anew, and what its energy cost from that day on is worked out anew.',
  security: SIGNED_IN,
  request: { params: tariffParams, body: jsonBody('The tariff', tariffUpload) },
  responses: { 200: jsonAnswer('As stored', datedTariff), ...problems(400, 401, 403, 404, 413) },
})

const deleteTariff = createRoute({
  method: 'delete',
  path: '/api/v1/sites/{siteId}/tariffs/{validFrom}',
  operationId: 'deleteTariff',
  tags: ['Prices'],
  summary: 'Take away the tariff that begins on a day',
  description: 'The one before it, or the fleet file’s, holds in its place.',
  security: SIGNED_IN,
  request: { params: tariffParams },
  responses: { 204: { description: 'It is gone.' }, ...problems(400, 401, 403, 404) },
})

export function tariffRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(listTariffs, async (c) => {
    const { siteId } = c.req.valid('param')
    const { dated, fallback, timeZone } = found(await siteTariffs(db, siteId), 'site', siteId)
    const inForce = tariffOn(dated, dateAt(now(), timeZone))
    const items = [
      ...(fallback === null
        ? []
        : [
            {
              origin: 'fleetFile' as const,
              validFrom: null,
              validTo: null,
              inForce: inForce === null,
              tariff: fallback,
              changedAt: null,
            },
          ]),
      ...dated.map((one) => ({ origin: 'validity' as const, ...one, inForce: one === inForce })),
    ]
    return c.json(asJson({ items, next: null }), 200)
  })

  app.openapi(putTariff, async (c) => {
    const { siteId, validFrom } = c.req.valid('param')
    const { validTo, tariff } = c.req.valid('json')
    if (validTo !== null && validTo <= validFrom) {
      throw wrongField('body.validTo', say('validToAfter'))
    }
    if (!(await putSiteTariff(db, siteId, { validFrom, validTo, tariff }, now()))) throw notFound('site', siteId)
    const site = found(await siteTariffs(db, siteId), 'site', siteId)
    const stored = found(
      site.dated.find((one) => one.validFrom === validFrom),
      say('noTariffFrom', { siteId, date: validFrom }),
    )
    const inForce = tariffOn(site.dated, dateAt(now(), site.timeZone)) === stored
    return c.json(asJson({ origin: 'validity' as const, ...stored, inForce }), 200)
  })

  app.openapi(deleteTariff, async (c) => {
    const { siteId, validFrom } = c.req.valid('param')
    if (!(await deleteSiteTariff(db, siteId, validFrom, now())))
      throw notFound(say('noTariffFrom', { siteId, date: validFrom }))
    return c.body(null, 204)
  })
}
