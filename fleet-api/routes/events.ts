import { createRoute, z } from '@hono/zod-openapi'
import type { Api, AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { EVENT_STREAM, problems, SIGNED_IN } from '../route-parts.ts'
import { siteId } from '../schemas/common.ts'
import { liveChanges } from '../schemas/depot.ts'

const streamEvents = createRoute({
  method: 'get',
  path: '/api/v1/events',
  operationId: 'streamEvents',
  tags: ['Live'],
  summary: 'Everything that changes, as it changes (Server-Sent Events)',
  description: `\`event: snapshot\` comes first, with every list complete; then \`event: changes\` with only what changed: an item replaces the one with the same key. \`event: clock\` with \`{ now }\` comes every 15 s. Each event's id is where to resume: send it back as \`Last-Event-ID\` (browsers do) and only what changed since comes, nothing lost; an id that is unknown brings a new snapshot. A slow reader gets fewer, larger events. The stream ends after an hour at most; reconnect.`,
  security: SIGNED_IN,
  request: {
    query: z.object({ siteId: siteId.optional() }),
    headers: z.object({
      'last-event-id': z.string().max(100).optional().openapi({ example: '81234.29812345.5f0c21aa.17' }),
    }),
  },
  responses: {
    200: {
      description: 'The stream; each event’s data is one LiveChanges',
      content: { 'text/event-stream': { schema: liveChanges } },
    },
    ...problems(400, 401, 503),
  },
})

export function eventRoutes(app: Api, { live }: AppContext): void {
  app.openapi(streamEvents, (c) => {
    const { siteId } = c.req.valid('query')
    // Nobody would ever read, or close, the stream of a HEAD request.
    if (c.req.method === 'HEAD') return c.body(null, 200, EVENT_STREAM)
    const stream = live.listen({ siteId: siteId ?? null, lastEventId: c.req.header('last-event-id') ?? null })
    if (stream === 'full') throw new ApiError('too-many-listeners', { headers: { 'Retry-After': '30' } })
    return new Response(stream, { headers: EVENT_STREAM })
  })
}
