import { createRoute, z } from '@hono/zod-openapi'
import { deviceVariables } from '../../db/views/device-variables.ts'
import { stationProfiles } from '../../db/views/station-profiles.ts'
import { stationExists } from '../../db/views/stations.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { jsonAnswer, problems, SIGNED_IN } from '../route-parts.ts'
import { deviceVariable, stationProfiles as stationProfilesSchema } from '../schemas/chargers.ts'
import { listOf, stationId } from '../schemas/common.ts'
import type { CommandOutcome } from '../../domain/command.ts'
import type { Language } from '../../domain/language.ts'
import { sentenceOf } from '../../domain/sentences/sentence.ts'
import { wordedFor } from '../asked-language.ts'

const params = z.object({ stationId })

const getProfiles = createRoute({
  method: 'get',
  path: '/api/v1/stations/{stationId}/profiles',
  operationId: 'getStationProfiles',
  tags: ['Stations'],
  summary: 'What a station should hold, and what it holds',
  description:
    '`wanted` is sent until the station has confirmed it. `held` is every charging profile that it has confirmed, or may hold because its answer never came, with what it said when it was read back.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('Wanted and held', stationProfilesSchema), ...problems(400, 401, 404) },
})

const listVariables = createRoute({
  method: 'get',
  path: '/api/v1/stations/{stationId}/variables',
  operationId: 'listStationVariables',
  tags: ['Stations'],
  summary: 'What a station told of its configuration',
  description:
    'As it was last told, ordered by name, all on one page. Ask anew with the command `getVariables` (OCPP 1.6) or the action GetBaseReport (2.0.1), change with `setVariables`.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('Variables', listOf(deviceVariable)), ...problems(400, 401, 403, 404) },
})

export function stationStateRoutes(app: Api, { db }: AppContext): void {
  app.openapi(getProfiles, async (c) => {
    const { stationId } = c.req.valid('param')
    if (!(await stationExists(db, stationId))) throw notFound('station', stationId)
    const { wanted, held } = await stationProfiles(db, stationId)
    const language = wordedFor(c)
    return c.json(
      asJson({ wanted: wanted.map((one) => ({ ...one, outcome: worded(one.outcome, language) })), held }),
      200,
    )
  })

  app.openapi(listVariables, async (c) => {
    const { stationId } = c.req.valid('param')
    if (!(await stationExists(db, stationId))) throw notFound('station', stationId)
    return c.json(asJson({ items: await deviceVariables(db, stationId), next: null }), 200)
  })
}

function worded(outcome: CommandOutcome | null, language: Language): CommandOutcome | null {
  if (outcome?.outcome !== 'unsendable' || outcome.sentence === undefined) return outcome
  return { outcome: 'unsendable', reason: sentenceOf(outcome.sentence)?.in(language) ?? outcome.reason }
}
