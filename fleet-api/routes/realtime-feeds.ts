import { createRoute, z } from '@hono/zod-openapi'
import { feedVersion } from '../../db/feed-attribution.ts'
import { realtimeBlocks, realtimeVehicles } from '../../db/views/realtime.ts'
import { oldAfterS, UNKNOWN_AFTER_S } from '../../domain/stop-call.ts'
import type { Api, AppContext } from '../context.ts'
import { encodeRealtime, realtimeMessage, type RealtimeMessage } from '../feeds/realtime-message.ts'
import { serviceAlerts } from '../feeds/service-alerts.ts'
import { createSharedWork } from '../feeds/shared-work.ts'
import { tripUpdates } from '../feeds/trip-updates.ts'
import { vehiclePositions, withStateOfCharge } from '../feeds/vehicle-positions.ts'
import { OPEN_TO_ALL, problems } from '../route-parts.ts'
import { realtimeMessageSchema } from '../schemas/realtime.ts'

const FEEDS = {
  'vehicle-positions': {
    name: 'VehiclePositions',
    summary: 'Where buses are',
    description:
      'Vehicles heard of within ten minutes, with the trip that each drives. The JSON form has the state of charge too, as `state_of_charge_percentage` and `state_of_charge_timestamp` like MBTA’s.',
  },
  'trip-updates': {
    name: 'TripUpdates',
    summary: 'When trips reach their stops',
    description:
      'One update for each trip of the blocks under way. A trip that is not there, or a stop with NO_DATA, is unknown and must not be shown as on time. Trips that the bus has no energy for are CANCELED.',
  },
  alerts: {
    name: 'Alerts',
    summary: 'Trips that do not run, or that another bus runs',
    description: 'In English, Bulgarian and Ukrainian, with texts for a voice.',
  },
} as const
type FeedName = keyof typeof FEEDS

const query = z.object({
  feedId: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Only what belongs to this timetable; everything when left out.'),
})
/** A message for a big city takes long to build, and many may ask at once. */
const KEPT_MS = 2_000
const CACHE = { 'Cache-Control': 'public, max-age=5', 'Access-Control-Allow-Origin': '*' }

/** GTFS-Realtime 2.0 in protobuf and JSON. */
export function realtimeFeedRoutes(app: Api, { db, now, clock, feedKeptMs = KEPT_MS }: AppContext): void {
  const sharedBytes = createSharedWork<Uint8Array<ArrayBuffer>>(feedKeptMs)
  const sharedMessage = createSharedWork<RealtimeMessage>(feedKeptMs)
  for (const feed of Object.keys(FEEDS) as FeedName[]) {
    const { name, summary, description } = FEEDS[feed]
    const binary = createRoute({
      method: 'get',
      path: `/gtfs-rt/${feed}.pb`,
      operationId: `getRealtime${name}`,
      tags: ['Feeds'],
      summary: `${summary}: GTFS-Realtime`,
      description: `${description} Built when it is asked for, at most some seconds ago; ask every 15 to 30 seconds.`,
      security: OPEN_TO_ALL,
      request: { query },
      responses: {
        200: {
          description: 'A FeedMessage',
          content: { 'application/x-protobuf': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...problems(400),
      },
    })
    const text = createRoute({
      method: 'get',
      path: `/gtfs-rt/${feed}.json`,
      operationId: `getRealtime${name}Json`,
      tags: ['Feeds'],
      summary: `${summary}: GTFS-Realtime in JSON`,
      description: `${description} Names and words are the standard’s.`,
      security: OPEN_TO_ALL,
      request: { query },
      responses: {
        200: {
          description: 'The message',
          content: { 'application/json': { schema: realtimeMessageSchema } },
        },
        ...problems(400),
      },
    })
    app.openapi(binary, async (c) => {
      const { feedId = null } = c.req.valid('query')
      const bytes = await sharedBytes(JSON.stringify([feed, feedId]), async () =>
        encodeRealtime(await build(feed, feedId, false)),
      )
      return c.body(bytes, 200, { 'Content-Type': 'application/x-protobuf', ...CACHE })
    })
    app.openapi(text, async (c) => {
      const { feedId = null } = c.req.valid('query')
      const message = await sharedMessage(JSON.stringify([feed, feedId]), () => build(feed, feedId, true))
      return c.json(message, 200, CACHE)
    })
  }

  async function build(feed: FeedName, feedId: string | null, asJson: boolean): Promise<RealtimeMessage> {
    const at = now()
    const version = await feedVersion(db, feedId)
    const blocks = await realtimeBlocks(db, feedId, at)
    if (feed === 'trip-updates')
      return realtimeMessage(at, tripUpdates(blocks, { now: at, speed: clock.speed }), version)
    if (feed === 'alerts') return realtimeMessage(at, serviceAlerts(blocks, at), version)
    const recentS = Math.max(UNKNOWN_AFTER_S, oldAfterS(clock.speed))
    const vehicles = await realtimeVehicles(db, feedId, new Date(at.getTime() - recentS * 1000))
    const entities = vehiclePositions(vehicles, blocks, at)
    return realtimeMessage(at, asJson ? withStateOfCharge(entities, vehicles) : entities, version)
  }
}
