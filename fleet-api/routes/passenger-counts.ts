import { createRoute } from '@hono/zod-openapi'
import { storePassengerCounts } from '../../db/passenger-counts.ts'
import type { Api, AppContext } from '../context.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { passengerCounts, passengerCountsStored } from '../schemas/passenger-counts.ts'

const putPassengerCounts = createRoute({
  method: 'put',
  path: '/api/v1/passenger-counts',
  operationId: 'putPassengerCounts',
  tags: ['Reports'],
  summary: 'Who was carried, by line and day',
  description:
    'Up to 10,000 counts, each in place of the one of the same line and day. Passenger kilometres are shared among the vehicles of the line by the distance they drove; reports give energy and carbon per passenger-kilometre (ISO 14083) from then on.',
  security: SIGNED_IN,
  request: { body: jsonBody('The counts', passengerCounts) },
  responses: { 200: jsonAnswer('Stored', passengerCountsStored), ...problems(400, 401, 403, 413) },
})

export function passengerCountRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(putPassengerCounts, async (c) => {
    const { counts, source } = c.req.valid('json')
    await storePassengerCounts(db, counts, source, now())
    return c.json({ stored: counts.length }, 200)
  })
}
