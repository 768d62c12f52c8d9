import { noteConnectorStatus, noteStationStatus } from '../../db/connectors.ts'
import type { ConnectorStatus } from '../../domain/status.ts'
import { action, type Request16 } from '../action.ts'

const STATUS: Record<Request16<'StatusNotification'>['status'], ConnectorStatus> = {
  Available: 'available',
  Preparing: 'preparing',
  Charging: 'charging',
  SuspendedEVSE: 'suspendedEvse',
  SuspendedEV: 'suspendedEv',
  Finishing: 'finishing',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'faulted',
}

/** OCPP 1.6 §4.9. Connector 0 is the station as a whole; its other connectors are EVSEs with one connector each. */
export const statusNotification = action('ocpp1.6', 'StatusNotification', async (context, request) => {
  const report = {
    stationId: context.stationId,
    status: STATUS[request.status],
    errorCode: request.errorCode === 'NoError' ? null : request.errorCode,
    errorInfo: [request.vendorErrorCode, request.info].filter(Boolean).join(': ') || null,
    at: request.timestamp === undefined ? context.receivedAt : context.time(request.timestamp, true).at,
  }
  if (request.connectorId > 0) {
    const { receivedAt } = context
    const place = { evseId: request.connectorId, connectorId: null }
    for (const { transactionId, endedAt } of await noteConnectorStatus(context.db, {
      ...report,
      ...place,
      receivedAt,
    })) {
      const known = await context.sessions.byTransaction(transactionId)
      if (known !== undefined) context.sessions.put({ ...known, endedAt })
    }
  } else {
    await noteStationStatus(context.db, report)
  }
  return {}
})
