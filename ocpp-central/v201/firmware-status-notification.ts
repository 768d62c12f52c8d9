import { noteFirmwareStatus } from '../../db/stations.ts'
import { action } from '../action.ts'

/** OCPP 2.0.1 L01. */
export const firmwareStatusNotification = action(
  'ocpp2.0.1',
  'FirmwareStatusNotification',
  async (context, request) => {
    await noteFirmwareStatus(context.db, context.stationId, request.status)
    return {}
  },
)
