import { noteConnectorStatus, noteStationStatus } from '../../db/connectors.ts'
import type { ConnectorStatus } from '../../domain/status.ts'
import { action, type Request201 } from '../action.ts'

const STATUS: Record<Request201<'StatusNotification'>['connectorStatus'], ConnectorStatus> = {
  Available: 'available',
  Occupied: 'occupied',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'faulted',
}

/** OCPP 2.0.1 G01. */
export const statusNotification = action('ocpp2.0.1', 'StatusNotification', async (context, request) => {
  const { evseId, connectorId } = request
  const report = {
    stationId: context.stationId,
    status: STATUS[request.connectorStatus],
    errorCode: null,
    errorInfo: null,
    at: context.time(request.timestamp, true).at,
  }
  // EVSE 0 is the station as a whole.
  if (evseId > 0) {
    const { receivedAt } = context
    await noteConnectorStatus(context.db, { ...report, evseId, connectorId, receivedAt })
  } else await noteStationStatus(context.db, report)
  return {}
})
