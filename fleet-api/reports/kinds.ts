import type { z } from '@hono/zod-openapi'
import type { Db } from '../../db/database.ts'
import { sessionParts } from '../../db/reports/session-rows.ts'
import type * as schemas from '../schemas/reports.ts'
import { consumptionReport, consumptionTable } from './consumption-report.ts'
import { energyReport } from './energy-report.ts'
import { energyTable } from './energy-table.ts'
import { indicatorReport } from './indicator-report.ts'
import { indicatorTable } from './indicator-table.ts'
import { loadReport, loadTable } from './load-report.ts'
import { periodOf, previousYear, refused } from './period.ts'
import { energyQuestion } from './questions.ts'
import { zoneOf } from './report-zone.ts'
import { savingsReport, savingsTable } from './savings-report.ts'
import { joinedSessions, sessionTable } from './session-report.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** Sessions that one file may have. */
const MOST_SESSIONS = 20_000
const YEARS = 3660
const YEAR = 366

type Query<Schema extends z.ZodType> = Omit<z.output<Schema>, 'format' | 'lang'>

export async function makeEnergy(db: Db, query: Query<typeof schemas.energyQuery>) {
  const body = await energyReport(db, await energyQuestion(db, query))
  return { body, table: () => energyTable(body) }
}

export async function makeLoad(db: Db, query: Query<typeof schemas.loadQuery>) {
  const { period } = periodOf(query, await zoneOf(db, query.siteId), 'quarter', YEAR)
  const body = await loadReport(db, query.siteId, period)
  return { body, table: () => loadTable(body) }
}

export async function makeConsumption(db: Db, query: Query<typeof schemas.consumptionQuery>) {
  const { period } = periodOf(query, await zoneOf(db, query.siteId), 'day', YEARS)
  const { siteId = null, vehicleId = null, groupBy } = query
  const body = await consumptionReport(db, { period, siteId, vehicleId, groupBy })
  return { body, table: () => consumptionTable(body) }
}

export async function makeSavings(db: Db, query: Query<typeof schemas.savingsQuery>) {
  const { period } = periodOf(query, await zoneOf(db, query.siteId), 'day', YEARS)
  const body = await savingsReport(db, { period, siteId: query.siteId ?? null })
  return { body, table: () => savingsTable(body) }
}

export async function makeIndicators(db: Db, query: Query<typeof schemas.indicatorQuery>) {
  const { baselineFrom, baselineTo, siteId } = query
  const timeZone = await zoneOf(db, siteId)
  const { period } = periodOf(query, timeZone, 'day', YEAR)
  if ((baselineFrom === undefined) !== (baselineTo === undefined))
    throw refused(baselineFrom === undefined ? 'baselineFrom' : 'baselineTo', say('baselineTogether'))
  const baseline =
    baselineFrom === undefined || baselineTo === undefined
      ? { ...previousYear(period), to: period.from, toAt: period.fromAt }
      : periodOf({ from: baselineFrom, to: baselineTo }, timeZone, 'day', YEARS).period
  const body = await indicatorReport(db, { period, baseline, siteId: siteId ?? null })
  return { body, table: () => indicatorTable(body) }
}

/** All sessions of a period, for a file; a 400 when there are too many for one. */
export async function makeSessions(db: Db, query: Omit<Query<typeof schemas.sessionQuery>, 'cursor' | 'limit'>) {
  const { period, span } = await sessionSpan(db, query)
  const sessions = joinedSessions(await sessionParts(db, span, MOST_SESSIONS + 1))
  if (sessions.length > MOST_SESSIONS) throw refused('to', say('tooManySessions', { n: MOST_SESSIONS }))
  const dates = { from: period.fromAt, to: period.toAt, timeZone: period.timeZone }
  return { body: { items: sessions, next: null }, table: () => sessionTable(sessions, dates) }
}

/** What a query for sessions asks for. */
export async function sessionSpan(db: Db, query: Omit<Query<typeof schemas.sessionQuery>, 'cursor' | 'limit'>) {
  const { period } = periodOf(query, await zoneOf(db, query.siteId), 'quarter', YEAR)
  return {
    period,
    span: {
      from: period.fromAt,
      to: period.toAt,
      siteId: query.siteId ?? null,
      vehicleId: query.vehicleId ?? null,
      stationId: query.stationId ?? null,
    },
  }
}
