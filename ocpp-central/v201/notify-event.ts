import { noteConnectorStatus } from '../../db/connectors.ts'
import { storeDeviceVariables } from '../../db/device-variables.ts'
import type { ConnectorStatus } from '../../domain/status.ts'
import { action, type ActionContext, type Request201 } from '../action.ts'
import { variableName } from './variable-name.ts'

type EventData = Request201<'NotifyEvent'>['eventData'][number]

const STATUSES: readonly ConnectorStatus[] = ['available', 'occupied', 'reserved', 'unavailable', 'faulted']

/** OCPP 2.0.1 N07: variables whose values the station was told to watch. A connector's AvailabilityState is its status (G01). */
export const notifyEvent = action('ocpp2.0.1', 'NotifyEvent', async (context, request) => {
  const variables = request.eventData.map((event) => ({
    name: variableName(event.component, event.variable),
    value: event.actualValue,
    readonly: null,
  }))
  await storeDeviceVariables(context.db, context.stationId, variables, context.receivedAt)
  for (const event of request.eventData) await noteAvailability(context, event)
  return {}
})

async function noteAvailability(context: ActionContext, event: EventData): Promise<void> {
  const { evse, name } = event.component
  const status = STATUSES.find((one) => one === event.actualValue.toLowerCase())
  if (name !== 'Connector' || event.variable.name !== 'AvailabilityState' || evse === undefined) return
  if (status === undefined) return
  await noteConnectorStatus(context.db, {
    stationId: context.stationId,
    evseId: evse.id,
    connectorId: evse.connectorId ?? null,
    status,
    errorCode: null,
    errorInfo: event.techInfo ?? null,
    at: context.time(event.timestamp).at,
    receivedAt: context.receivedAt,
  })
}
