import { createRoute, z } from '@hono/zod-openapi'
import { listPlaces } from '../../db/views/list-places.ts'
import type { PlaceView } from '../../db/views/places.ts'
import { isKnown } from '../access/is-known.ts'
import type { Api, AppContext } from '../context.ts'
import { createSharedWork } from '../feeds/shared-work.ts'
import { OPEN_TO_ALL, problems, SIGNED_IN } from '../route-parts.ts'
import { placeCollection } from '../schemas/place-files.ts'
import { placeKind } from '../schemas/places.ts'

const getFile = createRoute({
  method: 'get',
  path: '/api/v1/places.geojson',
  operationId: 'getPlaceFile',
  tags: ['Places'],
  summary: 'Places as GeoJSON',
  description:
    'All that everybody may see, or those of one kind, as RFC 7946 writes it, for maps and spreadsheets. Stops only when they are asked for; at most 10,000. Each carries its source’s licence and attribution; what the source says beside is there in its own words. `free` is null when nothing of the last 15 minutes is known.',
  security: [...OPEN_TO_ALL, ...SIGNED_IN],
  request: { query: z.object({ kind: placeKind.optional() }) },
  responses: {
    200: {
      description: 'A feature collection',
      content: { 'application/geo+json': { schema: placeCollection } },
    },
    ...problems(400),
  },
})

type PlaceCollection = z.output<typeof placeCollection>

const MOST_PLACES = 10_000
const PAGE = 1_000
/** Real milliseconds that a file that took long to make is handed out. */
const KEPT_MS = 10_000

export function placeFileRoutes(app: Api, { db, now, feedKeptMs = KEPT_MS }: AppContext): void {
  const shared = createSharedWork<PlaceCollection>(feedKeptMs)

  app.openapi(getFile, async (c) => {
    const { kind } = c.req.valid('query')
    const publicOnly = !isKnown(c)
    const file = await shared(JSON.stringify([kind ?? null, publicOnly]), async () => {
      const at = now()
      const places: PlaceView[] = []
      let after: string | undefined
      do {
        const page = await listPlaces(db, { kind, free: false, publicOnly, after, limit: PAGE }, at)
        places.push(...page.places.filter((place) => kind !== undefined || place.kind !== 'stop'))
        after = page.last ?? undefined
      } while (after !== undefined && places.length < MOST_PLACES)
      return { type: 'FeatureCollection', timestamp: at.toISOString(), features: places.map(feature) }
    })
    return c.json(file, 200, {
      'Content-Type': 'application/geo+json',
      'Cache-Control': publicOnly ? 'public, max-age=15' : 'private, max-age=15',
      Vary: 'Authorization, Cookie',
      'Access-Control-Allow-Origin': '*',
    })
  })
}

function feature(place: PlaceView): PlaceCollection['features'][number] {
  return {
    type: 'Feature',
    id: place.placeId,
    geometry: { type: 'Point', coordinates: [place.longitude, place.latitude] },
    properties: {
      ...place.properties,
      ...Object.fromEntries(Object.entries(place.latest).map(([quantity, { value }]) => [quantity, value])),
      ...Object.fromEntries(Object.entries(place.latest).map(([quantity, { at }]) => [`${quantity}At`, at])),
      kind: place.kind,
      name: place.name,
      capacity: place.capacity,
      free: place.free,
      status: place.status,
      old: place.old,
      asOf: place.asOf?.toISOString() ?? null,
      source: place.source.name,
      licence: place.source.licence,
      attribution: place.source.attribution,
    },
  }
}
