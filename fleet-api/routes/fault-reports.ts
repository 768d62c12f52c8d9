import { createRoute, z } from '@hono/zod-openapi'
import { faultReport as faultReportOf, faultReports, reportFault, settleFault } from '../../db/fault-reports.ts'
import type { Caller } from '../access/caller.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { ApiError, found } from '../errors.ts'
import { reporterKeyOf } from '../reporter-key.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { leftOut } from '../../domain/left-out.ts'
import { listOf, paging, siteId } from '../schemas/common.ts'
import { faultReport, faultRequest, reportId } from '../schemas/drivers.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** More than anybody finds, and few enough to read. */
const MOST_IN_AN_HOUR = 30
const params = z.object({ reportId })

const putReport = createRoute({
  method: 'put',
  path: '/api/v1/fault-reports/{reportId}',
  operationId: 'reportFault',
  tags: ['Faults'],
  summary: 'Report a fault',
  description:
    'Of a charger, a vehicle or a bay. Whoever reports chooses the id, a UUID, so that a report may be sent again until an answer comes: the same again changes nothing. It raises an alert of kind `faultReported`. One reporter may send 30 within an hour. Who has a photo sends it after this.',
  security: SIGNED_IN,
  request: { params, body: jsonBody('What is wrong', faultRequest) },
  responses: { 200: jsonAnswer('The report', faultReport), ...problems(400, 401, 403, 404, 409, 413, 429) },
})

const listReports = createRoute({
  method: 'get',
  path: '/api/v1/fault-reports',
  operationId: 'listFaultReports',
  tags: ['Faults'],
  summary: 'Faults that were reported',
  description: 'Latest first.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      siteId: siteId.optional(),
      state: z.enum(['open', 'done']).optional(),
      ...paging,
    }),
  },
  responses: { 200: jsonAnswer('Reports', listOf(faultReport)), ...problems(400, 401, 403) },
})

const getReport = createRoute({
  method: 'get',
  path: '/api/v1/fault-reports/{reportId}',
  operationId: 'getFaultReport',
  tags: ['Faults'],
  summary: 'One report of a fault',
  description: 'Its photo is asked for by itself.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('The report', faultReport), ...problems(400, 401, 403, 404) },
})

const patchReport = createRoute({
  method: 'patch',
  path: '/api/v1/fault-reports/{reportId}',
  operationId: 'settleFault',
  tags: ['Faults'],
  summary: 'Set a report to done, or open it again',
  description: 'Its alert goes and comes with it.',
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'Its state, and what was done',
      z
        .strictObject({
          state: z.enum(['open', 'done']),
          answer: leftOut(z.string().trim().max(1000).nullable()),
        })
        .openapi('FaultChange', { example: { state: 'done', answer: 'New cable.' } }),
    ),
  },
  responses: { 200: jsonAnswer('The report', faultReport), ...problems(400, 401, 403, 404, 413) },
})

export function faultReportRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(putReport, async (c) => {
    const { reportId: id } = c.req.valid('param')
    const { reportedAt, ...fault } = c.req.valid('json')
    const receivedAt = now()
    const outcome = await reportFault(
      db,
      {
        ...fault,
        reportId: id,
        reportedAt: reportedAt === undefined || reportedAt > receivedAt ? receivedAt : reportedAt,
        receivedAt,
        reportedBy: nameOf(c.var.caller),
        reporterKey: reporterKeyOf(c),
      },
      MOST_IN_AN_HOUR,
    )
    if (outcome === 'unknownSubject') throw new ApiError('not-found', { detail: say('unknownSubject') })
    if (outcome === 'differs') throw new ApiError('conflict', { detail: say('otherReport') })
    if (outcome === 'tooMany')
      throw new ApiError('too-many-requests', {
        detail: say('tooManyReports', { n: MOST_IN_AN_HOUR }),
        headers: { 'Retry-After': '600' },
      })
    return c.json(asJson(outcome), 200)
  })

  app.openapi(listReports, async (c) => {
    const { siteId: site, state, cursor, limit } = c.req.valid('query')
    const [receivedAt, last] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'string'])
    const before = receivedAt === undefined ? undefined : { receivedAt: new Date(receivedAt), reportId: String(last) }
    const rows = await faultReports(db, { siteId: site, state, before, limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.receivedAt.getTime(), row.reportId])), 200)
  })

  app.openapi(getReport, async (c) => {
    const { reportId: id } = c.req.valid('param')
    return c.json(asJson(found(await faultReportOf(db, id), 'faultReport', id)), 200)
  })

  app.openapi(patchReport, async (c) => {
    const { reportId: id } = c.req.valid('param')
    const { state, answer = null } = c.req.valid('json')
    const report = await settleFault(db, id, { state, answer, by: nameOf(c.var.caller), at: now() })
    return c.json(asJson(found(report, 'faultReport', id)), 200)
  })
}

function nameOf(caller: Caller): string {
  return caller.name ?? caller.kind
}
