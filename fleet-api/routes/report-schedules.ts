import { createRoute, z } from '@hono/zod-openapi'
import {
  addReportSchedule,
  changeReportSchedule,
  queueReportNow,
  removeReportSchedule,
  reportDeliveries,
  reportSchedules,
  type ReportSchedule,
} from '../../db/report-schedules.ts'
import { outboundProblem } from '../../domain/outbound-url.ts'
import type { ReportSecret, ReportTarget } from '../../domain/report-target.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page, stringCursor } from '../cursor.ts'
import { ApiError, found, notFound, wrongField } from '../errors.ts'
import type { FileFormat } from '../reports/files/file-of.ts'
import type { Language } from '../../domain/language.ts'
import { PARAMETERS, type ReportName } from '../reports/scheduled-file.ts'
import { zoneOf } from '../reports/report-zone.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { listOf, paging } from '../schemas/common.ts'
import {
  reportDelivery,
  reportSchedule,
  reportScheduleChange,
  reportScheduleDraft,
  scheduleId,
  type targetInput,
} from '../schemas/report-schedules.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { fieldErrors } from '../field-error.ts'
import { wordedFor } from '../asked-language.ts'
import { withWords } from '../with-words.ts'

const MOST_SCHEDULES = 200
const parts = { tags: ['Reports'], security: SIGNED_IN }
const params = z.object({ scheduleId })

const list = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/report-schedules',
  operationId: 'listReportSchedules',
  summary: 'Reports that are pushed',
  description: 'Oldest first, without their secrets.',
  responses: { 200: jsonAnswer('Schedules', listOf(reportSchedule)), ...problems(401, 403) },
})

const add = createRoute({
  ...parts,
  method: 'post',
  path: '/api/v1/report-schedules',
  operationId: 'addReportSchedule',
  summary: 'Have a report pushed',
  description:
    'To an HTTP address (POST with the file as body and an Idempotency-Key that is the same at every try), or into a bucket by S3’s protocol. Begins with the first period that becomes due after now; each period is pushed once, and tried again over three days. Only https and public addresses, unless OUTBOUND=private is set.',
  request: { body: jsonBody('What, when and where to', reportScheduleDraft) },
  responses: { 201: jsonAnswer('The schedule', reportSchedule), ...problems(400, 401, 403, 404, 409, 413) },
})

const get = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/report-schedules/{scheduleId}',
  operationId: 'getReportSchedule',
  summary: 'One report that is pushed',
  description: 'Without its secrets.',
  request: { params },
  responses: { 200: jsonAnswer('The schedule', reportSchedule), ...problems(400, 401, 403, 404) },
})

const change = createRoute({
  ...parts,
  method: 'patch',
  path: '/api/v1/report-schedules/{scheduleId}',
  operationId: 'changeReportSchedule',
  summary: 'Change a report that is pushed',
  description: 'What is left out stays. A target is given whole, with its secrets.',
  request: { params, body: jsonBody('What to change', reportScheduleChange) },
  responses: { 200: jsonAnswer('The schedule', reportSchedule), ...problems(400, 401, 403, 404, 413) },
})

const remove = createRoute({
  ...parts,
  method: 'delete',
  path: '/api/v1/report-schedules/{scheduleId}',
  operationId: 'removeReportSchedule',
  summary: 'No longer push a report',
  description: 'Its history goes with it.',
  request: { params },
  responses: { 204: { description: 'Taken out' }, ...problems(400, 401, 403, 404) },
})

const sendNow = createRoute({
  ...parts,
  method: 'post',
  path: '/api/v1/report-schedules/{scheduleId}/deliveries',
  operationId: 'sendReportNow',
  summary: 'Push the period that ended last, now',
  description:
    'To try a schedule out, or after its receiver was mended: the day, week or month that ended last is pushed within five minutes, again where it was pushed before. What becomes of it stands in the list. A paused schedule sends nothing.',
  request: { params },
  responses: { 202: jsonAnswer('Queued', reportDelivery), ...problems(400, 401, 403, 404, 409) },
})

const listDeliveries = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/report-schedules/{scheduleId}/deliveries',
  operationId: 'listReportDeliveries',
  summary: 'What became of each push',
  description: 'Latest period first.',
  request: { params, query: z.object(paging) },
  responses: { 200: jsonAnswer('Deliveries', listOf(reportDelivery)), ...problems(400, 401, 403, 404) },
})

/** What the database keeps was checked when it came in. */
function view({ report, format, lang, parameters, ...schedule }: ReportSchedule) {
  return {
    ...schedule,
    report: report as ReportName,
    format: format as FileFormat | 'json',
    lang: lang as Language,
    parameters: parameters as Record<string, string>,
  }
}

