import { createRoute } from '@hono/zod-openapi'
import { sisterCities } from '../../db/sister-cities.ts'
import { outboundProblem } from '../../domain/outbound-url.ts'
import { READING_LIFETIME_MS } from '../../domain/place.ts'
import { isKnown } from '../access/is-known.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { glanceOf } from '../feeds/city-glance.ts'
import { createSharedWork } from '../feeds/shared-work.ts'
import { jsonAnswer, OPEN_TO_ALL, problems, SIGNED_IN } from '../route-parts.ts'
import { cityGlance, sisterCityList } from '../schemas/city.ts'
import type { CityGlance } from '../../domain/city-glance.ts'

const getGlance = createRoute({
  method: 'get',
  path: '/api/v1/city',
  operationId: 'getCityGlance',
  tags: ['Places'],
  summary: 'The city at a glance',
  description:
    'Buses on the road and how many are on time, free places, chargers, air and buildings, in sums. Made of the same rows as the lists and feeds; what nobody has told within 15 minutes is counted as unknown. Another Zaryad that has this city among its `SISTER_CITIES` asks for this and shows both side by side.',
  security: [...OPEN_TO_ALL, ...SIGNED_IN],
  responses: { 200: jsonAnswer('The city', cityGlance), ...problems(503) },
})

const listSisters = createRoute({
  method: 'get',
  path: '/api/v1/sister-cities',
  operationId: 'listSisterCities',
  tags: ['Places'],
  summary: 'Other cities beside this one',
  description:
    'Those of `SISTER_CITIES`, each as it last told of itself through its own `/api/v1/city`. The server asks every two minutes, so that browsers need not go elsewhere. One that does not answer keeps what it told, with its age.',
  security: OPEN_TO_ALL,
  responses: { 200: jsonAnswer('Cities', sisterCityList), ...problems(503) },
})

/** Real milliseconds that a glance that took long to make is handed out. */
const KEPT_MS = 2_000

export function cityRoutes(app: Api, { db, now, clock, outbound, feedKeptMs = KEPT_MS }: AppContext): void {
  const shared = createSharedWork<CityGlance>(feedKeptMs)

  app.openapi(getGlance, async (c) => {
    const publicOnly = !isKnown(c)
    const glance = await shared(String(publicOnly), () => glanceOf(db, { now: now(), clock, publicOnly }))
    const cache = publicOnly ? 'public, max-age=5' : 'private, max-age=5'
    return c.json(glance, 200, {
      'Cache-Control': cache,
      Vary: 'Authorization, Cookie',
      'Access-Control-Allow-Origin': '*',
    })
  })

  app.openapi(listSisters, async (c) => {
    const at = now().getTime()
    const items = (await sisterCities(db)).map(({ name, url, glance, heardAt, outcome }) => {
      const ageMs = heardAt === null ? null : Math.max(0, at - heardAt.getTime())
      // An address inside the operator's network is nobody else's business.
      const open =
        outboundProblem(url, { allowPrivate: false, allowLoopback: outbound.allowLoopback ?? false }) === null
      return {
        name,
        url: open ? url : null,
        glance,
        heardAt,
        ageSeconds: ageMs === null ? null : Math.round(ageMs / 1000),
        old: ageMs !== null && ageMs > READING_LIFETIME_MS,
        reachable: outcome === null ? null : outcome === 'ok',
        outcome,
      }
    })
    return c.json(asJson({ items, next: null }), 200, { 'Cache-Control': 'public, max-age=5' })
  })
}
