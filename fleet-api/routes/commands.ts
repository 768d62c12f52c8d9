import { createRoute, z } from '@hono/zod-openapi'
import { stationExists } from '../../db/views/stations.ts'
import type { Command, CommandOutcome } from '../../domain/command.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { stationId } from '../schemas/common.ts'
import { command, commandOutcome, payload } from '../schemas/commands.ts'
import { sentenceOf } from '../../domain/sentences/sentence.ts'

const params = z.object({ stationId })
const answers = {
  200: jsonAnswer('The station’s own answer: accepted or not, or the error that it sent', commandOutcome),
  ...problems(400, 401, 403, 404, 409, 413, 422, 504),
}
const HOW_IT_ENDS =
  'Waits for the station. 200: it answered, with its own words. 409: it is not connected. 504: it did not answer in time, so it is unknown whether it acted. 422: nothing was sent, because its OCPP version has no such command or the payload does not fit the schema.'

const sendCommand = createRoute({
  method: 'post',
  path: '/api/v1/stations/{stationId}/commands',
  operationId: 'sendCommand',
  tags: ['Stations'],
  summary: 'Ask a station to do something, once',
  description: HOW_IT_ENDS,
  security: SIGNED_IN,
  request: { params, body: jsonBody('The command, the same for every OCPP version', command) },
  responses: answers,
})

const callStation = createRoute({
  method: 'post',
  path: '/api/v1/stations/{stationId}/call',
  operationId: 'callStation',
  tags: ['Stations'],
  summary: 'Send any OCPP action',
  description: `The payload is checked against the official schema of the station’s version before it leaves. ${HOW_IT_ENDS}`,
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'Action and payload as OCPP names them',
      z.strictObject({ action: z.string().min(1).max(60), payload }).openapi('Call', {
        example: { action: 'TriggerMessage', payload: { requestedMessage: 'StatusNotification' } },
      }),
    ),
  },
  responses: answers,
})

export function commandRoutes(app: Api, { db, gateway }: AppContext): void {
  app.openapi(sendCommand, async (c) => {
    const wanted = c.req.valid('json')
    const answer = await send(c.req.valid('param').stationId, wanted)
    c.set('auditNote', { command: wanted.type, outcome: answer.outcome })
    return c.json(answer, 200)
  })

  app.openapi(callStation, async (c) => {
    const wanted = c.req.valid('json')
    const answer = await send(c.req.valid('param').stationId, { type: 'call', ...wanted })
    // Not the payload: it may set a password.
    c.set('auditNote', { action: wanted.action, outcome: answer.outcome })
    return c.json(answer, 200)
  })

  async function send(stationId: string, wanted: Command) {
    if (!(await stationExists(db, stationId))) throw notFound('station', stationId)
    return asJson(spoken(await gateway.send(stationId, wanted)))
  }
}

/** What the station said; that it said nothing is a problem. */
function spoken(outcome: CommandOutcome) {
  switch (outcome.outcome) {
    case 'offline':
      throw new ApiError('station-offline')
    case 'timeout':
      throw new ApiError('station-timeout')
    case 'unsendable':
      throw new ApiError('command-unsendable', whyUnsendable(outcome))
    default:
      return outcome
  }
}

function whyUnsendable({ reason, sentence }: Extract<CommandOutcome, { outcome: 'unsendable' }>) {
  const detail = sentence === undefined ? null : sentenceOf(sentence)
  return detail === null ? { original: reason } : { detail }
}
