import type { z } from '@hono/zod-openapi'
import type { Db } from '../../db/database.ts'
import type { energyQuery } from '../schemas/reports.ts'
import type { EnergyQuestion } from './energy-report.ts'
import { periodOf, refused } from './period.ts'
import { zoneOf } from './report-zone.ts'
import { say } from '../../domain/sentences/sentence.ts'

const MAX_DAYS = { '15min': 35, hour: 366, day: 3660, month: 3660, none: 3660 }
/** Intervals of single stations and vehicles are many. */
const MAX_DAYS_OF_INTERVALS = 35

/** What a query of an energy report asks for; a 400 says what cannot be asked. */
export async function energyQuestion(
  db: Db,
  query: Omit<z.output<typeof energyQuery>, 'format' | 'lang'>,
): Promise<EnergyQuestion> {
  const { siteId, groupBy, bucket, compareFrom, compareTo } = query
  const timeZone = await zoneOf(db, siteId)
  const within = bucket === '15min' || bucket === 'hour'
  const grain = within || groupBy === 'hourOfDay' ? 'quarter' : 'day'
  const maxDays = within && groupBy !== 'site' ? MAX_DAYS_OF_INTERVALS : MAX_DAYS[bucket]
  const { period } = periodOf(query, timeZone, grain, maxDays)
  if ((compareFrom === undefined) !== (compareTo === undefined))
    throw refused(compareFrom === undefined ? 'compareFrom' : 'compareTo', say('compareTogether'))
  if (query.compare !== undefined && compareFrom !== undefined) throw refused('compare', say('compareOneWay'))
  const compare =
    compareFrom === undefined || compareTo === undefined
      ? (query.compare ?? null)
      : periodOf({ from: compareFrom, to: compareTo }, timeZone, grain, maxDays).period
  return { period, siteId: siteId ?? null, groupBy, bucket, compare }
}
