import { createRoute, z } from '@hono/zod-openapi'
import { addStation } from '../../db/add-station.ts'
import { changeEvse } from '../../db/change-evse.ts'
import { connectionAttempts } from '../../db/connection-attempts.ts'
import { setStationPassword } from '../../db/stations.ts'
import { stationExists, stationViews } from '../../db/views/stations.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError, found, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { connectionAttempt, evseChange, stationEntry, stationPassword } from '../schemas/chargers.ts'
import { listOf, stationId } from '../schemas/common.ts'
import { station } from '../schemas/depot.ts'
import { say } from '../../domain/sentences/sentence.ts'

const params = z.object({ stationId })

const listAttempts = createRoute({
  method: 'get',
  path: '/api/v1/connection-attempts',
  operationId: 'listConnectionAttempts',
  tags: ['Stations'],
  summary: 'How chargers knocked, and why they were not let in',
  description:
    'Refused handshakes, and those of stations that nobody has approved yet, latest first; the same try again is the same item. At most 20 of one address and 500 in all are kept, for 30 days.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      stationId: stationId.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
  },
  responses: { 200: jsonAnswer('Attempts', listOf(connectionAttempt)), ...problems(400, 401, 403) },
})

const postStation = createRoute({
  method: 'post',
  path: '/api/v1/stations',
  operationId: 'addStation',
  tags: ['Stations'],
  summary: 'Enter a station before it connects',
  description:
    'Needed where unknown stations are refused, or when it must give a password from its first connection on. Where there is one site it is put at that site’s grid connection.',
  security: SIGNED_IN,
  request: { body: jsonBody('The station', stationEntry) },
  responses: { 201: jsonAnswer('The station', station), ...problems(400, 401, 403, 409, 413) },
})

const putPassword = createRoute({
  method: 'put',
  path: '/api/v1/stations/{stationId}/password',
  operationId: 'setStationPassword',
  tags: ['Stations'],
  summary: 'Set the password that a station must give, or take it away',
  description:
    'Holds from its next connection on (HTTP Basic, the station id as user name; OCPP security profiles 1 and 2). Only its hash is kept. It is not sent to the station: enter it there, or set it by command first.',
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'The password; null: none is asked for',
      z
        .strictObject({ password: stationPassword.nullable() })
        .openapi('StationPassword', { example: { password: 'h7Kq-29xT-pLm4-Zs81' } }),
    ),
  },
  responses: { 200: jsonAnswer('The station as it is now', station), ...problems(400, 401, 403, 404, 413) },
})

const patchEvse = createRoute({
  method: 'patch',
  path: '/api/v1/stations/{stationId}/evses/{evseId}',
  operationId: 'changeEvse',
  tags: ['Stations'],
  summary: 'Say what an EVSE can give, and which bay it serves',
  description:
    'OCPP does not tell the planner how much power an EVSE can give; until it is said, nothing is planned there. A limit node or a bay must be one of the site’s.',
  security: SIGNED_IN,
  request: {
    params: params.extend({ evseId: z.coerce.number().int().min(1).max(999) }),
    body: jsonBody('What to change; what is left out stays', evseChange),
  },
  responses: { 200: jsonAnswer('The station as it is now', station), ...problems(400, 401, 403, 404, 409, 413) },
})

/** Letting a new charger in: what it tried, its entry, its password, what it can give and where it stands. */
export function onboardingRoutes(app: Api, { db, now }: AppContext): void {
  const stationNow = async (stationId: string) => {
    const [view] = await stationViews(db, { ids: [stationId] }, now())
    return asJson(found(view, 'station', stationId))
  }

  app.openapi(listAttempts, async (c) => {
    const items = await connectionAttempts(db, c.req.valid('query'))
    return c.json(asJson({ items, next: null }), 200)
  })

  app.openapi(postStation, async (c) => {
    const { label = null, password = null, ...rest } = c.req.valid('json')
    const result = await addStation(db, { ...rest, label, password }, now())
    if (result === 'known') throw new ApiError('conflict', { detail: say('stationKnown', { id: rest.stationId }) })
    return c.json(await stationNow(rest.stationId), 201)
  })

  app.openapi(putPassword, async (c) => {
    const { stationId } = c.req.valid('param')
    if (!(await stationExists(db, stationId))) throw notFound('station', stationId)
    await setStationPassword(db, stationId, c.req.valid('json').password)
    return c.json(await stationNow(stationId), 200)
  })

  app.openapi(patchEvse, async (c) => {
    const { stationId, evseId } = c.req.valid('param')
    const result = await changeEvse(db, { stationId, evseId }, c.req.valid('json'), now())
    if (result === 'unknownStation') throw notFound('station', stationId)
    if (result === 'unknownNode') throw new ApiError('conflict', { detail: say('unknownNode') })
    if (result === 'unknownBay') throw new ApiError('conflict', { detail: say('unknownBay') })
    if (result === 'minAboveMax') throw new ApiError('conflict', { detail: say('minAboveMax') })
    return c.json(await stationNow(stationId), 200)
  })
}
