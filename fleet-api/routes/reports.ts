import { createRoute } from '@hono/zod-openapi'
import { sessionParts } from '../../db/reports/session-rows.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { fileAnswer, fileOf } from '../reports/files/file-of.ts'
import {
  makeConsumption,
  makeEnergy,
  makeIndicators,
  makeLoad,
  makeSavings,
  makeSessions,
  sessionSpan,
} from '../reports/kinds.ts'
import { reportAnswer } from '../reports/report-answer.ts'
import { joinedSessions } from '../reports/session-report.ts'
import { problems, SIGNED_IN } from '../route-parts.ts'
import { listOf } from '../schemas/common.ts'
import * as schemas from '../schemas/reports.ts'

const parts = { tags: ['Reports'], security: SIGNED_IN }

const getEnergyReport = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/reports/energy',
  operationId: 'getEnergyReport',
  summary: 'Energy, cost and carbon',
  description:
    'By vehicle, type, line, block, station, site, hour of the day, day or month, as one figure or as a series, and compared with another period. Whole local days; an instant within a day takes in the whole day, but for buckets within the day and hours of the day, which go by quarters. `bucket` 15min goes for up to 35 days, hour for up to 366, all else for up to ten years. docs/reports.md says how each figure is made.',
  request: { query: schemas.energyQuery },
  responses: { 200: reportAnswer('The report', schemas.energyReport), ...problems(400, 401, 403, 404) },
})

const getLoadReport = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/reports/load',
  operationId: 'getLoadReport',
  summary: 'Load of a site’s connection',
  description:
    'The load curve by quarter hour against the contracted limit, the load factor, and the peaks of the months with time, charge and who contributed. At most 366 days.',
  request: { query: schemas.loadQuery },
  responses: { 200: reportAnswer('The report', schemas.loadReport), ...problems(400, 401, 403, 404) },
})

const getConsumptionReport = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/reports/consumption',
  operationId: 'getConsumptionReport',
  summary: 'What driving took',
  description:
    'Battery energy per kilometre by vehicle, type, line, block, outdoor temperature (bins of 5 °C) or mean speed (bins of 5 km/h), beside what type and weather let one expect; who drove is not looked at.',
  request: { query: schemas.consumptionQuery },
  responses: { 200: reportAnswer('The report', schemas.consumptionReport), ...problems(400, 401, 403, 404) },
})

const getSavingsReport = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/reports/savings',
  operationId: 'getSavingsReport',
  summary: 'What plans saved',
  description:
    'Money, peak and carbon against charging everything at full power on arrival, and plan against measurement. A day is from noon to noon and goes by its first plan.',
  request: { query: schemas.savingsQuery },
  responses: { 200: reportAnswer('The report', schemas.savingsReport), ...problems(400, 401, 403, 404) },
})

const getIndicatorReport = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/reports/indicators',
  operationId: 'getIndicatorReport',
  summary: 'Indicators',
  description:
    'ISO 50001 energy performance with a temperature-adjusted baseline, charging in the cheapest quartile, states of charge, and ISO 14083 carbon per passenger-kilometre. Each says why it is unknown when it is. At most 366 days.',
  request: { query: schemas.indicatorQuery },
  responses: { 200: reportAnswer('The report', schemas.indicatorReport), ...problems(400, 401, 403, 404) },
})

const getSessionReport = createRoute({
  ...parts,
  method: 'get',
  path: '/api/v1/reports/sessions',
  operationId: 'getSessionReport',
  summary: 'Charging sessions for an auditor',
  description:
    'Oldest first by start, with meter start and stop, cost, carbon and flags; sessions that a reconnect or a card cut are one, with their parts. JSON comes in pages; a file holds up to 20,000 sessions. At most 366 days.',
  request: { query: schemas.sessionQuery },
  responses: { 200: reportAnswer('Sessions', listOf(schemas.reportedSession)), ...problems(400, 401, 403, 404) },
})

/** Reports as JSON and as files. What each figure means is in docs/reports.md. */
export function reportRoutes(app: Api, { db }: AppContext): void {
  app.openapi(getEnergyReport, async (c) => {
    const { format, lang, ...query } = c.req.valid('query')
    const { body, table } = await makeEnergy(db, query)
    return format === 'json' ? c.json(asJson(body), 200) : fileAnswer(await fileOf(table(), format, { lang }))
  })

  app.openapi(getLoadReport, async (c) => {
    const { format, lang, ...query } = c.req.valid('query')
    const { body, table } = await makeLoad(db, query)
    return format === 'json' ? c.json(asJson(body), 200) : fileAnswer(await fileOf(table(), format, { lang }))
  })

  app.openapi(getConsumptionReport, async (c) => {
    const { format, lang, ...query } = c.req.valid('query')
    const { body, table } = await makeConsumption(db, query)
    return format === 'json' ? c.json(asJson(body), 200) : fileAnswer(await fileOf(table(), format, { lang }))
  })

  app.openapi(getSavingsReport, async (c) => {
    const { format, lang, ...query } = c.req.valid('query')
    const { body, table } = await makeSavings(db, query)
    return format === 'json' ? c.json(asJson(body), 200) : fileAnswer(await fileOf(table(), format, { lang }))
  })

  app.openapi(getIndicatorReport, async (c) => {
    const { format, lang, ...query } = c.req.valid('query')
    const { body, table } = await makeIndicators(db, query)
    return format === 'json' ? c.json(asJson(body), 200) : fileAnswer(await fileOf(table(), format, { lang }))
  })

  app.openapi(getSessionReport, async (c) => {
    const { format, lang, cursor, limit, ...query } = c.req.valid('query')
    if (format !== 'json') return fileAnswer(await fileOf((await makeSessions(db, query)).table(), format, { lang }))
    const { span } = await sessionSpan(db, query)
    const [startedAt, number] = cursor === undefined ? [] : decodeCursor(cursor, ['instant', 'number'])
    const after =
      startedAt === undefined ? null : { startedAt: new Date(Number(startedAt)), sessionNumber: Number(number) }
    const rows = joinedSessions(await sessionParts(db, span, limit + 1, after))
    return c.json(asJson(page(rows, limit, (row) => [row.startAt.getTime(), row.sessionNumber])), 200)
  })
}
