import { createRoute, z } from '@hono/zod-openapi'
import { activeFeeds } from '../../db/feed-attribution.ts'
import { feedSource } from '../../db/timetable.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError, found } from '../errors.ts'
import { publicZip } from '../feeds/public-zip.ts'
import { OPEN_TO_ALL, problems } from '../route-parts.ts'
import { say } from '../../domain/sentences/sentence.ts'

const getFile = createRoute({
  method: 'get',
  path: '/api/v1/feeds/{feedId}/gtfs.zip',
  operationId: 'getFeedFile',
  tags: ['Feeds'],
  summary: 'A timetable as its GTFS file',
  description:
    'As it was imported, with the files of GTFS Schedule only: who drives which bus is not in it. It is given away once somebody has said on what terms (`PUT /api/v1/feeds/{feedId}/attribution` with a licence); until then there is none. It changes with each import, and so does its `ETag`.',
  security: OPEN_TO_ALL,
  request: { params: z.object({ feedId: z.string().min(1).max(200).openapi({ example: 'blagoevgrad' }) }) },
  responses: {
    200: {
      description: 'The zip',
      content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    304: { description: 'As the caller has it' },
    ...problems(400, 404, 503),
  },
})

export function feedFileRoutes(app: Api, { db }: AppContext): void {
  app.openapi(getFile, async (c) => {
    const { feedId } = c.req.valid('param')
    const feed = found(
      (await activeFeeds(db)).find((one) => one.feedId === feedId),
      'timetable',
      feedId,
    )
    if (feed.attribution.licence === null) throw new ApiError('not-found', { detail: say('noTerms') })
    const etag = `"${feed.importedAt.getTime().toString(36)}"`
    const headers = { ETag: etag, 'Cache-Control': 'public, max-age=3600', 'Access-Control-Allow-Origin': '*' }
    if (c.req.header('if-none-match')?.includes(etag) === true) return c.body(null, 304, headers)
    const zip = publicZip(found((await feedSource(db, feedId)) ?? undefined, 'timetableFile', feedId))
    return c.body(zip, 200, {
      ...headers,
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(feedId)}.zip`,
    })
  })
}
