import { sql, type Selectable } from 'kysely'
import type { AlertDraft } from '../domain/alert.ts'
import { describeFault, type FaultReport, type FaultSubject } from '../domain/fault-report.ts'
import { clearAlert, raiseAlert } from './alerts.ts'
import type { Db, Tx } from './database.ts'
import { appendEvent } from './events.ts'
import type { FaultReportTable } from './tables/drivers.ts'

/** A report as it comes in. */
export interface NewFault {
  reportId: string
  subject: FaultSubject
  category: FaultReport['category']
  usable: boolean | null
  text: string
  reportedAt: Date
  receivedAt: Date
  reportedBy: string
  /** Who it was, to count by. */
  reporterKey: string
}

/** `differs`: this id is another report's. */
export type FaultOutcome = FaultReport | 'unknownSubject' | 'differs' | 'tooMany'

/**
 * Keeps a report, raises its alert and writes its event, all or nothing. The same report again changes nothing and answers alike. A reporter who has sent
 * `mostInAnHour` within the last hour is told so.
 */
export function reportFault(db: Db, fault: NewFault, mostInAnHour: number): Promise<FaultOutcome> {
  return db.transaction().execute(async (tx) => {
    const known = await faultRow(tx, fault.reportId)
    if (known !== undefined) return isSame(known, fault) ? faultOf(known) : 'differs'
    const { count } = await tx
      .selectFrom('fault_report')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('reporter_key', '=', fault.reporterKey)
      .where('received_at', '>', new Date(fault.receivedAt.getTime() - 3_600_000))
      .executeTakeFirstOrThrow()
    if (Number(count) >= mostInAnHour) return 'tooMany'
    const subject = await findSubject(tx, fault.subject)
    if (subject === undefined) return 'unknownSubject'
    const row = await tx
      .insertInto('fault_report')
      .values({
        id: fault.reportId,
        ...columnsOf(fault.subject),
        site_id: subject.siteId,
        subject_label: subject.label,
        category: fault.category,
        usable: fault.usable,
        text: fault.text,
        reported_at: fault.reportedAt,
        received_at: fault.receivedAt,
        reported_by: fault.reportedBy,
        reporter_key: fault.reporterKey,
        done_at: null,
        done_by: null,
        answer: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) {
      // The same report came twice at the same time: the other one was first.
      const first = await faultRow(tx, fault.reportId)
      return first !== undefined && isSame(first, fault) ? faultOf(first) : 'differs'
    }
    const report = faultOf(row)
    await raiseAlert(tx, alertOf(report), fault.receivedAt)
    await appendEvent(tx, {
      ...placeOf(report),
      type: 'faultReported',
      at: fault.receivedAt,
      details: detailsOf(report),
    })
    return report
  })
}

/** Sets a report to done, with what was done, or opens it again; its alert goes and comes with it. Undefined when there is none. */
export function settleFault(
  db: Db,
  reportId: string,
  change: { state: 'open' | 'done'; answer: string | null; by: string; at: Date },
): Promise<FaultReport | undefined> {
  return db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('fault_report')
      .select('state')
      .where('id', '=', reportId)
      .forUpdate()
      .executeTakeFirst()
    if (before === undefined) return undefined
    const done = change.state === 'done'
    const row = await tx
      .updateTable('fault_report')
      .set({
        state: change.state,
        answer: change.answer,
        done_at: done ? change.at : null,
        done_by: done ? change.by : null,
      })
      .where('id', '=', reportId)
      .returningAll()
      .executeTakeFirstOrThrow()
    const report = faultOf(row)
    if (before.state === change.state) return report
    if (done) await clearAlert(tx, alertOf(report).key, change.at)
    else await raiseAlert(tx, alertOf(report), change.at)
    await appendEvent(tx, {
      ...placeOf(report),
      type: done ? 'faultDone' : 'faultReported',
      at: change.at,
      details: detailsOf(report),
    })
    return report
  })
}

/** Reports, latest first. */
export async function faultReports(
  db: Db,
  filter: {
    siteId?: string | undefined
    state?: 'open' | 'done' | undefined
    before?: { receivedAt: Date; reportId: string } | undefined
    limit: number
  },
): Promise<FaultReport[]> {
  let query = db
    .selectFrom('fault_report')
    .selectAll()
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
  if (filter.siteId !== undefined) query = query.where('site_id', '=', filter.siteId)
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.before !== undefined) {
    const { receivedAt, reportId } = filter.before
    query = query.where(sql<boolean>`(received_at, id) < (${receivedAt}::timestamptz, ${reportId}::uuid)`)
  }
  return (await query.execute()).map(faultOf)
}

