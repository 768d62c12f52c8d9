import { noteFirmwareStatus } from '../../db/stations.ts'
import { action } from '../action.ts'

/** OCPP 1.6 §4.5. */
export const firmwareStatusNotification = action('ocpp1.6', 'FirmwareStatusNotification', async (context, request) => {
  await noteFirmwareStatus(context.db, context.stationId, request.status)
  return {}
})
