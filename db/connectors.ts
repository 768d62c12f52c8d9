import type { ConnectorStatus } from '../domain/status.ts'
import type { ReplanCause } from '../domain/replan-cause.ts'
import type { Db, Tx } from './database.ts'
import { appendEvent } from './events.ts'
import { ensureEvse, plugIn, unplug } from './plugs.ts'
import { endSessionsOfFreeEvse } from './presume-ended.ts'
import { requestReplan } from './replan-requests.ts'
import type { SessionState } from './sessions.ts'
import { siteOfStation } from './stations.ts'

export interface ConnectorReport {
  stationId: string
  evseId: number
  /** null: the EVSE's only one (1.6 knows no EVSEs, its connectors are them). */
  connectorId: number | null
  status: ConnectorStatus
  errorCode: string | null
  errorInfo: string | null
  at: Date
  receivedAt: Date
}

/**
 * Notes what a station told of a connector. A report older than what is known changes nothing. Returns the sessions that must be over because
 * the connector is free.
 */
export async function noteConnectorStatus(db: Db, report: ConnectorReport): Promise<SessionState[]> {
  const { stationId, evseId, status, at } = report
  return db.transaction().execute(async (tx) => {
    const before = await lockConnector(tx, report)
    if (before.statusAt !== null && before.statusAt > at) return []
    await tx
      .updateTable('connector')
      .set({ status, error_code: report.errorCode, error_info: report.errorInfo, status_at: at })
      .where('station_id', '=', stationId)
      .where('evse_id', '=', evseId)
      .where('connector_id', '=', before.connectorId)
      .execute()
    await noteFault(tx, { ...report, connectorId: before.connectorId }, before.status)
    if (isPlugged(status)) await plugIn(tx, { stationId, evseId, at, vehicleId: null })
    // On an EVSE with two plugs one may be free while the other charges.
    else if (status === 'available' && !(await anyPlugged(tx, stationId, evseId))) {
      const ended = await endSessionsOfFreeEvse(tx, report)
      await unplug(tx, report)
      return ended
    }
    return []
  })
}

/** Notes what a station told of itself as a whole (1.6 connector 0); it is kept as its device variable `Station.Status`. */
export async function noteStationStatus(
  db: Db,
  report: { stationId: string; status: ConnectorStatus; errorCode: string | null; errorInfo: string | null; at: Date },
): Promise<void> {
  const { stationId, status, at } = report
  await db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('device_variable')
      .select('value')
      .where('station_id', '=', stationId)
      .where('name', '=', 'Station.Status')
      .forUpdate()
      .executeTakeFirst()
    await tx
      .insertInto('device_variable')
      .values({ station_id: stationId, name: 'Station.Status', value: status, readonly: true, at })
      .onConflict((conflict) => conflict.columns(['station_id', 'name']).doUpdateSet({ value: status, at }))
      .execute()
    await noteFault(tx, { ...report, evseId: 0, connectorId: 0 }, (before?.value ?? 'unknown') as ConnectorStatus)
  })
}

/** Records whether people want the EVSE (or, without one, all of the station's) to be in operation. */
export async function noteOperative(
  db: Db,
  change: { stationId: string; evseId: number | undefined; operative: boolean },
): Promise<void> {
  await db
    .updateTable('evse')
    .set({ operative: change.operative })
    .where('station_id', '=', change.stationId)
    .where('operative', '!=', change.operative)
    .$if(change.evseId !== undefined, (query) => query.where('evse_id', '=', change.evseId ?? 0))
    .execute()
}

function isPlugged(status: ConnectorStatus): boolean {
  return ['preparing', 'charging', 'suspendedEv', 'suspendedEvse', 'finishing', 'occupied'].includes(status)
}

function outOfOrder(status: ConnectorStatus): boolean {
  return status === 'faulted' || status === 'unavailable'
}

async function noteFault(tx: Tx, report: Omit<ConnectorReport, 'receivedAt'>, before: ConnectorStatus): Promise<void> {
  const { stationId, evseId, at } = report
  if (outOfOrder(before) === outOfOrder(report.status)) return
  const siteId = await siteOfStation(tx, stationId)
  const fails = outOfOrder(report.status)
  await appendEvent(tx, {
    type: fails ? 'connectorFaulted' : 'connectorRecovered',
    at,
    siteId,
    stationId,
    details: {
      evseId,
      connectorId: report.connectorId,
      status: report.status,
      errorCode: report.errorCode,
      errorInfo: report.errorInfo,
    },
  })
  if (siteId === null) return
  const cause: ReplanCause = fails
    ? { kind: 'evseFailed', stationId, evseId, status: report.status }
    : { kind: 'evseWorks', stationId, evseId }
  await requestReplan(tx, siteId, cause, at)
}

async function lockConnector(
  tx: Tx,
  report: ConnectorReport,
): Promise<{ connectorId: number; status: ConnectorStatus; statusAt: Date | null }> {
  const { stationId, evseId } = report
  const find = () =>
    tx
      .selectFrom('connector')
      .select(['connector_id as connectorId', 'status', 'status_at as statusAt'])
      .where('station_id', '=', stationId)
      .where('evse_id', '=', evseId)
      .$if(report.connectorId !== null, (query) => query.where('connector_id', '=', report.connectorId ?? 0))
      .orderBy('connector_id')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
  const found = await find()
  if (found !== undefined) return found
  await ensureEvse(tx, stationId, evseId)
  const connectorId = report.connectorId ?? 1
  await tx
    .insertInto('connector')
    .values({ station_id: stationId, evse_id: evseId, connector_id: connectorId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await find()) ?? { connectorId, status: 'unknown', statusAt: null }
}

async function anyPlugged(tx: Tx, stationId: string, evseId: number): Promise<boolean> {
  const rows = await tx
    .selectFrom('connector')
    .select('status')
    .where('station_id', '=', stationId)
    .where('evse_id', '=', evseId)
    .execute()
  return rows.some((row) => isPlugged(row.status))
}
