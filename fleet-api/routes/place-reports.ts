import { createRoute, z } from '@hono/zod-openapi'
import { MOST_BAYS, storeOccupancy } from '../../db/place-occupancy.ts'
import { storeReadings } from '../../db/place-readings.ts'
import { MAX_AHEAD_MS } from '../../domain/place.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError, wrongField } from '../errors.ts'
import { jsonAnswer, jsonBody, problems } from '../route-parts.ts'
import { occupancy, occupancyReport, readingsReport } from '../schemas/places.ts'
import { signedReport } from '../signed-report.ts'
import { say } from '../../domain/sentences/sentence.ts'

const params = z.object({ placeId: z.string().min(1).max(300).openapi({ example: 'parkings:P1' }) })
const SIGNED =
  'Signed with a key of the place’s source: `X-Zaryad-Timestamp` is the time in seconds since 1970, at most five minutes off, and `X-Zaryad-Signature` is `sha256=` with the hex HMAC-SHA256 of `timestamp.body`. A report is taken once.'

/** Cameras and sensors sign what they send instead of signing in. */
export function placeReportRoutes(app: Api, { db, now }: AppContext): void {
  const signed = signedReport({ db, now })
  app.openAPIRegistry.registerComponent('securitySchemes', 'signature', {
    type: 'apiKey',
    in: 'header',
    name: 'X-Zaryad-Signature',
    description: SIGNED,
  })

  const report = createRoute({
    method: 'post',
    path: '/api/v1/places/{placeId}/occupancy',
    operationId: 'reportOccupancy',
    tags: ['Places'],
    summary: 'Cameras and sensors: what is occupied',
    description: `Bays one by one, whose sum is the place’s free count, or one count for all. A bay that was not read for 15 minutes counts as neither free nor occupied. ${SIGNED}`,
    security: [{ signature: [] }],
    middleware: [signed] as const,
    request: { params, body: jsonBody('What was seen', occupancyReport) },
    responses: { 200: jsonAnswer('What the place says now', occupancy), ...problems(400, 401, 409, 413, 429) },
  })

  const reportReadings = createRoute({
    method: 'post',
    path: '/api/v1/places/{placeId}/readings',
    operationId: 'reportPlaceReadings',
    tags: ['Places'],
    summary: 'Sensors: what was measured',
    description: `Air quality, a building’s energy. The unit stands in the quantity’s name. The same reading again changes nothing. ${SIGNED}`,
    security: [{ signature: [] }],
    middleware: [signed] as const,
    request: { params, body: jsonBody('What was measured', readingsReport) },
    responses: { 204: { description: 'It is stored' }, ...problems(400, 401, 409, 413, 429) },
  })

  app.openapi(report, async (c) => {
    const { placeId } = c.req.valid('param')
    const { bays = [], free = null, at } = c.req.valid('json')
    const seenAt = instantOf(at, now(), 'at')
    const told = await storeOccupancy(
      db,
      {
        placeId,
        at: seenAt,
        bays: bays.map((bay, i) => ({
          ...bay,
          at: bay.at === undefined ? seenAt : instantOf(bay.at, now(), `bays.${i}.at`),
        })),
        free,
      },
      now(),
    )
    if (told === 'tooManyBays') throw new ApiError('conflict', { detail: say('tooManyBays', { n: MOST_BAYS }) })
    return c.json(asJson({ placeId, ...told }), 200)
  })

  app.openapi(reportReadings, async (c) => {
    const { placeId } = c.req.valid('param')
    const { readings } = c.req.valid('json')
    await storeReadings(
      db,
      readings.map(({ quantity, value, at }, i) => ({
        placeId,
        quantity,
        value,
        at: instantOf(at, now(), `readings.${i}.at`),
      })),
    )
    return c.body(null, 204)
  })
}

/** A sensor's time; one that is ahead would pass for fresh long after it is not. */
function instantOf(text: string | undefined, now: Date, path: string): Date {
  const at = text === undefined ? now : new Date(text)
  if (at.getTime() > now.getTime() + MAX_AHEAD_MS) throw wrongField(`body.${path}`, say('inFuture'))
  return at
}
