import type { Db } from '../../db/database.ts'
import type { JsonObject } from '../../domain/command.ts'
import * as schemas from '../schemas/reports.ts'
import { fileOf, type FileFormat, type ReportFile } from './files/file-of.ts'
import type { ReportTable } from './files/report-table.ts'
import type { Language } from '../../domain/language.ts'
import { makeConsumption, makeEnergy, makeIndicators, makeLoad, makeSavings, makeSessions } from './kinds.ts'

export const REPORT_NAMES = ['energy', 'load', 'consumption', 'savings', 'indicators', 'sessions'] as const
export type ReportName = (typeof REPORT_NAMES)[number]

/** What each report may be asked, its period apart. */
export const PARAMETERS = {
  energy: schemas.energyQuery.pick({ siteId: true, groupBy: true, bucket: true, compare: true }).strict(),
  load: schemas.loadQuery.pick({ siteId: true }).strict(),
  consumption: schemas.consumptionQuery.pick({ siteId: true, groupBy: true }).strict(),
  savings: schemas.savingsQuery.pick({ siteId: true }).strict(),
  indicators: schemas.indicatorQuery.pick({ siteId: true }).strict(),
  sessions: schemas.sessionQuery.pick({ siteId: true, vehicleId: true, stationId: true }).strict(),
} as const

export interface ScheduledReport {
  report: ReportName
  parameters: JsonObject
  format: FileFormat | 'json'
  lang: Language
}

/** The file of a report over whole local days, as a schedule wants it. Throws ApiError when it cannot be made like that. */
export async function scheduledFile(
  db: Db,
  { report, parameters, format, lang }: ScheduledReport,
  days: { from: string; to: string },
): Promise<ReportFile> {
  const { body, table } = await made(db, report, parameters, days)
  if (format !== 'json') return fileOf(table(), format, { lang })
  return {
    name: `${table().fileName}.json`,
    contentType: 'application/json',
    bytes: new Uint8Array(new TextEncoder().encode(JSON.stringify(body))),
  }
}

async function made(
  db: Db,
  report: ReportName,
  parameters: JsonObject,
  days: { from: string; to: string },
): Promise<{ body: unknown; table: () => ReportTable }> {
  switch (report) {
    case 'energy':
      return makeEnergy(db, { ...days, ...PARAMETERS.energy.parse(parameters) })
    case 'load':
      return makeLoad(db, { ...days, ...PARAMETERS.load.parse(parameters) })
    case 'consumption':
      return makeConsumption(db, { ...days, ...PARAMETERS.consumption.parse(parameters) })
    case 'savings':
      return makeSavings(db, { ...days, ...PARAMETERS.savings.parse(parameters) })
    case 'indicators':
      return makeIndicators(db, { ...days, ...PARAMETERS.indicators.parse(parameters) })
    case 'sessions':
      return makeSessions(db, { ...days, ...PARAMETERS.sessions.parse(parameters) })
  }
}
