import { createRoute } from '@hono/zod-openapi'
import { stopWithPlatforms } from '../../db/views/stops.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError, found } from '../errors.ts'
import { clientAddress } from '../http-facts.ts'
import { EVENT_STREAM, OPEN_TO_ALL, problems } from '../route-parts.ts'
import { stopBoard, stopParams } from '../schemas/stops.ts'

const streamStopArrivals = createRoute({
  method: 'get',
  path: '/api/v1/stops/{stopId}/arrivals/stream',
  operationId: 'streamStopArrivals',
  tags: ['Arrivals'],
  summary: 'A stop’s board, as it changes (Server-Sent Events)',
  description:
    'For screens. `event: board` comes first and whenever something changes, within a second of the prediction: the departures of the next two hours, whole. `event: clock` with `{ now }` comes every 15 s; after 90 s without either the board is stale. Open to all, for 200 streams of an address; whoever gets a 503 asks `/arrivals` every 15 seconds instead. The stream ends after an hour at most; reconnect.',
  security: OPEN_TO_ALL,
  request: { params: stopParams },
  responses: {
    200: {
      description: 'The stream; the data of each `board` is one StopBoard',
      content: { 'text/event-stream': { schema: stopBoard } },
    },
    ...problems(400, 404, 503),
  },
})

export function stopStreamRoutes(app: Api, { db, liveStops }: AppContext): void {
  app.openapi(streamStopArrivals, async (c) => {
    const { stopId } = c.req.valid('param')
    const { stop } = found(await stopWithPlatforms(db, stopId), 'stop', stopId)
    // Nobody would ever read, or close, the stream of a HEAD request.
    if (c.req.method === 'HEAD') return c.body(null, 200, EVENT_STREAM)
    // By one name, however it was asked for, so that all share it.
    const stream = liveStops.listen({ stopId: `${stop.feedId}:${stop.stopId}`, address: clientAddress(c) })
    if (stream === 'full') throw new ApiError('too-many-listeners', { headers: { 'Retry-After': '30' } })
    return new Response(stream, { headers: EVENT_STREAM })
  })
}
