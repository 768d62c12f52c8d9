import { createRoute, z } from '@hono/zod-openapi'
import { activeFeeds, putFeedAttribution } from '../../db/feed-attribution.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, OPEN_TO_ALL, problems, SIGNED_IN } from '../route-parts.ts'
import { feedAttribution, feedList } from '../schemas/feeds.ts'

const listFeeds = createRoute({
  method: 'get',
  path: '/api/v1/feeds',
  operationId: 'listFeeds',
  tags: ['Feeds'],
  summary: 'Timetables in use, and what is published from them',
  description: 'With whose data it is, and the addresses of the live feeds. Open to all.',
  security: OPEN_TO_ALL,
  responses: { 200: jsonAnswer('Timetables', feedList), ...problems(503) },
})

const putAttribution = createRoute({
  method: 'put',
  path: '/api/v1/feeds/{feedId}/attribution',
  operationId: 'putFeedAttribution',
  tags: ['Feeds'],
  summary: 'Say whose timetable it is and on what terms it may be used',
  description: 'Shown beside everything that is published from it. It stays when the timetable is imported anew.',
  security: SIGNED_IN,
  request: {
    params: z.object({ feedId: z.string().min(1).max(200).openapi({ example: 'blagoevgrad' }) }),
    body: jsonBody('Whose it is', feedAttribution),
  },
  responses: { 200: jsonAnswer('As it is kept', feedAttribution), ...problems(400, 401, 403, 404, 413) },
})

export function feedRoutes(app: Api, { db }: AppContext): void {
  app.openapi(listFeeds, async (c) => {
    const items = (await activeFeeds(db)).map((feed) => {
      const of = `?feedId=${encodeURIComponent(feed.feedId)}`
      return {
        ...feed,
        file: feed.attribution.licence === null ? null : `/api/v1/feeds/${encodeURIComponent(feed.feedId)}/gtfs.zip`,
        realtime: {
          vehiclePositions: `/gtfs-rt/vehicle-positions.pb${of}`,
          tripUpdates: `/gtfs-rt/trip-updates.pb${of}`,
          alerts: `/gtfs-rt/alerts.pb${of}`,
        },
      }
    })
    return c.json(asJson({ items, next: null }), 200, { 'Cache-Control': 'public, max-age=300' })
  })

  app.openapi(putAttribution, async (c) => {
    const { feedId } = c.req.valid('param')
    const attribution = c.req.valid('json')
    if (!(await putFeedAttribution(db, feedId, attribution))) throw notFound('timetable', feedId)
    return c.json(attribution, 200)
  })
}
