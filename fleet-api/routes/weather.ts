import { createRoute, z } from '@hono/zod-openapi'
import { siteExists } from '../../db/views/sites.ts'
import { storeWeather, weatherBetween } from '../../db/weather.ts'
import { readOpenMeteo } from '../../domain/weather/open-meteo.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { notFound, wrongField } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { instantInput, listOf, paging, siteId } from '../schemas/common.ts'
import { weatherHour, weatherUpload } from '../schemas/markets.ts'
import { SaidError } from '../../domain/sentences/said-error.ts'

const params = z.object({ siteId })

const listWeather = createRoute({
  method: 'get',
  path: '/api/v1/sites/{siteId}/weather',
  operationId: 'listWeather',
  tags: ['Sites'],
  summary: 'Outdoor temperatures at a site, measured and forecast',
  description: 'Ordered by time, from `from` to before `to`.',
  security: SIGNED_IN,
  request: {
    params,
    query: z.object({
      from: instantInput.optional(),
      to: instantInput.optional(),
      ...paging,
      limit: z.coerce.number().int().min(1).max(5000).default(1000),
    }),
  },
  responses: { 200: jsonAnswer('Temperatures', listOf(weatherHour)), ...problems(400, 401, 404) },
})

const putWeather = createRoute({
  method: 'put',
  path: '/api/v1/sites/{siteId}/weather',
  operationId: 'putWeather',
  tags: ['Sites'],
  summary: 'Upload outdoor temperatures',
  description:
    'Either `hours`, or an answer of Open-Meteo as it is (`hourly=temperature_2m`). A temperature of the same instant is replaced. Plans go by the mean of the coming day once half of its hours are known.',
  security: SIGNED_IN,
  request: { params, body: jsonBody('Temperatures', weatherUpload) },
  responses: {
    200: jsonAnswer('How many were stored', z.object({ siteId, stored: z.int().openapi({ example: 72 }) })),
    ...problems(400, 401, 403, 404, 413),
  },
})

export function weatherRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(listWeather, async (c) => {
    const { siteId } = c.req.valid('param')
    const { cursor, limit, from, to } = c.req.valid('query')
    if (!(await siteExists(db, siteId))) throw notFound('site', siteId)
    const after = cursor === undefined ? undefined : new Date(Number(decodeCursor(cursor, ['instant'])[0]))
    const rows = await weatherBetween(db, { siteId, from, to, after, limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.at.getTime()])), 200)
  })

  app.openapi(putWeather, async (c) => {
    const { siteId } = c.req.valid('param')
    const body = c.req.valid('json')
    const { hours, source } = 'hours' in body ? body : { hours: fromOpenMeteo(body), source: 'open-meteo' }
    const byTime = new Map(hours.map((hour) => [hour.at.getTime(), hour]))
    if (!(await storeWeather(db, siteId, [...byTime.values()], source, now()))) throw notFound('site', siteId)
    return c.json({ siteId, stored: byTime.size }, 200)
  })
}

function fromOpenMeteo(answer: Parameters<typeof readOpenMeteo>[0]) {
  try {
    return readOpenMeteo(answer)
  } catch (error) {
    if (!(error instanceof SaidError)) throw error
    throw wrongField('body.hourly', error.sentence)
  }
}