/** The parameters, or a 400 that says which the report does not take. */
function checkedParameters(report: ReportName, parameters: Record<string, string>): Record<string, string> {
  const checked = PARAMETERS[report].safeParse(parameters)
  if (!checked.success)
    throw new ApiError('invalid-request', {
      errors: fieldErrors('body.parameters', checked.error.issues, parameters),
    })
  return parameters
}

function dateCursor(cursor: string | undefined): string | undefined {
  const date = stringCursor(cursor)
  if (date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(date)) throw wrongField('query.cursor', say('wrongCursor'))
  return date
}

/** Reports that are pushed. Secrets are written only: no answer, no log line and no audit line holds them. */
export function reportScheduleRoutes(app: Api, { db, now, outbound }: AppContext): void {
  async function one(id: number): Promise<ReportSchedule> {
    return found((await reportSchedules(db, id))[0], 'reportSchedule', id)
  }

  app.openapi(list, async (c) => c.json(asJson({ items: (await reportSchedules(db)).map(view), next: null }), 200))

  app.openapi(get, async (c) => c.json(asJson(view(await one(c.req.valid('param').scheduleId))), 200))

  app.openapi(add, async (c) => {
    const { target: given, ...draft } = c.req.valid('json')
    if ((await reportSchedules(db)).length >= MOST_SCHEDULES)
      throw new ApiError('conflict', { detail: say('tooManySchedules', { n: MOST_SCHEDULES }) })
    const parameters = checkedParameters(draft.report, draft.parameters ?? {})
    const { target, secret } = split(given)
    const siteZone = await zoneOf(db, parameters['siteId'])
    const id = await addReportSchedule(
      db,
      {
        ...draft,
        parameters,
        lang: draft.lang ?? 'en',
        timeZone: draft.timeZone ?? siteZone,
        enabled: draft.enabled ?? true,
        target,
        secret,
      },
      now(),
    )
    return c.json(asJson(view(await one(id))), 201)
  })

  app.openapi(change, async (c) => {
    const { scheduleId: id } = c.req.valid('param')
    const { target: given, ...changes } = c.req.valid('json')
    const before = await one(id)
    const next = { ...before, ...changes }
    const parameters = checkedParameters(
      next.report as ReportName,
      changes.parameters ?? (before.parameters as Record<string, string>),
    )
    await zoneOf(db, parameters['siteId'])
    const { target, secret } = given === undefined ? { target: before.target, secret: undefined } : split(given)
    if (!(await changeReportSchedule(db, id, { ...next, parameters, target, secret }, now())))
      throw notFound('reportSchedule', id)
    return c.json(asJson(view(await one(id))), 200)
  })

  app.openapi(remove, async (c) => {
    const { scheduleId: id } = c.req.valid('param')
    if (!(await removeReportSchedule(db, id))) throw notFound('reportSchedule', id)
    return c.body(null, 204)
  })

  app.openapi(sendNow, async (c) => {
    const { scheduleId: id } = c.req.valid('param')
    const schedule = await one(id)
    if (!schedule.enabled) throw new ApiError('conflict', { detail: say('schedulePaused') })
    const start = await queueReportNow(db, id, now())
    const queued = (await reportDeliveries(db, { scheduleId: id, limit: 20 })).find((row) => row.periodStart === start)
    const [told] = withWords([found(queued, 'reportDelivery', id)], wordedFor(c))
    return c.json(asJson(found(told, 'reportDelivery', id)), 202)
  })

  app.openapi(listDeliveries, async (c) => {
    const { scheduleId: id } = c.req.valid('param')
    const { cursor, limit } = c.req.valid('query')
    await one(id)
    const rows = await reportDeliveries(db, { scheduleId: id, before: dateCursor(cursor), limit: limit + 1 })
    const told = page(rows, limit, (row) => [row.periodStart])
    return c.json(asJson({ ...told, items: withWords(told.items, wordedFor(c)) }), 200)
  })

  /** The target as it is kept and its secrets apart, or a 400 when nothing may be sent there. */
  function split(given: z.output<typeof targetInput>): { target: ReportTarget; secret: ReportSecret } {
    const address = given.kind === 'http' ? given.url : given.endpoint
    const problem = outboundProblem(address, outbound)
    const path = given.kind === 'http' ? 'body.target.url' : 'body.target.endpoint'
    if (problem !== null) throw wrongField(path, problem)
    if (given.kind === 'http') {
      const headers = given.headers ?? {}
      const url = new URL(given.url)
      return {
        target: { kind: 'http', url: `${url.origin}${url.pathname}`, headerNames: Object.keys(headers) },
        secret: { headers, search: url.search },
      }
    }
    const { secretAccessKey, ...target } = given
    return { target: { ...target, prefix: target.prefix ?? '' }, secret: { secretAccessKey } }
  }
}