export async function faultReport(db: Db, reportId: string): Promise<FaultReport | undefined> {
  const row = await faultRow(db, reportId)
  return row === undefined ? undefined : faultOf(row)
}

/** Whose report it is, to count by; undefined when there is no such report. */
export async function reporterOf(db: Db, reportId: string): Promise<string | undefined> {
  return (await faultRow(db, reportId))?.reporter_key
}

function faultRow(db: Db, reportId: string) {
  return db.selectFrom('fault_report').selectAll().where('id', '=', reportId).executeTakeFirst()
}

/** Brings a report's alert in line with the report: a photo has come. */
export async function rewriteFaultAlert(tx: Tx, reportId: string, at: Date): Promise<void> {
  const report = await faultReport(tx, reportId)
  if (report !== undefined && report.state === 'open') await raiseAlert(tx, alertOf(report), at)
}

function isSame(row: Selectable<FaultReportTable>, fault: NewFault): boolean {
  const subject = columnsOf(fault.subject)
  return (
    row.reporter_key === fault.reporterKey &&
    row.category === fault.category &&
    row.usable === fault.usable &&
    row.text === fault.text &&
    row.station_id === subject.station_id &&
    row.evse_id === subject.evse_id &&
    row.vehicle_id === subject.vehicle_id &&
    row.bay_id === subject.bay_id
  )
}

function columnsOf(subject: FaultSubject) {
  const none = { station_id: null, evse_id: null, vehicle_id: null, bay_id: null }
  if (subject.kind === 'station') return { ...none, station_id: subject.stationId, evse_id: subject.evseId }
  return subject.kind === 'vehicle' ? { ...none, vehicle_id: subject.vehicleId } : { ...none, bay_id: subject.bayId }
}

async function findSubject(
  tx: Tx,
  subject: FaultSubject,
): Promise<{ siteId: string | null; label: string } | undefined> {
  if (subject.kind === 'vehicle') {
    const row = await tx
      .selectFrom('vehicle')
      .select(['site_id', 'label'])
      .where('id', '=', subject.vehicleId)
      .executeTakeFirst()
    return row === undefined ? undefined : { siteId: row.site_id, label: row.label }
  }
  if (subject.kind === 'bay') {
    const row = await tx
      .selectFrom('bay')
      .select('label')
      .where('site_id', '=', subject.siteId)
      .where('id', '=', subject.bayId)
      .executeTakeFirst()
    return row === undefined ? undefined : { siteId: subject.siteId, label: row.label }
  }
  const row = await tx
    .selectFrom('station')
    .select(['site_id', 'label'])
    .where('id', '=', subject.stationId)
    .executeTakeFirst()
  return row === undefined ? undefined : { siteId: row.site_id, label: row.label ?? subject.stationId }
}

function alertOf(report: FaultReport): AlertDraft {
  const { sentence, cause, remedy } = describeFault(report)
  const draft: AlertDraft = {
    key: `faultReported:${report.reportId}`,
    siteId: report.siteId,
    kind: 'faultReported',
    severity: report.usable === false ? 'act' : 'look',
    sentence,
    cause,
    remedy,
    parameters: detailsOf(report),
  }
  if (report.stationId !== null) draft.stationId = report.stationId
  if (report.vehicleId !== null) draft.vehicleId = report.vehicleId
  return draft
}

function placeOf({ siteId, stationId, vehicleId }: FaultReport) {
  return { siteId, stationId, vehicleId }
}

function detailsOf(report: FaultReport) {
  const { reportId, subjectKind, subjectLabel, evseId, bayId, category, usable, text, reportedBy, hasPhoto } = report
  return { reportId, subjectKind, subjectLabel, evseId, bayId, category, usable, text, reportedBy, hasPhoto }
}

function faultOf(row: Selectable<FaultReportTable>): FaultReport {
  return {
    reportId: row.id,
    siteId: row.site_id,
    subjectKind: row.vehicle_id !== null ? 'vehicle' : row.bay_id !== null ? 'bay' : 'station',
    subjectLabel: row.subject_label,
    stationId: row.station_id,
    evseId: row.evse_id,
    vehicleId: row.vehicle_id,
    bayId: row.bay_id,
    category: row.category as FaultReport['category'],
    usable: row.usable,
    text: row.text,
    reportedAt: row.reported_at,
    receivedAt: row.received_at,
    reportedBy: row.reported_by,
    state: row.state,
    doneAt: row.done_at,
    doneBy: row.done_by,
    answer: row.answer,
    hasPhoto: row.has_photo,
  }
}
